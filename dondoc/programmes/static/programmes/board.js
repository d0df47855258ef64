/* Moving visits on the board: x picks up, arrows choose, Enter drops; or drag; or the dialog. Each ends in the
   same form that works without this file. What the house says of a place is asked when a card is picked up. */
"use strict";

(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const find = (selector) => board.querySelector(selector);
  const halves = [...board.querySelectorAll("[data-half]")];
  const say = (words) => (find("[data-say]").textContent = words);
  const row = (half) => half.closest("tr");
  const name = (half) => half.getAttribute("aria-label");
  let held = null;

  async function ask(card, day) {
    const answer = await fetch(`${card.dataset.room}?tuan=${day}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).cells;
  }

  const words = (told) => (told.no ? `Không đặt được: ${told.no}` : told.warn.map((each) => `▲ ${each}`).join(" "));

  function mark(half, told) {
    const verdict = half.querySelector("[data-verdict]");
    half.classList.toggle("prg-half--shut", Boolean(told && told.no));
    half.classList.toggle("prg-half--warned", Boolean(told && !told.no && told.warn.length));
    verdict.textContent = told ? words(told) : "";
    verdict.hidden = !verdict.textContent;
  }

  async function lift(card, quiet = false) {
    if (held) put();
    const mine = (held = { card, cells: {}, target: null });
    card.classList.add("prg-card--held");
    say(`Đã nhấc ${card.dataset.name}. Mũi tên chọn buổi, Enter đặt, Esc thôi.`);
    if (!quiet) aim(card.closest("[data-half]") || halves[0]);
    try {
      const cells = await ask(card, board.dataset.week);
      if (held !== mine) return;
      mine.cells = cells;
      for (const half of halves) if (half !== card.closest("[data-half]")) mark(half, cells[half.dataset.half]);
      if (mine.target) tell(mine.target);
    } catch {
      if (held === mine) say("Chưa hỏi được hệ thống chỗ nào xếp được. Vẫn đặt được, hệ thống kiểm tra khi lưu.");
    }
  }

  function put() {
    held.card.classList.remove("prg-card--held");
    for (const half of halves) {
      mark(half, null);
      half.classList.remove("prg-half--target");
      half.removeAttribute("tabindex");
    }
    held = null;
  }

  function cancel() {
    const { card } = held;
    put();
    card.querySelector("a").focus();
    say(`Thôi chuyển ${card.dataset.name}. Lịch giữ nguyên.`);
  }

  function tell(half) {
    const told = held.cells[half.dataset.half];
    say(`${name(half)}. ${told ? words(told) || "Đặt được." : ""}`);
  }

  function aim(half, focus = true) {
    if (!half || half === held.target) return;
    if (held.target) held.target.classList.remove("prg-half--target");
    held.target = half;
    half.classList.add("prg-half--target");
    if (focus) {
      half.tabIndex = -1;
      half.focus();
      tell(half);
    }
  }

  function step(side, down) {
    const lines = [...new Set(halves.map(row))];
    const line = halves.filter((half) => row(half) === row(held.target));
    const place = line.indexOf(held.target) + side;
    if (place < 0 || place >= line.length) return turn(place < 0 ? "before" : "after");
    const next = lines[lines.indexOf(row(held.target)) + down];
    if (next) aim(halves.filter((half) => row(half) === next)[place]);
  }

  /* The card comes along to the other week. */
  function turn(way) {
    location.assign(`?tuan=${board.dataset[way]}&cam=${held.card.dataset.card}`);
  }

  function drop(half) {
    const { card, cells } = held;
    const told = cells[half.dataset.half];
    if (half === card.closest("[data-half]")) return cancel();
    if (told && told.no) return say(words(told));
    const place = { team: half.dataset.team, on: half.dataset.on, session: half.dataset.session };
    if (board.dataset.mode === "move") {
      return location.assign(`${card.dataset.url}?${new URLSearchParams({ to: place.on, session: place.session })}`);
    }
    /* A former colleague goes only for a reason: the page where it is written opens with the place filled in. */
    if (told && told.reason) return location.assign(`${card.dataset.url}?ve=bang&${new URLSearchParams(place)}`);
    const form = find("[data-drop]");
    form.action = card.dataset.url;
    for (const [field, value] of Object.entries(place)) form.elements[field].value = value;
    form.elements.unannounced.disabled = !("unannounced" in card.dataset);
    say(`Đang chuyển ${card.dataset.name}…`);
    form.requestSubmit();
  }

  /* Keys */
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const card = event.target.closest("[data-card]");
    if (!held) {
      if (event.key !== "x" || !card) return;
      event.preventDefault();
      return lift(card);
    }
    if (MOVES[event.key]) step(...MOVES[event.key]);
    else if (event.key === "Enter" && held.target) drop(held.target);
    else if (event.key === "Escape") cancel();
    else if (event.key === "PageUp" || event.key === "PageDown") turn(event.key === "PageUp" ? "before" : "after");
    else return;
    event.preventDefault();
  });

  /* Pointer: a card by its grip, with a mouse by any part of it; a press without a move picks up for a second press. */
  let drag = null;
  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-half]");

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-card]");
    const grip = event.target.closest(".prg-grip");
    if (!card || event.button || (!grip && event.pointerType !== "mouse")) return;
    drag = { card, x: event.clientX, y: event.clientY, id: event.pointerId, ghost: null };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
      drag.ghost = drag.card.cloneNode(true);
      drag.ghost.removeAttribute("id");
      drag.ghost.setAttribute("aria-hidden", "true");
      drag.ghost.classList.add("prg-ghost");
      document.body.append(drag.ghost);
      lift(drag.card, true);
    }
    event.preventDefault();
    drag.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    const half = under(event);
    if (half && held) {
      aim(half, false);
      tell(half);
    }
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { ghost } = drag;
    drag = null;
    if (!ghost) return;
    ghost.remove();
    /* The click that ends a drag is no press of a link. */
    const stop = (click) => (click.preventDefault(), click.stopPropagation());
    addEventListener("click", stop, { capture: true });
    setTimeout(() => removeEventListener("click", stop, { capture: true }), 0);
    if (!held) return;
    const half = under(event);
    if (half) drop(half);
    else cancel();
  });
  document.addEventListener("pointercancel", () => {
    if (drag?.ghost) drag.ghost.remove();
    drag = null;
    if (held) cancel();
  });
  board.addEventListener("click", (event) => {
    const grip = event.target.closest(".prg-grip");
    const half = event.target.closest("[data-half]");
    if (grip) return lift(grip.closest("[data-card]"));
    if (held && half) {
      event.preventDefault();
      return drop(half);
    }
    const link = event.target.closest("[data-card] a");
    if (link && find("[data-dialog]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openDialog(link.closest("[data-card]"));
    }
  });

  /* The dialog */
  function openDialog(card) {
    const dialog = find("[data-dialog]");
    const form = dialog.querySelector("form");
    form.action = card.dataset.url;
    dialog.querySelector("[data-dialog-name]").textContent = card.dataset.name;
    form.elements.team.value = card.dataset.team;
    form.elements.on.value = card.dataset.on;
    form.elements.session.value = card.dataset.session || "MORNING";
    form.elements.unannounced.checked = "unannounced" in card.dataset;
    form.elements.override_why.value = "";
    dialog.card = card;
    dialog.querySelector("[data-dialog-verdict]").textContent = "";
    dialog.showModal();
  }

  async function judge(dialog) {
    const form = dialog.querySelector("form");
    const typed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(form.elements.on.value.trim());
    const verdict = dialog.querySelector("[data-dialog-verdict]");
    if (!typed || !form.elements.team.value) return (verdict.textContent = "");
    const day = `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}`;
    try {
      const cells = await ask(dialog.card, day);
      const told = cells[`${form.elements.team.value}.${day}.${form.elements.session.value}`];
      verdict.textContent = told ? words(told) || "Đặt được." : "";
    } catch {
      verdict.textContent = "";
    }
  }

  const dialog = find("[data-dialog]");
  if (dialog) {
    dialog.addEventListener("change", () => judge(dialog));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.card.querySelector("a").focus());
  }

  for (const card of board.querySelectorAll("[data-card]")) {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "prg-grip";
    grip.textContent = "⠿";
    grip.setAttribute("aria-label", `Nhấc ${card.dataset.name}`);
    card.querySelector("a").after(grip);
  }
  const carried = new URLSearchParams(location.search).get("cam");
  const card = carried && find(`[data-card="${CSS.escape(carried)}"]`);
  if (card) lift(card);
  /* After the browser itself went to the place the address names, which takes the focus away. */
  else if (location.hash.startsWith("#don-vi-"))
    addEventListener("load", () => setTimeout(() => document.querySelector(`${location.hash} a`)?.focus(), 50));
})();
