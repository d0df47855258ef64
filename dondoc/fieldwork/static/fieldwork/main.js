// The page: which screen the address names, what the header says, when the key is forgotten.

import { h, say } from "./dom.js";
import * as screens from "./screens.js";
import { Vault } from "./vault.js";
import { Work } from "./work.js";

const IDLE = 5 * 60 * 1000;
const EVERY = 15 * 1000;
const LOCK = "dondoc-thuc-dia";

const vault = new Vault();
const work = new Work(vault);
const page = { vault, work, show, refresh: show, unlocked, lock };
let idle = null;

async function start() {
  if (!("indexedDB" in window) || !crypto.subtle || !navigator.locks) return put(screens.unable());
  navigator.serviceWorker?.register("/thuc-dia/ung-dung/sw.js", { scope: "/thuc-dia/" }).catch(() => {});
  work.addEventListener("changed", header);
  work.addEventListener("revoked", () => put(screens.revoked(page)));
  addEventListener("hashchange", show);
  addEventListener("online", () => (header(), work.flush()));
  addEventListener("offline", () => (header(), say("Mất kết nối. Phần ghi vẫn lưu trên máy này.")));
  document.addEventListener("visibilitychange", () => document.hidden || work.flush());
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, stayAwake, { passive: true });
  setInterval(() => work.flush(), EVERY);
  await hold(false);
}

// Only one tab works at a time: numbers of the sequence are never given twice.
async function hold(steal) {
  const options = steal ? { steal: true } : { ifAvailable: true };
  navigator.locks
    .request(LOCK, options, async (lock) => {
      if (!lock) return put(screens.elsewhere(() => hold(true)));
      await show();
      return new Promise(() => {});
    })
    .catch(() => {
      lock(false);
      put(screens.elsewhere(() => hold(true)));
    });
}

function put(content) {
  const main = document.getElementById("noi-dung");
  main.replaceChildren(...[content].flat());
  const title = main.querySelector("h1");
  if (title) {
    document.title = `${screens.titleOf(location.hash)} – Đôn Đốc`; // titles go to the browser's history: no unit, no item
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  header();
}

async function show() {
  if (!(await vault.exists)) return put(await screens.welcome(page));
  if (!vault.key) return put(screens.locked(page));
  const asked = location.hash;
  const content = await screens.of(page, asked);
  if (asked !== location.hash) return; // somebody has gone on meanwhile: that screen is on its way
  put(content);
  document.getElementById("noi-dung").dataset.screen = asked;
}

async function unlocked() {
  await work.load();
  stayAwake();
  await show();
  work.flush();
}

function lock(andShow = true) {
  vault.lock();
  work.forget();
  clearTimeout(idle);
  if (andShow) show();
}

function stayAwake() {
  clearTimeout(idle);
  if (vault.key) idle = setTimeout(() => work.queue.then(() => lock()), IDLE);
}

function header() {
  const line = document.getElementById("trang-thai");
  line.replaceChildren(...screens.state(work, Boolean(vault.key)));
  const signIn = vault.key && work.needsSignIn;
  let notice = document.getElementById("dang-nhap-lai");
  if (signIn && !notice) {
    notice = h("p", { id: "dang-nhap-lai", class: "f-state" }, "Phiên đăng nhập đã hết; phần đã ghi vẫn trên máy. ",
      h("a", { href: "/dang-nhap/?next=/thuc-dia/ung-dung/" }, "Đăng nhập lại để gửi"));
    line.after(notice);
  } else if (!signIn) notice?.remove();
  screens.live(work);
}

start();
