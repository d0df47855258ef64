// The person's work on this phone: what was prepared, drafts, operations and where each of them is.

import * as house from "./house.js";
import { digestOf, shrink } from "./photos.js";
import { asked, valueOf } from "./showing.js";

const AT_ONCE = 60;
const ASK_AGAIN = 5 * 60 * 1000;

export class Work extends EventTarget {
  constructor(vault) {
    super();
    this.vault = vault;
    this.forget();
  }

  forget() {
    this.visits = new Map();
    this.drafts = new Map();
    this.operations = new Map();
    this.owner = this.device = null;
    this.counter = 0;
    this.savedAt = this.sentAt = null;
    this.sending = null;
    this.trouble = "";
    this.needsSignIn = false;
    this.full = false;
    this.offset = 0;
    this.askedAgainAt = 0;
    this.heardAt = 0;
    this.queue = Promise.resolve();
  }

  async load() {
    const { device, owner } = await this.vault.fact("vault");
    this.device = device;
    this.owner = owner;
    this.counter = await this.vault.fact("counter");
    for (const [name, record] of await this.vault.all()) {
      const [kind, ...rest] = name.split(":");
      if (kind === "visit") this.visits.set(record.id, record);
      if (kind === "draft") this.drafts.set(rest.join(":"), record);
      if (kind === "op") this.operations.set(record.id, record);
      if (kind === "facts") {
        this.sentAt = record.sentAt;
        this.offset = record.offset || 0;
      }
    }
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }

  // One writing after another; a failed one does not stop the next.
  inTurn(write) {
    const turn = this.queue.then(write);
    this.queue = turn.catch(() => {});
    return turn.then(
      (told) => {
        this.savedAt = Date.now();
        this.full = false;
        this.changed();
        return told;
      },
      (failed) => {
        this.full = failed.constructor.name === "Full";
        this.changed();
        throw failed;
      },
    );
  }

  // Preparing

  async prepare(onStep = () => {}) {
    const now = await house.session(this.device);
    if (now.person.id !== this.owner) throw new house.Said(`Đang đăng nhập là ${now.person.name}; máy này giữ phần việc của người khác.`);
    this.offset = now.offset;
    onStep("Đang tải gói…");
    const { visits, life, bytes } = await house.packages(now.csrf, this.device);
    const records = {};
    const fresh = new Set(visits.map((visit) => visit.id));
    for (const visit of visits) {
      records[`visit:${visit.id}`] = { ...visit, fetchedAt: Date.now(), validTo: this.now() + life };
      for (const mine of this.of(visit.id)) {
        if (mine.state !== "SENT" || !["EARLY", "CONFLICT", "QUARANTINED", "REFUSED"].includes(mine.outcome)) continue;
        const told = visit.waiting[mine.id] || { outcome: "APPLIED", why: "" }; // what waits no longer was taken in
        records[`op:${mine.id}`] = { ...mine, ...told };
      }
    }
    for (const id of this.visits.keys()) {
      if (fresh.has(id)) continue;
      const held = [...this.operations.values()].filter((each) => each.visit === id);
      if (held.some((each) => each.state !== "SENT")) continue;
      records[`visit:${id}`] = null;
      for (const each of held) records[`op:${each.id}`] = null;
    }
    onStep("Đang mã hóa và lưu máy…");
    await this.inTurn(() => this.vault.keep({ ...records, facts: { sentAt: this.sentAt, offset: this.offset } }));
    for (const [name, record] of Object.entries(records)) {
      const [kind, id] = name.split(":");
      const held = kind === "visit" ? this.visits : this.operations;
      const key = kind === "visit" ? Number(id) : id;
      if (record) held.set(key, record);
      else held.delete(key);
    }
    this.changed();
    return { bytes, offset: now.offset, visits: visits.length };
  }

  // Recording

  draftOf(visit, item) {
    return this.drafts.get(`${visit}:${item}`);
  }

