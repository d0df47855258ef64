// Every screen of the phone (ux.md S8), in words; nothing is said to be kept or sent before it is.

import { wrap } from "./bundle.js";
import { day, h, hours, say, size } from "./dom.js";
import * as house from "./house.js";
import { RESULTS, fieldsOf, isComputed, judge, shownOf, typedFrom, verdictsOf } from "./items.js";
import { linesOf } from "./minuting.js";
import { pad } from "./pad.js";
import { digestOf } from "./photos.js";
import { rows } from "./rows.js";
import { listOf } from "./showing.js";
import { Full, WrongPin } from "./vault.js";

const NEAR_FULL = 0.9;
const button = (words, onclick, plain = false) =>
  h("button", { type: "button", class: plain ? "f-button--plain" : null, onclick }, words);
const link = (words, href, plain = false) => h("a", { class: `f-button${plain ? " f-button--plain" : ""}`, href }, words);
const notice = (words, kind = "") => h("div", { class: `f-notice${kind ? ` f-notice--${kind}` : ""}` }, h("p", {}, words));
const visitAddress = (visit) => `#/dot/${visit.id}`;
const itemAddress = (visit, item) => `#/dot/${visit.id}/muc/${item.id}`;

// The header

export function state(work, open) {
  if (!open) return [navigator.onLine ? "○ Đã khóa" : "⇅ Ngoại tuyến · đã khóa"];
  const waiting = work.unsent;
  const photos = waiting.filter((each) => each.kind === "PHOTO").length;
  const rest = waiting.length - photos;
  const said = [];
  if (work.full) said.push("▲ Bộ nhớ sắp đầy – gửi bớt ảnh");
  if (work.sending?.of) said.push(`↑ Đang gửi ${work.sending.done}/${work.sending.of}…`);
  else if (waiting.length) {
    const what = [rest && `${rest} mục`, photos && `${photos} ảnh`].filter(Boolean).join(", ");
    said.push(`${navigator.onLine ? "○ Trực tuyến" : "⇅ Ngoại tuyến"} · ${what} chờ gửi`);
  } else if (!navigator.onLine) said.push("⇅ Ngoại tuyến · không còn gì chờ gửi");
  else said.push(work.sentAt ? `✓ Trực tuyến – đã gửi hết ${hours(work.sentAt)}` : "✓ Trực tuyến – chưa có gì để gửi");
  if (work.savedAt) said.push(`lưu máy ${hours(work.savedAt)}`);
  const bad = work.troubled.length + (work.trouble ? 1 : 0);
  const words = said.join(" · ");
  return bad ? [words, " · ", h("a", { href: "#/hang-cho" }, `▲ Lỗi gửi ${bad} mục – xem`)] : [words];
}

// Words on the screen that follow what happens, without drawing the screen anew under somebody's fingers.
export function live(work) {
  for (const place of document.querySelectorAll("[data-op]")) {
    const operation = work.operations.get(place.dataset.op);
    if (operation) place.textContent = told(operation);
  }
}

export function told(operation) {
  if (operation.state !== "SENT") return "Sẵn sàng gửi";
  if (operation.settled) return `Đã gửi, mã nhận ${operation.code}. Đã xử lý: ${operation.settled}`;
  switch (operation.outcome) {
    case "CONFLICT":
      return `Cần đối chiếu (đã gửi, mã nhận ${operation.code}): người khác ghi khác, Trưởng đoàn quyết định`;
    case "EARLY":
      return `Đã gửi, chờ bắt đầu kiểm tra, mã nhận ${operation.code}`;
    case "QUARANTINED":
      return `Đã gửi, để riêng, mã ${operation.code}: ${operation.why}`;
    case "OUTDATED":
      return `Đã gửi, mã nhận ${operation.code}. ${operation.why}`;
    case "REFUSED":
      return `Hệ thống không nhận: ${operation.why}`;
  }
  return `Đã gửi, mã nhận ${operation.code}${operation.why ? `. ${operation.why}` : ""}`;
}

// Coming in

export function unable() {
  return [h("h1", {}, "Máy này chưa dùng ngoại tuyến được"),
    h("p", {}, "Trình duyệt cần kết nối an toàn (https) và phiên bản mới để lưu phiếu trên máy. ",
      h("a", { href: "/thuc-dia/" }, "Ghi phiếu trên web"), ".")];
}

export function elsewhere(take) {
  return [h("h1", {}, "Đang mở ở thẻ khác"), h("p", {}, "Mỗi lúc chỉ một thẻ được ghi, để không ghi hai lần."),
    h("div", { class: "f-acts" }, button("Dùng ở thẻ này", take))];
}

function isOldApple() {
  const standalone = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
  return /iPhone|iPad/.test(navigator.userAgent) && !standalone;
}

