/* Keys in the tree of a criteria set: arrows walk, open and shut; with Alt they move what is focused. */
"use strict";

(() => {
  const tree = document.querySelector("[data-tree]");
  if (!tree) return;
  const rows = [...tree.querySelectorAll("li")];
  const depth = (row) => Number(row.dataset.depth);
  const link = (row) => row.querySelector("a");
  const toggle = (row) => row.querySelector("button");
  const below = (row) => {
    const rest = rows.slice(rows.indexOf(row) + 1);
    const end = rest.findIndex((each) => depth(each) <= depth(row));
    return end < 0 ? rest : rest.slice(0, end);
  };
  const isOpen = (row) => toggle(row)?.getAttribute("aria-expanded") === "true";

  function draw() {
    let shutAt = Infinity;
    for (const row of rows) {
      if (depth(row) <= shutAt) shutAt = Infinity;
      row.hidden = depth(row) > shutAt;
      if (!row.hidden && toggle(row) && !isOpen(row)) shutAt = depth(row);
    }
  }

  function set(row, open) {
    toggle(row).setAttribute("aria-expanded", String(open));
    toggle(row).textContent = open ? "▾" : "▸";
    draw();
  }

  for (const row of rows) {
    if (!below(row).length) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "dd-tree__open";
    button.tabIndex = -1;
    button.setAttribute("aria-label", `Mở hoặc đóng mục ${row.dataset.code}`);
    button.addEventListener("click", () => set(row, !isOpen(row)));
    row.prepend(button);
    set(row, true);
  }

  function walk(from, step) {
    const seen = rows.filter((row) => !row.hidden);
    const next = seen[seen.indexOf(from) + step];
    if (next) link(next).focus();
  }

  function parent(row) {
    return rows.slice(0, rows.indexOf(row)).findLast((each) => depth(each) < depth(row));
  }

  const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

  tree.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    const way = WAYS[event.key];
    if (!row || !way || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    if (event.altKey) {
      const form = document.querySelector("[data-move]");
      if (!form) return;
      form.elements.thing.value = row.dataset.thing;
      form.elements.way.value = way;
      form.requestSubmit();
    } else if (way === "up" || way === "down") {
      walk(row, way === "down" ? 1 : -1);
    } else if (way === "in") {
      if (toggle(row) && !isOpen(row)) set(row, true);
      else if (toggle(row)) walk(row, 1);
    } else if (isOpen(row)) {
      set(row, false);
    } else if (parent(row)) {
      link(parent(row)).focus();
    }
  });

  /* Only the fields a kind of answer uses; without a script all are shown, each saying what it is for. */
  const kind = document.querySelector("#id_kind");
  if (!kind) return;
  const fit = () =>
    document.querySelectorAll("[data-kinds]").forEach((part) => {
      part.hidden = !part.dataset.kinds.split(" ").includes(kind.value);
    });
  kind.addEventListener("change", fit);
  fit();
})();
