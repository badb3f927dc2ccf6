/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, changes and grades in words, as the terminal says them; no element of the page is made here. */
import type { Arm, Interval, SummaryRow } from "./data";

const MINUS = "\u2212";
const THIN = "\u202f"; /* narrow space that does not break */
const SOLID = "\u00a0"; /* space that does not break */

export const NOTHING = "\u2013";

function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** 1234.5 with one decimal is "1 234.5"; never "-0"; a dash for what is not there. */
export function number(value: number | null | undefined, decimals: number): string {
  if (!isNumber(value)) {
    return NOTHING;
  }
  const digits = Math.min(Math.max(Math.round(decimals), 0), 12);
  const text = Math.abs(value).toFixed(digits);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN) : whole;
  const sign = value < 0 && Number(text) !== 0 ? MINUS : "";
  return sign + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** The same with its sign always shown. */
export function signed(value: number | null | undefined, decimals: number): string {
  const text = number(value, decimals);
  const isZero = /^[0.\u202f]*$/.test(text);
  return isNumber(value) && value > 0 && !isZero ? `+${text}` : text;
}

/** Four significant digits without trailing zeros: parameters span many powers of ten. */
export function significant(value: number | null | undefined): string {
  if (!isNumber(value)) {
    return NOTHING;
  }
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa = "", exponent = "0"] = value.toExponential(2).split("e");
    const power = [...String(Number(exponent))]
      .map((c) => (c === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[Number(c)]))
      .join("");
    return `${String(Number(mantissa)).replace("-", MINUS)}${THIN}×${THIN}10${power}`;
  }
  return String(Number(value.toPrecision(4))).replace("-", MINUS);
}

/** A unit as it is printed: nothing for a pure number, raised exponents, the degree sign. */
export function unit(text: string): string {
  if (text === "1" || text === "") {
    return "";
  }
  return text
    .replace(/\^2/g, "²")
    .replace(/\^3/g, "³")
    .replace(/\bdegC\b/g, "°C")
    .replace(/\bug\b/g, "µg")
    .replace(/\buL\b/g, "µL")
    .replace(/\bum\b/g, "µm");
}

type Named = Pick<SummaryRow, "title" | "what" | "unit">;

/** What a pure number is counted in, where its statistic says so: "SD" of "in the session, SD". */
export function scaleOf(row: Named): string {
  const [, ...scale] = row.unit === "1" ? row.what.split(", ") : [row.what];
  return scale.join(", ").replace(/\b1e9\b/g, "10⁹");
}

/** "in the session, SD": the statistic with the unit or scale of its numbers, hyphens unbroken. */
export function statisticAndUnit(row: Named): string {
  const shown = row.unit === "1" ? scaleOf(row) : unit(row.unit);
  return [unbroken(statisticOf(row)), shown].filter((text) => text !== "").join(", ");
}

/** "in the session" of "in the session, SD". */
export function statisticOf(row: Named): string {
  return row.unit === "1" ? row.what.split(", ")[0]! : row.what;
}

/** A unit where a number stands without one: what has none says so. */
export function unitName(text: string): string {
  return unit(text) || "no unit";
}

/** A number that is already said, with its unit behind it. */
export function withUnit(text: string, unitText: string): string {
  const shown = unit(unitText);
  return shown === "" || text === NOTHING ? text : `${text}${SOLID}${shown}`;
}

/** A change as its row shows it: in per cent or in the observable's unit. */
export interface Change {
  value: number | null;
  interval: Interval | null;
  decimals: number;
  unit: string;
}

/** At least as many decimals as it takes to see the interval, as the terminal does. */
function changeDecimals(interval: Interval | null, decimals: number, isPercent: boolean): number {
  const largest = interval ? Math.max(Math.abs(interval[0]), Math.abs(interval[1])) : 0;
  if (isPercent) {
    return largest < 0.1 ? 2 : largest < 2 ? 1 : 0;
  }
  return largest < 2 * 10 ** -decimals ? decimals + 1 : decimals;
}

export function changeOf(row: SummaryRow): Change {
  const isPercent = row.show === "percent";
  const interval = isPercent ? row.change_percent_ci95 : row.ci95;
  return {
    value: isPercent ? row.change_percent : row.change,
    interval,
    decimals: changeDecimals(interval, row.decimals, isPercent),
    unit: isPercent ? "%" : row.unit,
  };
}

/** "−3.7 1/min" */
export function changeText(change: Change): string {
  return withUnit(signed(change.value, change.decimals), change.unit);
}

/** "−5.9 … −1.6", or nothing where there is no interval. */
export function intervalText(change: Change): string {
  if (!change.interval) {
    return "";
  }
  return between(change.interval, change.decimals);
}

/** "−5.9 … −1.6", never broken. */
export function between([low, high]: Interval, decimals: number): string {
  return `${signed(low, decimals)}${SOLID}…${SOLID}${signed(high, decimals)}`;
}

export type Verdict = "rises" | "falls" | "no change" | "no clear change" | "not compared";

/** What may be said of a change: a direction only when the interval, as it is printed, leaves zero out. */
export function verdict(change: Change): Verdict {
  if (!isNumber(change.value) || !change.interval || !change.interval.every(isNumber)) {
    return "not compared";
  }
  const [low, high] = change.interval;
  const isSeen = (x: number) => Number(x.toFixed(change.decimals)) !== 0;
  if (low > 0 && isSeen(low)) {
    return "rises";
  }
  if (high < 0 && isSeen(high)) {
    return "falls";
  }
  return low === 0 && high === 0 ? "no change" : "no clear change";
}

/** The direction of a change that comes ready-made: none when it is printed as zero. */
export function directionOf(change: string, direction: number): number {
  return /^[+-]?0(\.0+)?(?![\d.])/.test(change) ? 0 : direction;
}