export async function welcome(page) {
  if (isOldApple()) {
    return [h("h1", {}, "Thêm vào màn hình chính trước"),
      h("p", {}, "Trên iPhone, iPad, trình duyệt có thể xóa dữ liệu sau 7 ngày không dùng. Bấm Chia sẻ, chọn “Thêm vào MH chính”, rồi mở từ biểu tượng đó.")];
  }
  let now;
  try {
    now = await house.session();
  } catch (failed) {
    const signIn = failed instanceof house.SignIn;
    return [h("h1", {}, "Chuẩn bị đi thực địa"), h("p", {}, signIn ? "Đăng nhập một lần để chuẩn bị máy này." : "Chưa tải gói. Cần mạng một lần."),
      h("div", { class: "f-acts" }, signIn ? link("Đăng nhập", "/dang-nhap/?next=/thuc-dia/ung-dung/") : button("Thử lại", page.show))];
  }
  const wrong = h("p", { class: "f-wrong", role: "alert" });
  const pin = pinField("ma-pin", "Mã PIN (ít nhất 6 chữ số)");
  const again = pinField("ma-pin-2", "Nhập lại mã PIN");
  const form = h("form", { autocomplete: "off", onsubmit: async (event) => {
    event.preventDefault();
    wrong.textContent = "";
    const typed = pin.querySelector("input").value;
    if (!/^\d{6,}$/.test(typed)) return (wrong.textContent = "Mã PIN phải có ít nhất 6 chữ số.");
    if (typed !== again.querySelector("input").value) return (wrong.textContent = "Hai lần nhập mã PIN khác nhau.");
    try {
      say("Đang chuẩn bị…");
      await navigator.storage?.persist?.();
      const device = await house.register(now.csrf, deviceName());
      await page.vault.create(typed, { device, owner: now.person.id });
      location.hash = "#/chuan-bi";
      await page.unlocked();
    } catch (failed) {
      wrong.textContent = explain(failed);
    }
  } }, pin, again, wrong, h("div", { class: "f-acts" }, h("button", {}, "Đặt mã PIN và chuẩn bị")));
  return [h("h1", {}, "Chuẩn bị đi thực địa"), h("p", {}, `Máy này sẽ giữ phần việc của ${now.person.name}.`),
    h("p", {}, "Mọi thứ trên máy được mã hóa bằng mã PIN. Quên mã PIN thì phần chưa gửi không mở lại được."), form];
}

const pinField = (id, label) =>
  h("div", { class: "f-field" }, h("label", { class: "f-label", for: id }, label),
    h("input", { id, type: "password", inputmode: "numeric", autocomplete: "off", required: true }));

function deviceName() {
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(navigator.userAgent)?.[0] || "Máy";
  const browser = /Edg|Firefox|Chrome|Safari/.exec(navigator.userAgent)?.[0] || "trình duyệt";
  return `${system}, ${browser === "Edg" ? "Edge" : browser}`;
}

export function explain(failed) {
  if (failed instanceof house.SignIn) return "Phiên đăng nhập đã hết. Đăng nhập lại rồi thử lại; phần đã ghi vẫn trên máy.";
  if (failed instanceof house.NoWay) return "Không có mạng hoặc hệ thống chưa trả lời. Thử lại khi có mạng.";
  if (failed instanceof house.Said) return failed.message;
  if (failed instanceof Full) return "Bộ nhớ máy đã đầy, phần này CHƯA lưu. Gửi bớt ảnh hoặc xóa bớt dữ liệu khác trên máy rồi lưu lại.";
  return "Máy chưa lưu được phần này. Giữ nguyên màn hình và bấm lưu lại.";
}

export function locked(page) {
  const wrong = h("p", { class: "f-wrong", role: "alert" });
  const pin = pinField("ma-pin", "Mã PIN");
  let tries = 0;
  const form = h("form", { autocomplete: "off", onsubmit: async (event) => {
    event.preventDefault();
    const box = pin.querySelector("input");
    try {
      await page.vault.unlock(box.value);
    } catch (failed) {
      if (!(failed instanceof WrongPin)) throw failed;
      tries += 1;
      box.value = "";
      await new Promise((later) => setTimeout(later, Math.min(30_000, 500 * 2 ** Math.max(0, tries - 3))));
      wrong.textContent = "Mã PIN không đúng.";
      return;
    }
    await page.unlocked();
  } }, pin, wrong, h("div", { class: "f-acts" }, h("button", {}, "Mở")));
  const forget = button("Quên mã PIN: xóa dữ liệu trên máy", () => {
    forget.replaceWith(notice("Phần chưa gửi sẽ mất hẳn, không ai mở lại được.", "late"),
      button("Xóa hẳn và chuẩn bị lại", async () => {
        await page.vault.destroy();
        await page.show();
      }), );
  }, true);
  return [h("h1", {}, "Mở phần việc trên máy"), form, h("div", { class: "f-acts" }, forget)];
}

export function revoked(page) {
  return [h("h1", {}, "Máy này đã bị thu hồi"),
    h("p", {}, "Phần chưa gửi đã lên hệ thống, để riêng chờ Trưởng đoàn xem. Gói, ảnh và bản nháp trên máy đã xóa."),
    h("div", { class: "f-acts" }, button("Chuẩn bị lại máy này", page.show))];
}

