// Which items are asked, given the answers so far: what criteria/showing.py decides in the house, decided here too.
// Both are held to the cases of tests/showing_cases.json.

import { number } from "./items.js";

const OF_CHOICE = { YES: "DONE", PARTLY: "LIMITED", NO: "NOT_DONE" };
const OF_VERDICT = { DONE: "YES", LIMITED: "PARTLY", NOT_DONE: "NO" };

// Codes of the items asked; `values` by code, unanswered ones absent.
export function asked(items, values, kind = "") {
  const byCode = new Map(items.map((item) => [item.code, item]));
  const known = new Map();
  const isAsked = (code) => {
    if (!known.has(code)) {
      known.set(code, false); // until found out, so that a circle ends
      const item = byCode.get(code);
      known.set(code, applies(item, kind) && met(item.shown_if));
    }
    return known.get(code);
  };
  const met = (condition) => {
    if (!condition || !Object.keys(condition).length) return true;
    if (condition.all) return condition.all.every(met);
    if (condition.any) return condition.any.some(met);
    if (!byCode.has(condition.item)) return true;
    return isAsked(condition.item) && says(byCode.get(condition.item), values[condition.item], condition);
  };
  return new Set([...byCode.keys()].filter(isAsked));
}

const applies = (item, kind) => !item.applies_to?.length || !kind || item.applies_to.includes(kind);

function says(item, value, condition) {
  if (!value || !Object.keys(value).length) return false;
  if (condition.result) return condition.result.includes(resultOf(item, value));
  return (condition.is || []).map(plain).includes(plain(told(value)));
}

function told(value) {
  if (value.na) return "NA";
  for (const key of ["choice", "option", "count", "date", "text"]) if (key in value) return value[key];
  return "";
}

// Numbers are equal however they were written: 3, 3.0 and "3".
const plain = (one) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(String(one).trim()) ? Number(one) : String(one));

export function resultOf(item, value) {
  if (value.na) return "NOT_APPLICABLE";
  if ("choice" in value) return OF_CHOICE[value.choice];
  if ("count" in value) return against(item, Number(value.count), 1);
  if ("numerator" in value) return Number(value.denominator) === 0 ? "NOT_APPLICABLE" : against(item, Number(value.numerator) * 100, Number(value.denominator));
  if ("option" in value) return (item.options || []).find((each) => each.code === value.option)?.result || null;
  if ("name" in value) return value.name ? "DONE" : "NOT_DONE";
  if ("photos" in value && !value.photos.length) return "NOT_DONE";
  return null;
}

function against(item, found, whole) {
  if (item.done_from === null || item.done_from === undefined) return null;
  const reaches = (mark) => (item.comparison === "<=" ? found <= Number(mark) * whole : found >= Number(mark) * whole);
  if (reaches(item.done_from)) return "DONE";
  return item.limited_from !== null && item.limited_from !== undefined && reaches(item.limited_from) ? "LIMITED" : "NOT_DONE";
}

// The value of what was typed here, as far as conditions look at it.
export function valueOf(item, typed) {
  if (typed.verdict === "NOT_APPLICABLE") return { na: true };
  switch (item.kind) {
    case "yes_no":
    case "yes_partial_no":
      return OF_VERDICT[typed.verdict] ? { choice: OF_VERDICT[typed.verdict] } : null;
    case "count":
      return number(typed.count) === null ? null : { count: number(typed.count) };
    case "percent":
      return number(typed.denominator) === null ? null : { numerator: number(typed.numerator), denominator: number(typed.denominator) };
    case "date":
      return typed.date ? { date: isoOf(typed.date) } : typed.verdict === "NOT_DONE" ? { choice: "NO" } : null;
    case "text":
      return typed.text ? { text: typed.text } : null;
    case "choice":
      return typed.option ? { option: typed.option } : null;
    case "photo":
      return { photos: listOf(typed.photos) };
    case "signature":
      return { name: typed.name || "" };
  }
  return { rows: listOf(typed.rows) };
}

const isoOf = (typed) => typed.trim().split(/[/.-]/).map((part) => part.padStart(2, "0")).reverse().join("-");

export function listOf(words) {
  try {
    return JSON.parse(words || "[]");
  } catch {
    return [];
  }
}