/** The sign of a verdict as a shape: full where it is sure, hollow where it is not. */
export function arrow(direction: number, isCertain: boolean): string {
  if (direction === 0) {
    return "=";
  }
  if (direction > 0) {
    return isCertain ? "▲" : "△";
  }
  return isCertain ? "▼" : "▽";
}

const GRADES: Record<string, string> = {
  A: "strong",
  B: "usable",
  C: "small or indirect",
  D: "weak or none",
};

/** The word behind a letter of evidence. */
export function gradeWord(grade: string | null): string {
  return grade === null ? "no claim made" : (GRADES[grade.charAt(0)] ?? "not graded");
}

/** A text of at most n letters. */
export function cut(text: string, n: number): string {
  return text.length > n ? `${text.slice(0, n - 1).trimEnd()}…` : text;
}

/** "a, b and c" */
export function list(items: string[], comma = ", "): string {
  if (items.length < 2) {
    return items.join("");
  }
  return `${items.slice(0, -1).join(comma)} and ${items[items.length - 1]}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of a row: "cortisol (24-h mean)", "heart rate in the session". */
export function rowName(row: Named): string {
  const statistic = statisticOf(row);
  if (statistic === "") {
    return row.title;
  }
  const isPlace = /^(in|at|on|after|during) /.test(statistic);
  return isPlace ? `${row.title} ${statistic}` : `${row.title} (${unbroken(statistic)})`;
}

/** A size on the scale of its row: "0.49 SD", "0.7 on a scale of 0 to 1", "0.2 × 10⁹/L". */
function onScale(size: string, scale: string): string {
  if (scale === "") {
    return size;
  }
  const link = /^\d+ to /.test(scale) ? "on a scale of " : scale.startsWith("10") ? `×${SOLID}` : "";
  return `${size}${SOLID}${link}${scale}`;
}

/** "24-h mean" with hyphens that do not break. */
export function unbroken(text: string): string {
  return text.replace(/-/g, "\u2011");
}

/** "heart rate in the session falls by 3.7 1/min (−5.9 … −1.6)" */
function moved(row: SummaryRow, i_row: number): string {
  const change = changeOf(row);
  const digits = number(Math.abs(change.value ?? 0), change.decimals);
  const size = row.show === "percent" ? withUnit(digits, "%") : onScale(withUnit(digits, change.unit), scaleOf(row));
  const interval = `${i_row === 0 ? "95 % interval " : ""}${intervalText(change)}`;
  return `${rowName(row)} ${verdict(change)} by ${size} (${interval})`;
}

/** What the summary says of one programme, in a sentence or two that claim no more than it does. */
export function answer(rows: SummaryRow[]): string {
  const is = (row: SummaryRow, ...verdicts: Verdict[]) => verdicts.includes(verdict(changeOf(row)));
  const clear = rows.filter((row) => is(row, "rises", "falls"));
  const unclear = rows.filter((row) => is(row, "no change", "no clear change"));
  const sentences: string[] = [];
  if (clear.length > 0) {
    sentences.push(capital(`${list(clear.map(moved), "; ")}.`));
  }
  if (unclear.length > 0) {
    const names = unclear.map(rowName).join("; ");
    sentences.push(
      clear.length > 0
        ? `No clear change: ${names}.`
        : `Nothing changes clearly: the 95 % interval holds zero for ${names}.`,
    );
  }
  return sentences.join(" ");
}

/** How many numbers were assumed, and how many of them the intervals know of. */
export function assumedCounts(list: { low: number | null; high: number | null }[]): string {
  const n = list.filter((a) => a.low !== null && a.high !== null).length;
  const left = list.length - n;
  const all = `${list.length} ${list.length === 1 ? "number of the model has" : "numbers of the model have"} not been measured.`;
  const drawn = ` ${left === 0 ? "Each" : n} ${n === 1 || left === 0 ? "was" : "were"} drawn from a wide range, and the intervals above hold what follows from that.`;
  const fixed = ` ${left} ${left === 1 ? "is one value" : "are single values"} without a range (shapes, places, starts and guesses), of which the intervals know nothing.`;
  return all + (n > 0 ? drawn : "") + (left > 0 ? fixed : "");
}

/** The heading above an answer. */
export function question(arm: Arm, against: Arm | undefined): string {
  return against ? `${arm.title}, against ${against.title}` : arm.title;
}

/** 18.5 h of the clock is "18:30"; the end of a day is "24:00", half past that "00:30". */
export function clock(hours: number): string {
  const all = Math.round(hours * 60);
  const minutes = all > 24 * 60 ? all % (24 * 60) : all;
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A text with real minus signs. */
export function minus(text: string): string {
  return text.replace(/(^|[\s(])-(?=\d)/g, `$1${MINUS}`);
}

/** A change that comes ready-made, "-1.0 degC", as it is printed. */
export function readyMade(text: string): string {
  return unit(minus(text));
}

const PERSON: Record<string, [string, string]> = {
  height_cm: ["height", "cm"],
  weight_kg: ["weight", "kg"],
  sleep_h: ["sleep", "h a night"],
  age: ["age", "y"],
};

/** A key of the person without its unit. */
export function personKey(key: string): string {
  return PERSON[key]?.[0] ?? key.replace(/_/g, " ");
}

/** Its value with the unit. */
export function personValue(key: string, value: string | number): string {
  const unitText = PERSON[key]?.[1];
  return unitText === undefined ? String(value) : `${value}${SOLID}${unitText}`;
}

/** True when every word of the query stands somewhere in the texts of the object. */
export function matches(texts: object, query: string): boolean {
  const all = Object.values(texts).join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