// Which screen

const TITLES = { "chuan-bi": "Chuẩn bị", "hang-cho": "Hàng chờ", muc: "Một mục", "phat-hien": "Phát hiện", "diem-danh": "Điểm danh", ky: "Lập biên bản" };

export function titleOf(hash) {
  const [, place, , part] = hash.split("/");
  return TITLES[part || place] || (place === "dot" ? "Phiếu kiểm tra" : "Thực địa");
}

export async function of(page, hash) {
  const { work } = page;
  const [, place, id, part, item] = hash.split("/");
  if (place === "chuan-bi") return prepare(page);
  if (place === "hang-cho") return queue(page);
  const visit = place === "dot" ? work.visits.get(Number(id)) : null;
  if (!visit) return visits(page);
  if (part === "muc") {
    const found = visit.items.find((each) => each.id === Number(item));
    if (found) return itemScreen(page, visit, found);
  }
  if (part === "phat-hien") return findingScreen(page, visit, visit.items.find((each) => each.id === Number(item)));
  if (part === "ky") return signScreen(page, visit);
  if (part === "diem-danh") return headcountScreen(page, visit);
  return sheet(page, visit);
}

async function prepare(page) {
  const { work } = page;
  const steps = h("p", { role: "status" });
  const result = h("div");
  const go = button("Tải gói về máy", async () => {
    go.setAttribute("aria-disabled", "true");
    result.replaceChildren();
    try {
      const { bytes, offset, visits: count } = await work.prepare((words) => (steps.textContent = words));
      steps.textContent = `Đã lưu ${count} cuộc kiểm tra trên máy (${size(bytes)}).`;
      const wrong = skew(offset);
      if (wrong) result.append(wrong);
      else result.append(notice("Giờ trên máy đúng với hệ thống.", "done"));
      result.append(link("Mở danh sách cuộc kiểm tra", "#/"));
    } catch (failed) {
      steps.textContent = "";
      result.append(notice(explain(failed), "late"));
    }
    go.removeAttribute("aria-disabled");
  });
  const kept = [...work.visits.values()];
  const newest = kept.length ? Math.max(...kept.map((each) => each.fetchedAt)) : null;
  return [h("h1", {}, "Chuẩn bị"), h("ul", {}, ...(await checks(newest, kept))),
    h("div", { class: "f-acts" }, go, link("Danh sách cuộc kiểm tra", "#/", true)), steps, result];
}

function skew(offset) {
  if (Math.abs(offset) <= 120_000) return null;
  return notice(`Giờ trên máy lệch ${Math.round(Math.abs(offset) / 60_000)} phút. Hệ thống dùng giờ máy chủ.`, "late");
}

async function checks(newest, kept) {
  const room = (await navigator.storage?.estimate?.()) || {};
  const persisted = await navigator.storage?.persisted?.();
  const installed = matchMedia("(display-mode: standalone)").matches;
  const ready = Boolean(navigator.serviceWorker?.controller);
  return [
    newest ? `Gói tải lúc ${hours(newest)} ${day(newest)}, dùng đến ${day(Math.min(...kept.map((each) => each.validTo)))}.` : "Chưa tải gói. Cần mạng một lần.",
    room.quota ? `Bộ nhớ: đang dùng ${size(room.usage)}, còn ${size(room.quota - room.usage)}.` : "Không đo được bộ nhớ của trình duyệt.",
    persisted ? "Trình duyệt cam kết không tự xóa dữ liệu." : "Trình duyệt chưa cam kết giữ dữ liệu: cài trang này vào màn hình chính để an toàn hơn.",
    installed ? "Trang đã cài trên máy." : "Trang chưa cài vào màn hình chính (vẫn dùng được).",
    ready ? "Trang mở được khi không có mạng." : "Trang đang được lưu để mở khi không có mạng; tải lại trang một lần rồi kiểm tra lại.",
  ].map((words) => h("li", {}, words));
}

function expired(work, visit) {
  return work.now() > visit.validTo;
}

function visits(page) {
  const { work } = page;
  const all = [...work.visits.values()];
  const list = h("ul", { class: "f-list" }, ...all.map((visit) => h("li", {}, h("a", { href: visitAddress(visit) }, visit.unit),
    h("p", { class: "f-told" }, `${visit.when} · ${visit.team} · ${visit.status_text}${visit.unannounced ? " · đột xuất" : ""} · ${progress(work, visit)}`))));
  return [h("h1", {}, "Cuộc kiểm tra trên máy"),
    all.length ? list : h("p", {}, "Chưa tải gói. Cần mạng một lần."),
    h("div", { class: "f-acts" }, link("Chuẩn bị, tải gói", "#/chuan-bi", true), link(`Hàng chờ (${work.unsent.length})`, "#/hang-cho", true),
      button("Khóa máy", () => page.lock(), true))];
}

function progress(work, visit) {
  const asked = work.asked(visit);
  const recorded = asked.filter((item) => item.verified || work.lastOf(visit.id, item.id)).length;
  return `đã ghi ${recorded}/${asked.length}`;
}

