/* Looking a reading through by keys, its passage marked beside it, and adding what is selected in the text.
   Without it the same form is filled in by hand. */
"use strict";

(() => {
  const review = document.querySelector("[data-review]");
  if (!review) return;
  const form = review.querySelector("[data-review-form]");
  const text = review.querySelector("[data-text]");
  const bar = review.querySelector("[data-add]");
  const told = review.querySelector("[data-told]");
  const count = document.querySelector("[data-count]");
  const smooth = { block: "nearest" };
  const on = () => localStorage.getItem("dondoc.shortcuts") !== "off";
  const typing = (target) =>
    target.closest("textarea, select, [contenteditable], input:not([type=checkbox]):not([type=radio])");
  const stops = () => [...form.querySelectorAll("[data-stop]")].filter((each) => each.offsetParent);
  const boxOf = (target) => target.closest("[data-proposal]");
  const tick = (box, name) => box.querySelector(`[data-${name}]`);
  const keys = document.querySelector(".dd-review__keys .dd-keys");
  let here = null;

  // The "?" of the house tells this screen's keys too.
  document.querySelector("#phim-tat .dd-keys")?.after(keys.cloneNode(true));

  const say = (words) => {
    told.textContent = words;
  };

  function waits(box) {
    const kept = tick(box, "kept");
    return box.hasAttribute("data-doubtful") && !tick(box, "right").checked && (!kept || kept.checked);
  }

  const waiting = () => [...form.querySelectorAll("[data-doubtful]")].filter(waits);

  function recount() {
    const left = waiting().length;
    count.textContent = left ? `Còn ${left} mục cần xem.` : "Không còn mục nào cần xem.";
  }

  function renew(box) {
    const kept = tick(box, "kept");
    box.classList.toggle("dd-proposal--doubtful", waits(box));
    box.classList.toggle("dd-proposal--dropped", Boolean(kept) && !kept.checked);
    const sign = box.querySelector("[data-waits]");
    if (sign) sign.hidden = !waits(box);
    recount();
  }

  function press(box, name) {
    const control = tick(box, name);
    if (!control) return;
    control.checked = !control.checked;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* The passage of the proposal in focus is in sight and marked. */
  function show(box) {
    if (box === here) return;
    here = box;
    form.querySelectorAll(".dd-proposal--here").forEach((each) => each.classList.remove("dd-proposal--here"));
    text.querySelectorAll(".dd-mark--here").forEach((each) => each.classList.remove("dd-mark--here"));
    if (!box) return;
    box.classList.add("dd-proposal--here");
    const marks = box.dataset.passage ? text.querySelectorAll(`[data-spans~="${box.dataset.passage}"]`) : [];
    marks.forEach((each) => each.classList.add("dd-mark--here"));
    if (marks.length) scrollInside(marks[0]);
  }

  function scrollInside(mark) {
    const frame = text.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    if (at.top < frame.top || at.bottom > frame.bottom) {
      text.scrollTop += at.top - frame.top - frame.height / 3;
    }
  }

  function goTo(stop) {
    if (!stop) return;
    stop.focus({ preventScroll: true });
    (boxOf(stop) || stop).scrollIntoView(smooth);
  }

  function step(by) {
    const all = stops();
    const box = document.activeElement.closest("[data-proposal], [data-new]");
    const at = box ? all.indexOf(box.querySelector("[data-stop]")) : -1;
    goTo(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
  }

  /* The next one that needs a look, after the one in focus; then from the first. */
  function next() {
    const box = boxOf(document.activeElement);
    const left = waiting().filter((each) => each !== box);
    const after = left.find(
      (each) => !box || box.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING
    );
    const wanted = after || left[0];
    if (wanted) goTo(wanted.querySelector("[data-stop]"));
    else say("Không còn mục nào cần xem.");
  }

  /* To the passage of the proposal in focus, and from a passage to its proposal. */
  function acrossFrom(target) {
    if (text.contains(target)) {
      const link = target.closest("a[href^='#']");
      const box = link ? document.getElementById(link.hash.slice(1)) : here;
      if (box) goTo(box.querySelector("[data-stop]"));
      return;
    }
    const box = boxOf(target);
    const id = box && box.dataset.passage;
    const mark = id && text.querySelector(`[data-spans~="${id}"]`);
    if (!mark) return say("Không thấy nguyên văn của mục này trong nội dung.");
    scrollInside(mark);
    const link = [...text.querySelectorAll(`[data-spans~="${id}"] a`)].find((each) => each.hash === `#${box.id}`);
    (link || text).focus({ preventScroll: true });
    text.scrollIntoView(smooth);
  }

  const letters = (words) => [...words].length;

  /* What is selected in the text, counted in letters as the server counts; null when it is not in there. */
  function selected() {
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = letters(before.toString()) + letters(words) - letters(words.trimStart());
    return words.trim() ? { start, end: start + letters(words.trim()) } : null;
  }

  const blank = (kind) => [...form.querySelectorAll(`[data-new="${kind}"]`)].pop();

  /* One more blank form behind a filled one; the hidden count says how many there are. */
  function oneMore(kind) {
    const last = blank(kind);
    const filled = [...last.querySelectorAll("textarea, input[name$=-symbol], input[name$=-place]")];
    if (!filled.some((each) => each.value)) return last;
    const held = form.elements.namedItem(`so-${kind}`);
    const number = Number(held.value);
    const short = kind === "trich-dan" ? "td" : "nd";
    const copy = last.cloneNode(true);
    for (const each of copy.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby"]) {
        const value = each.getAttribute(name);
        if (value) each.setAttribute(name, value.replaceAll(`${short}-${number}-`, `${short}-${number + 1}-`));
      }
      if (each.matches("textarea, input:not([name$=-kept])")) each.value = "";
    }
    held.value = String(number + 1);
    last.after(copy);
    return copy;
  }

  function fill(kind, answer) {
    const simple = kind === "don-vi" || kind === "muc-dich";
    const box = simple ? blank(kind) : oneMore(kind);
    let first = null;
    for (const [name, value] of Object.entries({ ...answer.fields, ...(simple ? {} : { place: answer.place }) })) {
      const control = box.querySelector(`[name$="-${name}"]`);
      if (!control) continue;
      control.value = simple && control.value.trim() ? `${control.value.trimEnd()}\n${value}` : value;
      if (control.type !== "hidden") first = first || control;
    }
    box.open = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dataset.dirty = "yes";
    if (first) first.focus();
    box.scrollIntoView(smooth);
    say("Đã điền từ đoạn đã chọn. Xem lại rồi lưu.");
  }

  async function add(kind) {
    const place = selected();
    if (!place) return say("Chọn một đoạn trong nội dung trước.");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    for (const [name, value] of Object.entries({ kind, ...place })) body.append(name, String(value));
    say("Đang đọc đoạn đã chọn…");
    try {
      const answer = await fetch(review.dataset.passageUrl, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      const json = await answer.json();
      if (answer.ok) fill(kind, json);
      else say(json.sentence);
    } catch {
      say("Chưa đọc được đoạn này. Kiểm tra mạng rồi thử lại, hoặc gõ vào mục Thêm.");
    }
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    n: next,
    t: (event) => acrossFrom(event.target),
    d: (event) => {
      const box = boxOf(event.target);
      if (!box || !tick(box, "right")) return;
      if (!tick(box, "right").checked) press(box, "right");
      next();
    },
    b: (event) => {
      const box = boxOf(event.target);
      if (!box) return;
      press(box, "kept");
      if (tick(box, "kept")) say(tick(box, "kept").checked ? "Giữ lại mục này." : "Đã bỏ mục này.");
    },
    s: (event) => {
      const box = boxOf(event.target);
      const details = box && box.querySelector("details");
      if (!details) return;
      details.open = true;
      details.querySelector("input:not([type=hidden]), select, textarea").focus();
    },
  };
  ["trich-dan", "noi-dung", "don-vi", "muc-dich"].forEach((kind, place) => {
    KEYS[place + 1] = () => selected() && add(kind);
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !on()) return;
    if (!Object.hasOwn(KEYS, event.key) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    KEYS[event.key](event);
  });
  form.addEventListener("focusin", (event) => show(boxOf(event.target)));
  form.addEventListener("change", (event) => {
    const box = boxOf(event.target);
    if (box && event.target.matches("[data-right], [data-kept]")) renew(box);
  });
  document.addEventListener("selectionchange", () => {
    bar.hidden = !selected();
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kind]");
    if (button) add(button.dataset.kind);
  });
})();
