// Signing with a finger: lines of whole numbers 0..1000 across the pad, kept as JSON in a field of the form.
// Whoever cannot draw types the name alone.

import { h } from "./dom.js";
import { listOf } from "./showing.js";

const SIDE = 1000;
const MOST = 4000;

export function pad(name, strokes) {
  const box = h("input", { type: "hidden", name });
  const canvas = h("canvas", { class: "f-pad", width: 600, height: 240, role: "img", "aria-label": "Ô ký bằng ngón tay" });
  let lines = listOf(strokes);
  let line = null;
  const changed = () => {
    box.value = lines.length ? JSON.stringify(lines) : "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => {
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const one of lines) {
      pen.beginPath();
      for (const [x, y] of [...one, one[0]].slice(0, Math.max(one.length, 2))) pen.lineTo((x * canvas.width) / SIDE, (y * canvas.height) / SIDE);
      pen.stroke();
    }
  };
  const place = (event) => {
    const found = canvas.getBoundingClientRect();
    const within = (part, whole) => Math.min(SIDE, Math.max(0, Math.round((part * SIDE) / whole)));
    return [within(event.clientX - found.left, found.width), within(event.clientY - found.top, found.height)];
  };
  const points = () => lines.reduce((sum, one) => sum + one.length, 0);
  canvas.addEventListener("pointerdown", (event) => {
    if (points() >= MOST) return;
    canvas.setPointerCapture(event.pointerId);
    line = [place(event)];
    lines.push(line);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!line || points() >= MOST) return;
    const now = place(event);
    const [x, y] = line.at(-1);
    if (Math.abs(now[0] - x) + Math.abs(now[1] - y) < 4) return;
    line.push(now);
    draw();
  });
  const lift = () => {
    if (!line) return;
    line = null;
    changed();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  box.value = strokes || "";
  draw();
  requestAnimationFrame(draw); // once its colour is known
  const clear = h("button", { type: "button", class: "f-button--plain", onclick: () => ((lines = []), draw(), changed()) }, "Xóa nét ký");
  return h("div", { class: "f-field" }, h("p", { class: "f-label" }, "Ký bằng ngón tay"), h("p", { class: "f-hint" }, "Không ký được bằng ngón tay thì chỉ ghi họ tên."),
    canvas, box, h("p", { class: "f-wrong", "data-wrong": name }), clear);
}