function sheet(page, visit) {
  const { work } = page;
  const parts = new Map();
  for (const item of work.asked(visit)) parts.set(item.field_name, [...(parts.get(item.field_name) || []), item]);
  const latest = [...work.drafts.values()].filter((each) => each.visit === visit.id).sort((a, b) => b.at - a.at)[0];
  const unfinished = latest && visit.items.find((item) => item.id === latest.item);
  return [h("h1", {}, visit.unit), h("p", {}, `${visit.when} · ${visit.team} · ${progress(work, visit)}`), closing(work, visit),
    unfinished ? h("div", { class: "f-notice" }, h("p", {}, `Khôi phục phần đang làm lúc ${hours(latest.at)}? `, h("a", { href: itemAddress(visit, unfinished) }, `Mở nháp mục ${unfinished.code}`))) : null,
    h("div", { class: "f-acts" }, heads(work, visit), link("Phát hiện", `${visitAddress(visit)}/phat-hien`, true), link("Lập biên bản", `${visitAddress(visit)}/ky`, true), link("Các cuộc khác", "#/", true)),
    ...[...parts].flatMap(([name, items]) => [h("h2", {}, name), h("ul", { class: "f-list" }, ...items.map((item) => h("li", {},
      h("a", { href: itemAddress(visit, item) }, `${item.code} ${item.text}`), h("p", { class: "f-told" }, stateOf(work, visit, item)))))])].filter(Boolean);
}

function closing(work, visit) {
  if (expired(work, visit)) {
    return h("div", { class: "f-notice f-notice--late" }, h("p", {}, "Gói đã hết hiệu lực: chỉ xem và gửi phần đã ghi. Có mạng thì ", h("a", { href: "#/chuan-bi" }, "tải gói mới"), "."));
  }
  if (work.begun(visit)) return null;
  if (work.beginnable(visit)) return notice(`Cuộc kiểm tra chưa bắt đầu. Phần ghi trước giữ trên máy và tự vào phiếu khi bắt đầu.${visit.begin_closed ? ` ${visit.begin_closed}` : ""}`);
  return notice("Cuộc kiểm tra đã lập biên bản: phần ghi thêm được để riêng, chờ Trưởng đoàn nhận vào phiếu.");
}

function heads(work, visit) {
  const begin = work.beginnable(visit) && !work.begun(visit) && !visit.begin_closed;
  return link(begin ? "Bắt đầu kiểm tra, điểm danh" : "Điểm danh", `${visitAddress(visit)}/diem-danh`, !begin);
}

function stateOf(work, visit, item) {
  const draft = work.draftOf(visit.id, item.id);
  if (draft) return `Nháp, lưu máy ${hours(draft.at)}`;
  const mine = work.lastOf(visit.id, item.id);
  if (mine) return `${shownOf(item, mine.payload)} · ${told(mine)}`;
  if (item.contested) return "Cần đối chiếu";
  if (item.verified) return `Đoàn đã ghi: ${item.verified.result}, ${item.verified.by}`;
  return item.closed ? "Giao cho thành viên khác" : "Chưa ghi";
}

// One item

function itemScreen(page, visit, item) {
  const { work } = page;
  const items = work.asked(visit);
  const place = items.indexOf(item);
  const step = (words, other) => (other ? link(words, itemAddress(visit, other), true) : h("span", { class: "f-button f-button--plain", "aria-disabled": "true" }, words));
  return [h("p", { class: "f-told" }, `${visit.unit} · ${item.code} · ${place + 1}/${items.length}`),
    h("h1", {}, item.text),
    h("div", { class: "f-side" },
      h("p", {}, "Đơn vị báo: ", h("strong", {}, item.declared || "chưa có số"), item.declared_result ? ` · ${item.declared_result}` : ""),
      item.declared_note ? h("p", {}, `Giải thích của đơn vị: ${item.declared_note}`) : null,
      item.hint ? h("p", {}, item.hint) : null,
      item.done_when ? h("p", {}, `Đạt khi: ${item.done_when}`) : null,
      item.sample_size ? h("p", {}, `Cỡ mẫu: ${item.sample_size}`) : null,
      item.evidence ? h("p", {}, `Tài liệu: ${item.evidence}`) : null,
      item.verified ? h("p", {}, `Đoàn đã ghi: ${item.verified.shown} – ${item.verified.result}, ${item.verified.by}`) : null),
    item.closed ? notice(item.closed) : expired(work, visit) ? closing(work, visit) : itemForm(page, visit, item),
    h("nav", { class: "f-steps", "aria-label": "Các mục" }, step("‹ Trước", items[place - 1]), link("Mục lục", visitAddress(visit), true), step("Tiếp ›", items[place + 1]))];
}

