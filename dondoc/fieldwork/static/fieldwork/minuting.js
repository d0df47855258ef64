// The minutes in short, line by line, as both sides read them here before they sign: what minutes/shortened.py
// writes in the house. A signature is bound to the digest of these lines.

import { RESULTS, judge } from "./items.js";
import { valueOf } from "./showing.js";

const TALLY = { DONE: "đạt", LIMITED: "hạn chế", NOT_DONE: "chưa đạt", NOT_APPLICABLE: "không phát sinh" };
const LEFT_OUT = ["REFUSED", "QUARANTINED", "CONFLICT"];
const CLASSES = { STRENGTH: "Việc đã làm được", NOT_DONE: "Việc chưa làm được", SHORTCOMING: "Tồn tại, hạn chế", DIFFICULTY: "Khó khăn, vướng mắc", PROPOSAL: "Kiến nghị, đề xuất" };
const plain = (words) => (words || "").split(/\s+/).filter(Boolean).join(" ");

export function linesOf(work, visit) {
  const stands = (operations) => operations.filter((each) => !LEFT_OUT.includes(each.outcome));
  const heads = stands(work.of(visit.id).filter((each) => ["HEADCOUNT", "BEGIN"].includes(each.kind))).at(-1)?.payload || visit.headcount;
  const items = work.asked(visit).map((item) => recorded(item, stands(work.of(visit.id, "VERIFY", item.id)).at(-1)));
  const known = new Set(visit.findings.map((each) => plain(each.text)));
  const findings = visit.findings.map((each) => `Phát hiện – ${each.category}: ${plain(each.text)}`);
  for (const each of stands(work.of(visit.id, "FINDING"))) if (!known.has(plain(each.payload.text))) findings.push(`Phát hiện – ${CLASSES[each.payload.category]}: ${plain(each.payload.text)}`);
  return [`Đơn vị: ${visit.unit}`,
    heads.expected === null || heads.expected === undefined ? "Điểm danh: chưa ghi" : `Điểm danh: phải có mặt ${heads.expected}, có mặt ${heads.present}, vắng có lý do ${heads.excused}`,
    ...tallies(items), ...items.map(({ item, result, said, note }) => `${item.code}: ${RESULTS[result] || "chưa ghi"}${said ? ` (${said})` : ""}${note ? ` – ${note}` : ""}`),
    ...findings.sort()];
}

function recorded(item, mine) {
  if (!mine) return { item, result: item.verified?.verdict || "", said: saidOf(item, item.verified?.value), note: plain(item.verified?.note) };
  const result = mine.payload.verdict || judge(item, mine.payload).computed || "";
  return { item, result, said: saidOf(item, valueOf(item, mine.payload)), note: plain(mine.payload.note) };
}

function saidOf(item, value) {
  if (!value || value.na) return "";
  if ("count" in value) return String(value.count);
  if ("numerator" in value) return `${value.numerator}/${value.denominator}`;
  if (value.date) return value.date.split("-").reverse().join("/");
  if (value.option) return item.options.find((each) => each.code === value.option)?.label || "";
  return "";
}

function tallies(items) {
  const fields = new Map();
  for (const { item, result } of items) {
    const counted = fields.get(item.field_name) || { all: 0 };
    counted.all += 1;
    counted[result] = (counted[result] || 0) + 1;
    fields.set(item.field_name, counted);
  }
  return [...fields].map(([name, counted]) => `${name}: ${counted.all} tiêu chí; ${Object.entries(TALLY).map(([result, word]) => `${word} ${counted[result] || 0}`).join("; ")}; chưa ghi ${counted[""] || 0}`);
}
