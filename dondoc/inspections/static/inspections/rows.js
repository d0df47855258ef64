/* Rows of a table added and taken away on the spot; without this the same buttons ask the server. */
"use strict";

(() => {
  const number = (row, place) => {
    row.querySelector("th").textContent = place;
    row.querySelectorAll("[name^=rows-]").forEach((cell) => {
      const column = cell.name.split("-").slice(2).join("-");
      cell.name = `rows-${place}-${column}`;
      cell.id = `id_${cell.name}`;
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+$/, place));
    });
    const button = row.querySelector("button");
    button.value = `row-take-${place}`;
    button.querySelector("span").textContent = ` dòng ${place}`;
  };

  function furnish(box) {
    const body = box.querySelector("tbody");
    const count = box.querySelector("[name=rows-count]");
    const renumber = () => {
      [...body.rows].forEach((row, at) => number(row, at + 1));
      count.value = body.rows.length;
    };
    const blank = (row) => row.querySelectorAll("input, select").forEach((cell) => (cell.value = ""));
    const add = () => {
      const row = body.lastElementChild.cloneNode(true);
      blank(row);
      body.append(row);
      renumber();
      return row;
    };
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      if (button.value === "row-add") add().querySelector("input, select").focus();
      else {
        const row = button.closest("tr");
        if (body.rows.length > 1) row.remove();
        else blank(row);
        renumber();
        box.querySelector("button[value=row-add]").focus();
      }
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.closest("form").addEventListener("dd-restore", (event) => {
      const [, wanted] = event.detail.find(([name]) => name === "rows-count") || [];
      while (body.rows.length < Math.min(Number(wanted), 500)) add();
    });
  }

  document.querySelectorAll("[data-rows]").forEach(furnish);
})();