// What each kind is recorded with beyond plain fields.
function special(work, visit, item, typed) {
  switch (item.kind) {
    case "choice":
      return [choices("Phương án", "option", item.options.map((each) => [each.code, each.label]), typed.option)];
    case "table":
      return [rows(item, typed.rows)];
    case "signature":
      return [field("name", "Họ tên người ký", "", typed.name, false, "text"), field("post", "Chức vụ", "", typed.post, false, "text"), pad("strokes", typed.strokes)];
    case "photo": {
      const box = h("input", { type: "hidden", name: "photos" });
      const taken = work.of(visit.id, "PHOTO", item.id).map((each) => each.payload.digest);
      const all = [...new Set([...listOf(typed.photos), ...taken])];
      box.value = all.length ? JSON.stringify(all) : "";
      return [h("div", {}, box, h("p", { class: "f-wrong", "data-wrong": "photos" }))];
    }
  }
  return [];
}

function itemForm(page, visit, item) {
  const { work } = page;
  const draft = work.draftOf(visit.id, item.id);
  const mine = work.lastOf(visit.id, item.id);
  const typed = draft?.typed || mine?.payload || typedFrom(item, item.verified);
  const kept = h("p", { class: "f-told", id: "da-luu", role: "status" }, draft ? `Nháp, lưu máy ${hours(draft.at)}` : "");
  if (!draft && mine) kept.append(h("span", { "data-op": mine.id }, told(mine)));
  const fields = fieldsOf(item).map(([name, label, hint]) => field(name, label, hint, typed[name], name === "text"));
  const why = field("override_why", "Lý do kết luận khác cách tính", "Chỉ ghi khi chọn khác kết quả tính theo số.", typed.override_why, true);
  const computed = isComputed(item);
  const form = h("form", { autocomplete: "off", novalidate: true }, ...fields, ...special(work, visit, item, typed), choices("Kết luận", "verdict", verdictsOf(item).map((code) => [code, RESULTS[code]]), typed.verdict,
    computed ? "Để trống thì hệ thống tính theo số đã ghi." : ""), computed ? why : null,
  field("note", "Ghi chú", "Đã xem gì, ở đâu, bao nhiêu trên bao nhiêu.", typed.note, true),
  h("div", { class: "f-acts" }, h("button", {}, "Lưu và tiếp")));
  let waiting = null;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      kept.textContent = "Đang lưu máy…";
      work.draft(visit.id, item.id, read(form)).then(
        () => (kept.textContent = `Nháp, đã lưu máy ${hours(Date.now())}`),
        (failed) => (kept.textContent = explain(failed)),
      );
    }, 300);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    const now = read(form);
    const { wrong } = judge(item, now);
    if (!point(form, wrong)) {
      await work.draft(visit.id, item.id, now).catch(() => {});
      return;
    }
    kept.textContent = "Đang lưu máy…";
    try {
      const draft = `${visit.id}:${item.id}`; // taken away even if its own saving is still on the way
      await work.finish(visit.id, "VERIFY", now, { item: item.id, base: work.baseOf(visit.id, item), draft });
    } catch (failed) {
      kept.textContent = explain(failed);
      return;
    }
    say(`Đã lưu máy mục ${item.code}.`);
    work.flush();
    const asked = work.asked(visit); // what was just recorded may ask more, or less
    const following = asked[asked.indexOf(item) + 1];
    location.hash = following ? itemAddress(visit, following) : visitAddress(visit);
  });
  return h("div", {}, kept, form, photosOf(page, visit, item), suggestion(visit, item, typed));
}

function suggestion(visit, item, typed) {
  const differs = typed.verdict === "NOT_DONE" || (item.declared_result && typed.verdict && RESULTS[typed.verdict] !== item.declared_result);
  const address = `${visitAddress(visit)}/phat-hien/${item.id}`;
  return h("div", { class: "f-acts" }, link("⚑ Ghi phát hiện", address, true), differs ? h("p", {}, "Kết luận khác số đơn vị báo: ghi phát hiện kèm ghi chú.") : null);
}

function photosOf(page, visit, item) {
  const { work } = page;
  const list = h("ul", { class: "f-list" });
  const fill = () => list.replaceChildren(...work.of(visit.id, "PHOTO", item.id).map((each, place) =>
    h("li", {}, `Ảnh ${place + 1} (${size(each.payload.size)}): `, h("span", { "data-op": each.id }, told(each)))));
  const said = h("p", { role: "status", class: "f-told" });
  const box = h("input", { id: "anh", type: "file", accept: "image/*", multiple: true, onchange: async () => {
    for (const file of box.files) {
      said.textContent = "Đang thu nhỏ và lưu máy…";
      try {
        const kept = await work.photograph(visit.id, item.id, file);
        const all = kept && document.querySelector("[name=photos]");
        if (all) {
          all.value = JSON.stringify([...listOf(all.value), kept.payload.digest]);
          all.dispatchEvent(new Event("input", { bubbles: true }));
        }
        said.textContent = kept ? `Đã lưu máy ảnh ${size(kept.payload.size)}.` : "Ảnh này đã có.";
      } catch (failed) {
        said.textContent = failed instanceof DOMException ? "Không đọc được ảnh này. Chọn ảnh khác." : explain(failed);
      }
      fill();
    }
    box.value = "";
    work.flush();
  } });
  fill();
  return h("section", { "aria-labelledby": "anh-tieu-de" }, h("h2", { id: "anh-tieu-de" }, "Ảnh"), list,
    h("div", { class: "f-field" }, h("label", { class: "f-label", for: "anh" }, "📷 Thêm ảnh"),
      h("p", { class: "f-hint" }, "Che số định danh, ảnh căn cước của người dân. Ảnh được thu nhỏ, bỏ vị trí."), box), said);
}

