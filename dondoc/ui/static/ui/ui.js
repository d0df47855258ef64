/* Small comforts over pages that work without them: keys, one press per form, saving while typing. */
"use strict";

(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* Keys */
  const SWITCH = "dondoc.shortcuts";
  const shortcutsOn = () => localStorage.getItem(SWITCH) !== "off";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let afterG = false;

  function pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      /* A box may belong to a form it does not stand in. */
      const form = event.target.form || event.target.closest("form");
      if (form && form.method === "post") form.requestSubmit();
      return;
    }
    if (event.key === "Escape") return closeMenus(event);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !shortcutsOn()) return;
    if (event.key === "/") {
      const search = find("[data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === "?") {
      const keys = find("#phim-tat");
      if (keys && !keys.open) keys.showModal();
    } else if (event.key === "v" && afterG) {
      const inbox = find("[data-inbox]");
      if (inbox) location.assign(inbox.href);
    }
    afterG = event.key === "g";
  }

  function closeMenus(event) {
    each("details.dd-user[open]", (menu) => {
      menu.open = false;
      if (event) find("summary", menu).focus();
    });
  }

  /* One press, one request. The server refuses a second one by itself; this spares the wait. */
  function guard(event) {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    delete form.dataset.dirty;
    const button = event.submitter;
    if (button && button.matches("button")) {
      button.dataset.words = button.textContent;
      button.setAttribute("aria-disabled", "true");
      button.textContent = "Đang gửi…";
    }
  }

  function openAgain() {
    each("form[data-sent]", (form) => {
      delete form.dataset.sent;
      form.querySelectorAll("[data-words]").forEach((button) => {
        button.textContent = button.dataset.words;
        button.removeAttribute("aria-disabled");
        delete button.dataset.words;
      });
    });
  }

  /* Saving while typing: <form data-autosave="/address/"> with a {% save_state %} near by. */
  const WAIT = 1200;
  const LONGEST = 60000;
  const clock = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });

  function autosave(form) {
    const draft = "dondoc.draft." + form.dataset.autosave;
    const state = find("[data-save-state]", form) || find("[data-save-state]");
    let timer = 0;
    let wait = WAIT;

    const say = (words, wrong = false) => {
      if (!state || state.textContent === words) return;
      state.textContent = words;
      state.classList.toggle("dd-save--wrong", wrong);
    };
    const kept = (sent = false) => {
      const pairs = [...new FormData(form)].filter(([name, value]) => {
        return name !== "csrfmiddlewaretoken" && typeof value === "string";
      });
      try {
        localStorage.setItem(draft, JSON.stringify({ pairs, sent, version: versionOf(form) }));
      } catch {
        /* A full or shut store: the page itself still holds what was typed. */
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    };
    const notSaved = () => {
      kept();
      say("Chưa lưu được – đang thử lại (bản nháp còn trên máy này)", true);
      wait = Math.min(wait * 2, LONGEST);
      later();
    };

    async function save() {
      say("Đang lưu…");
      form.dataset.dirty = "saving";
      let answer;
      try {
        answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body: withoutFiles(form),
          headers: { Accept: "application/json" },
          redirect: "manual",
        });
      } catch {
        return notSaved();
      }
      if (answer.status === 409) {
        kept();
        return say("Có người vừa sửa – bấm Lưu để xem khác biệt (bản của bạn giữ trên máy này)", true);
      }
      if (answer.status === 400 || answer.status === 422) {
        kept();
        return say("Giữ trên máy này – chưa lưu vì câu trả lời chưa đủ hoặc chưa đúng, bấm Lưu để xem", true);
      }
      if (!answer.ok) return notSaved();
      wait = WAIT;
      await renew(form, answer);
      if (form.dataset.dirty === "saving") {
        delete form.dataset.dirty;
        localStorage.removeItem(draft);
      } else kept();
      say("Đã lưu " + clock());
    }

    form.addEventListener("input", () => {
      form.dataset.dirty = "yes";
      kept();
      later();
    });
    /* Sent is not saved: the draft goes when the page comes back with a newer version. */
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      kept(true);
    });
    addEventListener("online", () => {
      wait = WAIT;
      if (form.dataset.dirty) later();
    });
    offerDraft(form, draft);
  }

  /* Files wait for the button: a photo must not travel again with every letter typed. */
  function withoutFiles(form) {
    const body = new FormData(form);
    form.querySelectorAll("input[type=file]").forEach((input) => body.delete(input.name));
    return body;
  }

  /* What the next saving must name (the version just made): {"fields": {"version": 3, …}}. */
  async function renew(form, answer) {
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return;
    const told = await answer.json();
    for (const [name, value] of Object.entries(told.fields || {})) {
      const control = form.elements.namedItem(name);
      if (control) control.value = value;
    }
  }

  const versionOf = (form) => Number((form.elements.namedItem("version") || {}).value || 0);

  function heldDraft(form, draft) {
    try {
      const held = JSON.parse(localStorage.getItem(draft));
      if (!held || (held.sent && versionOf(form) > held.version) || form.dataset.dirty) {
        localStorage.removeItem(draft);
        return null;
      }
      return Array.isArray(held.pairs) ? held : null;
    } catch {
      return null;
    }
  }

  function offerDraft(form, draft) {
    const held = heldDraft(form, draft);
    if (!held) return;
    const box = document.createElement("div");
    box.className = "dd-notice dd-notice--soon dd-notice--acts";
    const words = document.createElement("p");
    words.textContent = "Trên máy này còn một bản nháp chưa gửi được. ";
    box.append(words);
    const act = (label, then) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "dd-button dd-button--secondary";
      button.textContent = label;
      button.addEventListener("click", () => {
        localStorage.removeItem(draft);
        box.remove();
        then();
      });
      box.append(button);
    };
    act("Khôi phục", () => fill(form, held.pairs));
    act("Bỏ bản nháp", () => {});
    form.prepend(box);
  }

  /* The version the draft was typed over comes back with it, so that what others saved since is seen. */
  function fill(form, pairs) {
    form.dispatchEvent(new CustomEvent("dd-restore", { detail: pairs }));
    form.querySelectorAll("input[type=checkbox], input[type=radio]").forEach((box) => {
      box.checked = pairs.some(([name, value]) => name === box.name && value === box.value);
    });
    for (const [name, value] of pairs) {
      const control = form.elements.namedItem(name);
      const told = name === "version" || (control && !["checkbox", "radio", "hidden"].includes(control.type));
      if (control && "value" in control && told) {
        control.value = value;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* A table that fits needs no scrolling box, and then its header can stay in sight. */
  const watched = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const table = target.firstElementChild;
      target.classList.toggle("dd-table-region--fits", table.offsetWidth <= target.clientWidth);
    }
  });

  function furnish(within) {
    within.querySelectorAll(".dd-table-region").forEach((region) => watched.observe(region));
  }

  /* Come from the item before: the fingers are at this one's first box. */
  function startTyping(form) {
    const box = find("input:not([type=hidden]), textarea, select", form);
    const chosen = box && box.type === "radio" && find(`input[name="${box.name}"]:checked`, form);
    if (box) (chosen || box).focus();
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", guard);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("details.dd-user")) closeMenus();
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) form.dataset.dirty = "yes";
  });
  addEventListener("pageshow", openAgain);
  addEventListener("beforeunload", (event) => {
    if (find("form[data-dirty]")) event.preventDefault();
  });
  addEventListener("offline", () => {
    each("[data-save-state]", (state) => {
      state.textContent = "Mất kết nối. Nội dung đang gõ vẫn giữ trên máy này, sẽ gửi lại khi có mạng.";
    });
  });
  document.addEventListener("htmx:afterSwap", (event) => furnish(event.target));

  each("form[data-autosave]", autosave);
  furnish(document);
  const choice = find("[data-shortcuts-switch]");
  if (choice) {
    choice.checked = shortcutsOn();
    choice.addEventListener("change", () => localStorage.setItem(SWITCH, choice.checked ? "on" : "off"));
  }
  const summary = find("[data-error-summary]");
  if (summary) summary.focus();
  else each("form[data-begin]", startTyping);
})();
