/* The signature pad: strokes in whole numbers 0..1000 on the square, kept in the hidden control of its form. */
(() => {
  "use strict";
  const EDGE = 1000, MOST = 4000;

  function begin(part) {
    const kept = part.querySelector(`[name="${part.dataset.signing}-strokes"]`);
    const pad = part.querySelector("[data-signing-pad]"), canvas = pad.querySelector("canvas");
    const told = pad.querySelector("[data-signing-told]"), pen = canvas.getContext("2d");
    let strokes = [], line = null;
    try { strokes = JSON.parse(kept.value || "[]"); } catch { strokes = []; }

    const points = () => strokes.reduce((sum, each) => sum + each.length, 0);
    const place = (event) => {
      const frame = canvas.getBoundingClientRect();
      const at = (value, length) => Math.max(0, Math.min(EDGE, Math.round(value / length * EDGE)));
      return [at(event.clientX - frame.left, frame.width), at(event.clientY - frame.top, frame.height)];
    };
    const draw = () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 3; pen.lineCap = pen.lineJoin = "round"; pen.strokeStyle = "#0b2e6b";
      for (const each of strokes) {
        pen.beginPath();
        each.forEach(([x, y], n) => pen[n ? "lineTo" : "moveTo"](x * canvas.width / EDGE, y * canvas.height / EDGE));
        if (each.length === 1) pen.lineTo(each[0][0] * canvas.width / EDGE + 1, each[0][1] * canvas.height / EDGE);
        pen.stroke();
      }
    };
    const keep = () => {
      kept.value = strokes.length ? JSON.stringify(strokes) : "";
      told.textContent = strokes.length ? "Đã có nét ký." : "";
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (points() >= MOST) return;
      canvas.setPointerCapture(event.pointerId);
      line = [place(event)]; strokes.push(line); draw(); event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!line || points() >= MOST) return;
      const next = place(event), last = line[line.length - 1];
      if (Math.abs(next[0] - last[0]) + Math.abs(next[1] - last[1]) < 4) return;
      line.push(next); draw();
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { line = null; keep(); });
    pad.querySelector("[data-signing-clear]").addEventListener("click", () => { strokes = []; draw(); keep(); });
    pad.hidden = false;
    draw(); keep();
  }

  for (const part of document.querySelectorAll("[data-signing]")) begin(part);
})();