function field(name, label, hint, value, long = false, mode = "decimal") {
  const id = `o-${name}`;
  const about = hint ? `${id}-goi-y` : null;
  const box = long ? h("textarea", { id, name, rows: 3, autocomplete: "off", "aria-describedby": about }) : h("input", { id, name, autocomplete: "off", inputmode: name === "date" ? "text" : mode, "aria-describedby": about });
  box.value = value ?? "";
  return h("div", { class: "f-field" }, h("label", { class: "f-label", for: id }, label), hint ? h("p", { class: "f-hint", id: about }, hint) : null, box,
    h("p", { class: "f-wrong", "data-wrong": name }));
}

function choices(label, name, pairs, chosen, hint = "") {
  return h("fieldset", {}, h("legend", {}, label), hint ? h("p", { class: "f-hint" }, hint) : null,
    ...pairs.map(([code, words]) => h("label", { class: "f-choice" }, h("input", { type: "radio", name, value: code, checked: code === chosen }), words)),
    h("p", { class: "f-wrong", "data-wrong": name }));
}

function read(form) {
  const told = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) told[name] = value.trim().normalize("NFC");
  return told;
}

// Shows what is wrong beside each field and goes to the first; true when nothing is.
function point(form, wrong) {
  let first = null;
  for (const place of form.querySelectorAll("[data-wrong]")) {
    place.textContent = wrong[place.dataset.wrong] || "";
    if (place.textContent && !first) first = form.querySelector(`[name="${place.dataset.wrong}"]`);
  }
  first?.focus();
  if (first) say(`Có ${Object.keys(wrong).length} chỗ cần sửa.`);
  return !Object.keys(wrong).length;
}

// Findings and heads

const CLASSES = [["STRENGTH", "Việc đã làm được"], ["NOT_DONE", "Việc chưa làm được"], ["SHORTCOMING", "Tồn tại, hạn chế"], ["DIFFICULTY", "Khó khăn, vướng mắc"], ["PROPOSAL", "Kiến nghị, đề xuất"]];
const SEVERITIES = [["LIGHT", "nhẹ"], ["MEDIUM", "vừa"], ["SERIOUS", "nghiêm trọng"]];
const CAUSES = [["OBJECTIVE", "khách quan"], ["SUBJECTIVE", "chủ quan"], ["BOTH", "khách quan và chủ quan"]];

function lacking(told, item) {
  const wrong = {};
  if (!told.category) wrong.category = "Chọn loại phát hiện.";
  if (!told.text) wrong.text = "Nhập nội dung phát hiện: thấy gì, bao nhiêu trên bao nhiêu, thấy ở đâu.";
  if (told.category === "STRENGTH" && !/\d/.test(told.text || "") && !told.evidence) wrong.evidence = "Ghi số liệu trong nội dung hoặc sản phẩm đã thấy.";
  if (told.category === "NOT_DONE" && !told.evidence) wrong.evidence = "Ghi văn bản đã giao việc (số, ngày, cơ quan).";
  if (told.category === "SHORTCOMING" && !told.severity) wrong.severity = "Chọn mức độ.";
  if (told.category === "SHORTCOMING" && !told.cause) wrong.cause = "Chọn nguyên nhân.";
  if (["DIFFICULTY", "PROPOSAL"].includes(told.category) && !told.addressed_to) wrong.addressed_to = "Ghi cơ quan có thể xử lý.";
  if (!item && !told.field) wrong.field = "Chọn lĩnh vực.";
  return wrong;
}

function findingScreen(page, visit, item) {
  const { work } = page;
  const fields = new Map(visit.items.map((each) => [each.field, each.field_name]));
  const back = item ? itemAddress(visit, item) : visitAddress(visit);
  const said = h("p", { role: "status", class: "f-told" });
  const form = h("form", { autocomplete: "off", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const now = read(form);
    if (!point(form, lacking(now, item))) return;
    try {
      await work.finish(visit.id, "FINDING", now, { item: item ? item.id : null });
    } catch (failed) {
      said.textContent = explain(failed);
      return;
    }
    say("Đã lưu máy phát hiện.");
    work.flush();
    page.show();
  } }, choices("Loại", "category", CLASSES, null), item ? null : choices("Lĩnh vực", "field", [...fields], null),
  field("text", "Nội dung", "Thấy gì, bao nhiêu trên bao nhiêu, thấy ở đâu.", "", true), field("evidence", "Căn cứ ghi nhận", "Tài liệu đã xem; việc chưa làm được thì ghi văn bản giao việc.", "", true),
  choices("Mức độ (tồn tại, hạn chế)", "severity", SEVERITIES, null), choices("Nguyên nhân (tồn tại, hạn chế)", "cause", CAUSES, null),
  field("addressed_to", "Nơi có thể xử lý", "Bắt buộc với khó khăn, kiến nghị.", "", true), said, h("div", { class: "f-acts" }, h("button", {}, "Lưu phát hiện"), link("Quay lại", back, true)));
  const mine = work.of(visit.id, "FINDING", item ? item.id : null);
  const before = visit.findings.filter((each) => !item || each.item === item.id);
  return [h("h1", {}, item ? `Phát hiện tại mục ${item.code}` : "Phát hiện"), closing(work, visit),
    mine.length || before.length ? h("ul", { class: "f-list" }, ...before.map((each) => h("li", {}, `${each.category}: ${each.text}`)),
      ...mine.map((each) => h("li", {}, `${each.payload.text} – `, h("span", { "data-op": each.id }, told(each))))) : h("p", {}, "Chưa ghi phát hiện nào ở đây."),
    form].filter(Boolean);
}