  async draft(visit, item, typed) {
    const record = { typed, at: Date.now(), visit, item };
    await this.inTurn(() => this.vault.keep({ [`draft:${visit}:${item}`]: record }));
    this.drafts.set(`${visit}:${item}`, record);
    this.changed();
  }

  // A finished change: kept with its place in the sequence, its draft taken away in the same transaction.
  async finish(visit, kind, payload, { item = null, base = 0, photo = null, draft = null } = {}) {
    return this.inTurn(async () => {
      const record = {
        id: crypto.randomUUID(),
        sequence: this.counter + 1,
        visit,
        kind,
        item,
        payload,
        base_version: base,
        device_time: new Date().toISOString(),
        state: "READY",
        at: Date.now(),
      };
      const records = { [`op:${record.id}`]: record };
      if (photo) records[`photo:${record.id}`] = photo;
      if (draft) records[`draft:${draft}`] = null;
      try {
        await this.vault.keep(records, { counter: record.sequence });
      } catch (failed) {
        this.counter = await this.vault.fact("counter"); // what the disk says, whatever failed
        throw failed;
      }
      this.counter = record.sequence;
      this.operations.set(record.id, record);
      if (draft) this.drafts.delete(draft);
      return record;
    });
  }

  async photograph(visit, item, file) {
    const bytes = await shrink(file);
    const digest = await digestOf(bytes);
    const again = [...this.operations.values()].some((each) => each.kind === "PHOTO" && each.item === item && each.payload.digest === digest);
    if (again) return null;
    return this.finish(visit, "PHOTO", { digest, size: bytes.byteLength }, { item, photo: bytes });
  }

  // Whether work is expected now: begun in the house, or here.
  begun(visit) {
    return visit.status === "UNDER_WAY" || (this.beginnable(visit) && this.of(visit.id, "BEGIN").length > 0);
  }

  beginnable(visit) {
    return ["PLANNED", "ANNOUNCED"].includes(visit.status);
  }

  // The time in the house, as far as it was heard.
  now() {
    return Date.now() + this.offset;
  }

  // The day it is in the house, whatever this clock shows.
  dayOf(visit, at = Date.now()) {
    return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(at + this.offset + visit.house_shift);
  }

  baseOf(visit, item) {
    let base = item.version;
    for (const each of this.of(visit, "VERIFY", item.id)) base = Math.max(base, each.version || 0);
    return base;
  }

  // Newest last.
  of(visit, kind = null, item = null) {
    return [...this.operations.values()]
      .filter((each) => each.visit === visit && (kind === null || each.kind === kind) && (item === null || each.item === item))
      .sort((one, other) => one.sequence - other.sequence);
  }

  // The items asked now, by what this phone and the house know; a verified value wins over a declared one.
  asked(visit) {
    const values = {};
    for (const item of visit.items) {
      const mine = this.lastOf(visit.id, item.id);
      values[item.code] = mine ? valueOf(item, mine.payload) : item.verified?.value || item.declared_value;
    }
    const codes = asked(visit.items, values, visit.unit_kind);
    return visit.items.filter((item) => codes.has(item.code));
  }

  lastOf(visit, item) {
    return this.of(visit, "VERIFY", item).at(-1);
  }

  get unsent() {
    return [...this.operations.values()].filter((each) => each.state === "READY").sort((one, other) => one.sequence - other.sequence);
  }

  // Sent before the visit was begun in the house: asked about again now and then.
  get early() {
    return [...this.operations.values()].filter((each) => each.state === "SENT" && each.outcome === "EARLY");
  }

  get troubled() {
    return [...this.operations.values()].filter((each) => each.state === "SENT" && !each.settled && ["REFUSED", "QUARANTINED", "CONFLICT", "OUTDATED"].includes(each.outcome));
  }

  // Sending

