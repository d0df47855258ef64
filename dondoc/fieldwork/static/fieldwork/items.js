// What was typed about one item, judged here as the house will judge it: the house has the last word.

export const RESULTS = { DONE: "Đạt", LIMITED: "Hạn chế", NOT_DONE: "Chưa đạt", NOT_APPLICABLE: "Không phát sinh" };
import { faults } from "./rows.js";
import { listOf, resultOf, valueOf } from "./showing.js";

const BY_VERDICT = ["yes_no", "yes_partial_no"];
const NUMBER = /^(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?$/;

// Nothing there to list, to photograph or to sign is an answer too, by its verdict.
const MISSING = {
  table: ["rows", "Nhập ít nhất một dòng; không có gì để kê thì chọn “Chưa đạt”."],
  photo: ["photos", "Chụp ít nhất một ảnh ở dưới; không có gì để chụp thì chọn “Chưa đạt”."],
  signature: ["name", "Nhập họ tên người ký; không ai ký thì chọn “Chưa đạt”."],
};

export function verdictsOf(item) {
  const found = ["DONE", "LIMITED", "NOT_DONE"];
  if (item.kind === "yes_no") found.splice(1, 1);
  if (item.may_not_apply) found.push("NOT_APPLICABLE");
  return found;
}

export const isByVerdict = (item) => BY_VERDICT.includes(item.kind);

export const isComputed = (item) => ["count", "percent", "choice", "signature"].includes(item.kind) && !item.judged;

export function fieldsOf(item) {
  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
  switch (item.kind) {
    case "count":
      return [["count", capital(item.measure || "số lượng"), item.thresholds]];
    case "percent":
      return [
        ["numerator", capital(item.numerator || "tử số"), ""],
        ["denominator", capital(item.denominator || "mẫu số"), item.thresholds],
      ];
    case "date":
      return [["date", "Ngày", "Ví dụ 15/11/2019. Chưa làm thì bỏ trống và chọn “Chưa đạt”."]];
    case "text":
      return [["text", "Nội dung", ""]];
  }
  return [];
}

export function number(typed) {
  const words = (typed || "").trim();
  if (!NUMBER.test(words)) return null;
  return Number(words.replaceAll(".", "").replace(",", "."));
}

// Sentences by field, and the result the numbers give by themselves.
export function judge(item, typed) {
  const wrong = {};
  const verdict = typed.verdict || "";
  let computed = null;
  if (verdict === "NOT_APPLICABLE") return { wrong, computed: "NOT_APPLICABLE" };
  if (isByVerdict(item)) {
    if (!verdict) wrong.verdict = "Chọn kết luận cho tiêu chí này.";
    return { wrong, computed: verdict };
  }
  if (item.kind === "date") {
    const nothing = verdict === "NOT_DONE" && !(typed.date || "").trim();
    if (!nothing && !isDay(typed.date)) wrong.date = "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 15/11/2019.";
    if (nothing) computed = "NOT_DONE";
  } else if (item.kind === "text") {
    if (!(typed.text || "").trim()) wrong.text = "Nhập nội dung; không có gì để nêu thì ghi “Không có”.";
  } else if (item.kind === "choice") {
    if (!typed.option) wrong.option = "Chọn một phương án.";
    else computed = resultOf(item, valueOf(item, typed));
  } else if (item.kind in MISSING) {
    const [control, sentence] = MISSING[item.kind];
    const nothing = control === "name" ? !typed.name : !listOf(typed[control]).length;
    if (nothing && verdict !== "NOT_DONE") wrong[control] = sentence;
    else if (nothing) computed = "NOT_DONE";
    else if (item.kind === "signature") computed = "DONE";
    const bad = item.kind === "table" ? faults(item, typed.rows, number, isDay) : "";
    if (bad) wrong.rows = bad;
  } else {
    for (const [name, label] of fieldsOf(item)) {
      if (number(typed[name]) === null) wrong[name] = `Nhập ${label.toLowerCase()} bằng số, ví dụ 28 hoặc 2,5. Không có thì nhập 0.`;
    }
    if (!Object.keys(wrong).length) computed = byNumbers(item, typed, wrong);
  }
  if (!verdict && !computed && !Object.keys(wrong).length) wrong.verdict = "Chọn kết luận cho tiêu chí này.";
  if (verdict && computed && verdict !== computed && !(typed.override_why || "").trim()) {
    wrong.override_why = `Theo số đã ghi thì kết quả là “${RESULTS[computed].toLowerCase()}”. Ghi lý do kết luận khác.`;
  }
  return { wrong, computed };
}

function byNumbers(item, typed, wrong) {
  if (item.kind === "count") return against(item, number(typed.count), 1);
  const top = number(typed.numerator);
  const whole = number(typed.denominator);
  if (top > whole) {
    wrong.numerator = "Phần đang lớn hơn tổng. Kiểm lại hai số.";
    return null;
  }
  return whole === 0 ? "NOT_APPLICABLE" : against(item, top * 100, whole);
}

function against(item, found, whole) {
  if (item.done_from === null) return null;
  const reaches = (mark) => (item.comparison === "<=" ? found <= Number(mark) * whole : found >= Number(mark) * whole);
  if (reaches(item.done_from)) return "DONE";
  return item.limited_from !== null && reaches(item.limited_from) ? "LIMITED" : "NOT_DONE";
}

function isDay(typed) {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec((typed || "").trim());
  if (!found) return false;
  const [, date, month, year] = found.map(Number);
  const made = new Date(year, month - 1, date);
  return made.getMonth() === month - 1 && made.getDate() === date;
}

// What a value held by the house looks like in the fields.
export function typedFrom(item, verified) {
  if (!verified) return {};
  const value = verified.value || {};
  const typed = { note: verified.note || "", override_why: verified.override_why || "" };
  const shown = (held) => String(held).replace(".", ",");
  for (const name of ["count", "numerator", "denominator"]) if (name in value) typed[name] = shown(value[name]);
  if (value.date) typed.date = value.date.split("-").reverse().join("/");
  for (const name of ["text", "option", "name", "post"]) if (value[name]) typed[name] = value[name];
  for (const name of ["rows", "photos", "strokes"]) if (value[name]?.length) typed[name] = JSON.stringify(value[name]);
  if (!isComputed(item) || typed.override_why || value.na) typed.verdict = verified.verdict;
  return typed;
}

export function shownOf(item, typed) {
  if (typed.verdict === "NOT_APPLICABLE" || isByVerdict(item)) return RESULTS[typed.verdict] || "";
  if (item.kind === "percent") return `${typed.numerator}/${typed.denominator}`;
  if (item.kind === "choice") return item.options.find((each) => each.code === typed.option)?.label || "";
  if (item.kind === "table") return `${listOf(typed.rows).length} dòng`;
  if (item.kind === "photo") return `${listOf(typed.photos).length} ảnh`;
  if (item.kind === "signature") return typed.name ? `${typed.name}${typed.strokes ? " (đã ký)" : ""}` : "Chưa ký";
  return typed.count || typed.date || typed.text || RESULTS[typed.verdict] || "";
}