function headcountScreen(page, visit) {
  const { work } = page;
  const begins = work.beginnable(visit) && !work.begun(visit) && !visit.begin_closed;
  const counted = work.of(visit.id).filter((each) => ["HEADCOUNT", "BEGIN"].includes(each.kind));
  const mine = counted.at(-1);
  const held = mine?.payload || visit.headcount;
  const said = h("p", { role: "status", class: "f-told" });
  if (mine) said.append(h("span", { "data-op": mine.id }, told(mine)));
  const labels = [["expected", "Số người phải có mặt"], ["present", "Có mặt"], ["excused", "Vắng có lý do"]];
  const form = h("form", { autocomplete: "off", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const now = read(form);
    const wrong = {};
    const numbers = {};
    for (const [name, label] of labels) {
      if (!/^\d{1,4}$/.test(now[name] || "")) wrong[name] = `${label}: nhập số từ 0 đến 9999.`;
      else numbers[name] = Number(now[name]);
    }
    if (!Object.keys(wrong).length && numbers.present + numbers.excused > numbers.expected) wrong.expected = "Có mặt cộng vắng có lý do nhiều hơn số phải có mặt.";
    if (!point(form, wrong)) return;
    const base = Math.max(visit.headcount.version, ...counted.map((each) => each.version || 0));
    try {
      await work.finish(visit.id, begins ? "BEGIN" : "HEADCOUNT", numbers, { base });
    } catch (failed) {
      said.textContent = explain(failed);
      return;
    }
    work.flush();
    page.show();
  } }, ...labels.map(([name, label]) => field(name, label, "", held[name])), h("div", { class: "f-acts" }, h("button", {}, begins ? "Bắt đầu kiểm tra" : "Lưu điểm danh"), link("Quay lại", visitAddress(visit), true)));
  const crew = h("ul", {}, ...visit.people.map((each) => h("li", {}, `${each.name}, ${each.duty}${each.phone ? `, ${each.phone}` : ""}`)));
  const today = work.dayOf(visit);
  const other = begins && today !== visit.planned_on ? notice(`Cuộc kiểm tra xếp lịch ngày ${onDay(visit.planned_on)}, hôm nay ${onDay(today)}: bắt đầu hôm nay thì chờ Trưởng đoàn nhận.`, "late") : null;
  return [h("h1", {}, `${begins ? "Bắt đầu kiểm tra" : "Điểm danh"} – ${visit.unit}`), begins ? other : closing(work, visit), said, expired(work, visit) ? null : form, h("h2", {}, "Thành viên đoàn"), crew].filter(Boolean);
}

// Signing: both sides read the same lines and sign under their digest

const SIDES = [["UNIT", "Đại diện đơn vị"], ["TEAM", "Đại diện đoàn kiểm tra"]];

async function signScreen(page, visit) {
  const { work } = page;
  const lines = linesOf(work, visit);
  const digest = await digestOf(new TextEncoder().encode(lines.join("\n")));
  const left = lines.filter((line) => line.endsWith(": chưa ghi")).length;
  const sides = SIDES.map(([side, label]) => signing(page, visit, side, label, lines, digest));
  return [h("h1", {}, `Lập biên bản – ${visit.unit}`), closing(work, visit),
    left ? notice(`Còn ${left} chỗ chưa ghi. Ghi xong rồi ký, vì ghi thêm thì phải ký lại.`, "late") : null,
    h("p", {}, "Hai bên cùng đọc nội dung dưới đây rồi ký. Chữ ký gắn với đúng nội dung này."),
    h("section", { "aria-labelledby": "noi-dung-bien-ban" }, h("h2", { id: "noi-dung-bien-ban" }, "Nội dung"), h("ul", {}, ...lines.map((line) => h("li", {}, line))), h("p", { class: "f-told" }, `Vân tay nội dung: ${digest.slice(0, 8)}`)),
    ...sides, h("div", { class: "f-acts" }, link("Quay lại", visitAddress(visit), true))].filter(Boolean);
}

