/* An article: counts a reader who really looked, and renews the code without losing a word. */
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);

  /* Counted once the page has been in sight for five seconds in all; nothing is kept on this device. */
  const article = find("[data-seen]");
  if (article) {
    const NEEDED = 5500;
    let inSight = 0;
    let since = document.hidden ? 0 : performance.now();
    let timer = 0;
    const told = () => {
      const body = new FormData();
      body.append("token", article.dataset.seen);
      fetch(article.dataset.seenAt, { method: "POST", body, keepalive: true }).catch(() => {});
    };
    const wait = () => {
      timer = setTimeout(() => {
        document.removeEventListener("visibilitychange", changed);
        told();
      }, NEEDED - inSight);
    };
    const changed = () => {
      clearTimeout(timer);
      if (document.hidden) {
        if (since) inSight += performance.now() - since;
        since = 0;
      } else {
        since = performance.now();
        wait();
      }
    };
    document.addEventListener("visibilitychange", changed);
    if (since) wait();
  }

  const form = find("[data-comment]");
  if (!form) return;

  /* "Lấy lại mã bảo mật" */
  const STALE = 8 * 60 * 1000;
  const token = find("[data-code-token]");
  const said = find("[data-code-said]");
  const button = find("[data-code-renew]");
  const csrf = form.elements.namedItem("csrfmiddlewaretoken").value;
  let madeAt = Date.now();

  async function renew() {
    const body = new FormData();
    body.append("token", token.value);
    const answer = await fetch(token.dataset.renew, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": csrf, Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = await answer.json();
    token.value = fresh.token;
    find("[data-code-picture]").src = fresh.picture;
    find("[data-code-sound]").src = fresh.sound;
    form.elements.namedItem("code").value = "";
    madeAt = Date.now();
  }

  button.addEventListener("click", async (event) => {
    if (button.dataset.plain) return;
    event.preventDefault();
    try {
      await renew();
      said.textContent = "";
      said.textContent = "Đã đổi mã xác nhận.";
      form.elements.namedItem("code").focus();
    } catch {
      /* The button then does what it does without this script: the page comes back with a new code. */
      button.dataset.plain = "yes";
      button.click();
    }
  });

  /* Whoever read for a while before writing begins with a code that still lasts. */
  form.addEventListener("focusin", () => {
    if (Date.now() - madeAt > STALE) {
      madeAt = Date.now();
      renew().catch(() => {});
    }
  });

  /* How much room is left. */
  const text = form.querySelector("[data-most]");
  const left = document.createElement("p");
  left.className = "dd-field__hint";
  left.setAttribute("aria-live", "polite");
  text.after(left);
  const most = Number(text.dataset.most);
  const tell = () => {
    const room = most - [...text.value].length;
    const number = Math.abs(room).toLocaleString("vi-VN");
    left.textContent = room >= 0 ? `Còn ${number} ký tự.` : `Thừa ${number} ký tự.`;
  };
  text.addEventListener("input", tell);
  tell();
})();
