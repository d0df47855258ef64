// A table filled in on a phone: one card for each row; the whole is kept as JSON in a field of the form.

import { h } from "./dom.js";
import { listOf } from "./showing.js";

export function rows(item, typed) {
  const box = h("input", { type: "hidden", name: "rows" });
  const list = h("ol", { class: "f-list" });
  const held = listOf(typed);
  if (!held.length) held.push({});
  const changed = () => {
    const full = held.filter((row) => Object.values(row).some((cell) => String(cell).trim()));
    box.value = full.length ? JSON.stringify(full) : "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => list.replaceChildren(...held.map((row, number) => h("li", { "aria-label": `Dòng ${number + 1}` },
    ...item.options.map((column) => cell(column, row, number, changed)),
    h("button", { type: "button", class: "f-button--plain", onclick: () => (held.splice(number, 1), draw(), changed()) }, `Xóa dòng ${number + 1}`))));
  const more = h("button", { type: "button", class: "f-button--plain", onclick: () => {
    held.push({});
    draw();
    list.lastElementChild.querySelector("input, select").focus();
  } }, "Thêm dòng");
  draw();
  box.value = typed || "";
  return h("fieldset", {}, h("legend", {}, "Bảng kê"), list, box, h("p", { class: "f-wrong", "data-wrong": "rows" }), more);
}

function cell(column, row, number, changed) {
  const id = `o-${column.code}-${number}`;
  const kept = (event) => ((row[column.code] = event.target.value.trim().normalize("NFC")), changed());
  const shown = column.kind === "date" ? dayOf(row[column.code]) : String(row[column.code] ?? "").replace(".", column.kind === "count" ? "," : ".");
  const box = column.kind === "choice"
    ? h("select", { id, oninput: kept }, h("option", { value: "" }, "Chưa chọn"), ...column.options.map((words) => h("option", { value: words, selected: words === shown }, words)))
    : h("input", { id, autocomplete: "off", inputmode: column.kind === "count" ? "decimal" : "text", value: shown, oninput: kept });
  return h("div", { class: "f-field" }, h("label", { class: "f-label", for: id }, column.label + (column.required ? " (bắt buộc)" : "")), box);
}

const dayOf = (held) => (/^\d{4}-\d\d-\d\d$/.test(held || "") ? held.split("-").reverse().join("/") : held || "");

// What the house would say of it, in short.
export function faults(item, typed, number, isDay) {
  const wrong = [];
  for (const [place, row] of listOf(typed).entries()) {
    for (const column of item.options) {
      const found = String(row[column.code] ?? "").trim();
      const about = `Dòng ${place + 1}, cột “${column.label}”: `;
      if (!found && column.required) wrong.push(`${about}còn trống.`);
      if (found && column.kind === "count" && number(found) === null) wrong.push(`${about}nhập số, ví dụ 28 hoặc 2,5.`);
      if (found && column.kind === "date" && !isDay(found)) wrong.push(`${about}nhập ngày/tháng/năm, ví dụ 15/11/2019.`);
    }
  }
  return wrong.join(" ");
}