function signing(page, visit, side, label, lines, digest) {
  const { work } = page;
  const mine = work.of(visit.id, "SIGN").filter((each) => each.payload.side === side).at(-1);
  const done = mine && mine.payload.digest === digest && mine.outcome !== "OUTDATED";
  const title = h("h2", { id: `ky-${side}` }, label);
  const before = mine ? h("p", { class: "f-told" }, `${mine.payload.name}${mine.payload.post ? `, ${mine.payload.post}` : ""}: `, h("span", { "data-op": mine.id }, told(mine))) : null;
  const section = (...parts) => h("section", { "aria-labelledby": `ky-${side}` }, title, before, ...parts);
  if (done || expired(work, visit)) return section();
  const said = h("p", { role: "status", class: "f-told" });
  const form = h("form", { autocomplete: "off", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const typed = read(form);
    const now = Object.fromEntries(["name", "post", "strokes", "reservations"].filter((name) => typed[`${side}-${name}`]).map((name) => [name, typed[`${side}-${name}`]]));
    if (!point(form, now.name ? {} : { [`${side}-name`]: "Nhập họ tên người ký." })) return;
    try {
      await work.finish(visit.id, "SIGN", { side, ...now, lines, digest });
    } catch (failed) {
      said.textContent = explain(failed);
      return;
    }
    work.flush();
    page.show();
  } }, field(`${side}-name`, "Họ tên người ký", "", "", false, "text"), field(`${side}-post`, "Chức vụ", "", "", false, "text"), field(`${side}-reservations`, "Ý kiến bảo lưu (nếu có)", "", "", true), pad(`${side}-strokes`, ""), said, h("div", { class: "f-acts" }, h("button", {}, `Ký: ${label.toLowerCase()}`)));
  return section(mine ? notice("Nội dung đã khác bản đã ký: đọc lại và ký lại.", "late") : null, form);
}

const onDay = (iso) => iso.split("-").reverse().join("/");

// The queue

const KINDS = { BEGIN: "Bắt đầu kiểm tra", VERIFY: "Ghi nhận", HEADCOUNT: "Điểm danh", FINDING: "Phát hiện", PHOTO: "Ảnh", SIGN: "Ký biên bản" };

function nameOf(work, each) {
  const visit = work.visits.get(each.visit);
  const item = visit?.items.find((one) => one.id === each.item);
  return `${KINDS[each.kind]}${item ? ` ${item.code}` : ""} – ${visit ? visit.unit : `cuộc ${each.visit}`}`;
}

// A sealed file for another computer; what it holds stays here too and is still sent from here.
async function hand(work) {
  const address = URL.createObjectURL(await wrap(work));
  const file = h("a", { href: address, download: `goi-du-phong-${new Date().toISOString().slice(0, 10)}.json` });
  file.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say("Đã xuất gói dự phòng, mở được bằng mã PIN này.");
}

async function queue(page) {
  const { work } = page;
  const room = (await navigator.storage?.estimate?.()) || {};
  const line = (each) => h("li", {}, h("p", {}, nameOf(work, each)), h("p", { class: "f-told" }, h("span", { "data-op": each.id }, told(each)), ` · lưu máy ${hours(each.at)}`));
  const drafts = [...work.drafts.values()].map((each) => {
    const visit = work.visits.get(each.visit);
    const item = visit?.items.find((one) => one.id === each.item);
    return h("li", {}, item ? h("a", { href: itemAddress(visit, item) }, `Nháp ${item.code} – ${visit.unit}`) : "Nháp", h("p", { class: "f-told" }, `Chưa đủ để gửi, lưu máy ${hours(each.at)}`));
  });
  const go = button("Gửi ngay", async () => {
    await work.flush();
    if (!navigator.onLine) work.trouble = "Chưa có mạng. Máy tự gửi khi có mạng.";
    page.show();
  });
  const sent = [...work.operations.values()].filter((each) => each.state === "SENT").length;
  return [h("h1", {}, "Hàng chờ"), work.trouble ? notice(work.trouble, "late") : null, skew(work.offset),
    room.quota && room.usage / room.quota > NEAR_FULL ? notice("Bộ nhớ sắp đầy – gửi bớt ảnh.", "late") : null,
    h("p", {}, `Chờ gửi ${work.unsent.length} · cần xem ${work.troubled.length} · nháp ${drafts.length} · đã gửi ${sent}.`),
    h("div", { class: "f-acts" }, go, link("Các cuộc kiểm tra", "#/", true), work.unsent.length ? button("Xuất gói dự phòng", () => hand(work), true) : null),
    work.unsent.length ? [h("h2", {}, "Chờ gửi"), h("ul", { class: "f-list" }, ...work.unsent.map(line))] : null,
    work.troubled.length ? [h("h2", {}, "Cần xem"), h("ul", { class: "f-list" }, ...work.troubled.map(line))] : null,
    drafts.length ? [h("h2", {}, "Nháp"), h("ul", { class: "f-list" }, ...drafts)] : null].flat().filter(Boolean);
}