  async flush() {
    const again = Date.now() - this.askedAgainAt > ASK_AGAIN ? this.early : [];
    const due = this.unsent.length + again.length;
    if (this.sending || !this.vault.key || !navigator.onLine || !(due || Date.now() - this.heardAt > ASK_AGAIN)) return;
    this.sending = { done: 0, of: this.unsent.length };
    this.changed();
    try {
      const now = await house.session(this.device);
      this.heardAt = Date.now();
      if (now.person.id !== this.owner) throw new house.Said(`Đang đăng nhập là ${now.person.name}; đăng nhập đúng người đã chuẩn bị máy để gửi.`);
      this.trouble = "";
      this.needsSignIn = false;
      this.offset = now.offset;
      const begins = new Set(this.unsent.filter((each) => each.kind === "BEGIN").map((each) => each.visit));
      for (const visit of new Set(this.unsent.map((each) => each.visit))) await this.flushVisit(now.csrf, visit);
      for (const visit of new Set([...begins, ...again.map((each) => each.visit)])) await this.askAgain(now.csrf, visit);
      if (now.revoked && !this.unsent.length) await this.leave();
    } catch (failed) {
      if (due) this.explain(failed);
    } finally {
      this.sending = null;
      this.changed();
    }
  }

  // Revoked, and everything is in the house: nothing stays here.
  async leave() {
    await this.queue;
    await this.vault.destroy();
    this.forget();
    this.dispatchEvent(new Event("revoked"));
  }

  explain(failed) {
    if (failed instanceof house.SignIn) this.needsSignIn = true;
    else if (failed instanceof house.Said) this.trouble = failed.message;
    else if (!(failed instanceof house.NoWay)) this.trouble = "Chưa gửi được, máy sẽ tự thử lại. Phần đã ghi vẫn giữ trên máy.";
  }

  async flushVisit(csrf, visit) {
    const waiting = this.unsent.filter((each) => each.visit === visit);
    for (let start = 0; start < waiting.length; start += AT_ONCE) {
      const batch = waiting.slice(start, start + AT_ONCE);
      const held = new Set();
      for (const each of batch.filter((one) => one.kind === "PHOTO")) {
        if (!(await this.bring(csrf, visit, each))) held.add(each.id);
      }
      const told = batch.filter((each) => !held.has(each.id));
      if (!told.length) continue;
      const receipts = await house.send(csrf, this.device, visit, told);
      await this.keepReceipts(receipts);
      this.sending.done += receipts.length;
      this.changed();
    }
  }

  async askAgain(csrf, visit) {
    this.askedAgainAt = Date.now();
    const early = this.early.filter((each) => each.visit === visit);
    for (let start = 0; start < early.length; start += AT_ONCE) {
      await this.keepReceipts(await house.send(csrf, this.device, visit, early.slice(start, start + AT_ONCE)));
    }
  }

  // A picture the house does not take holds up nothing else; it stays, and its reason is shown.
  async bring(csrf, visit, operation) {
    const bytes = await this.vault.bytes(`photo:${operation.id}`);
    try {
      await house.bring(csrf, this.device, visit, operation.payload.digest, bytes);
      return true;
    } catch (failed) {
      if (!(failed instanceof house.Said)) throw failed;
      this.trouble = failed.message;
      return false;
    }
  }

  // On the disk first; only then does any screen say "Đã gửi".
  async keepReceipts(receipts) {
    const records = {};
    for (const receipt of receipts) {
      const mine = this.operations.get(receipt.id);
      if (!mine) continue;
      const { code, outcome, why, version } = receipt;
      records[`op:${mine.id}`] = { ...mine, state: "SENT", code, outcome, why, version, sentAt: Date.now() };
      if (mine.kind === "PHOTO") records[`photo:${mine.id}`] = null;
    }
    const sentAt = Date.now();
    await this.inTurn(() => this.vault.keep({ ...records, facts: { sentAt, offset: this.offset } }));
    for (const [name, record] of Object.entries(records)) if (record) this.operations.set(name.slice(3), record);
    this.sentAt = sentAt;
  }
}
