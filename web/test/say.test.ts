/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, intervals and verdicts in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SummaryRow } from "../src/data";
import * as say from "../src/say";

/* The spaces that do not break look like others in a test: compare with plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ").replace(/\u2212/g, "-").replace(/\u2011/g, "-");

function row(fields: Partial<SummaryRow>): SummaryRow {
  return {
    arm: "programme",
    observable: "heart_rate",
    title: "heart rate",
    unit: "1/min",
    what: "in the session",
    without: 72.1,
    with: 68.4,
    change: -3.7,
    ci95: [-5.9, -1.6],
    change_percent: -5.1,
    change_percent_ci95: [-8.2, -2.2],
    claim: null,
    grade: null,
    points: null,
    show: "absolute",
    decimals: 1,
    extrapolated: false,
    ...fields,
  };
}

const cortisol = row({
  observable: "cortisol",
  title: "cortisol",
  unit: "nmol/L",
  what: "24-h mean",
  change: -2,
  ci95: [-7, 3.5],
  change_percent: -1.1,
  change_percent_ci95: [-4, 2],
  show: "percent",
  decimals: 0,
});

test("a number keeps its decimals, groups its thousands and is never minus zero", () => {
  assert.equal(plain(say.number(68.4, 1)), "68.4");
  assert.equal(plain(say.number(-68.46, 1)), "-68.5");
  assert.equal(plain(say.number(1234, 0)), "1234");
  assert.equal(plain(say.number(12345.6, 1)), "12 345.6");
  assert.equal(plain(say.number(1234567, 0)), "1 234 567");
  assert.equal(plain(say.number(-0.04, 1)), "0.0");
  assert.equal(plain(say.number(7, -3)), "7");
});

test("what is not there is a dash, not a zero", () => {
  for (const value of [null, undefined, NaN, Infinity]) {
    assert.equal(say.number(value, 1), say.NOTHING);
    assert.equal(say.signed(value, 1), say.NOTHING);
    assert.equal(say.significant(value), say.NOTHING);
  }
  assert.equal(say.withUnit(say.NOTHING, "ms"), say.NOTHING);
});

test("a change shows its sign unless it is printed as zero", () => {
  assert.equal(plain(say.signed(3.74, 1)), "+3.7");
  assert.equal(plain(say.signed(-3.74, 1)), "-3.7");
  assert.equal(plain(say.signed(0.04, 1)), "0.0");
  assert.equal(plain(say.signed(-0.04, 1)), "0.0");
});

test("parameters of any size are readable", () => {
  assert.equal(say.significant(0.1234567), "0.1235");
  assert.equal(say.significant(1500), "1500");
  assert.equal(plain(say.significant(1.5e-7)), "1.5 × 10⁻⁷");
  assert.equal(plain(say.significant(-2e6)), "-2 × 10⁶");
  assert.equal(say.significant(0), "0");
});

test("units are printed as people write them, and a pure number has none", () => {
  assert.equal(say.unit("1"), "");
  assert.equal(say.unitName("1"), "no unit");
  assert.equal(say.unitName("ms"), "ms");
  assert.equal(say.unit("cm^2"), "cm²");
  assert.equal(say.unit("degC"), "°C");
  assert.equal(say.unit("nmol/L"), "nmol/L");
  assert.equal(plain(say.withUnit("3", "1/min")), "3 1/min");
  assert.equal(say.withUnit("3", "1"), "3");
});

test("a change is shown in per cent or in its unit, as the row says", () => {
  assert.equal(plain(say.changeText(say.changeOf(row({})))), "-3.7 1/min");
  assert.equal(plain(say.intervalText(say.changeOf(row({})))), "-5.9 … -1.6");
  assert.equal(plain(say.changeText(say.changeOf(cortisol))), "-1 %");
  assert.equal(plain(say.intervalText(say.changeOf(cortisol))), "-4 … +2");
});

test("a small change gets the decimals that make its interval visible", () => {
  const tiny = say.changeOf(row({ change: -0.01, ci95: [-0.06, 0.03], decimals: 1 }));
  assert.equal(plain(say.intervalText(tiny)), "-0.06 … +0.03");
  const percent = say.changeOf(row({ show: "percent", change_percent: 0.03, change_percent_ci95: [-0.02, 0.08] }));
  assert.equal(plain(say.changeText(percent)), "+0.03 %");
});

test("a direction is said only when the interval leaves zero out", () => {
  const of = (ci95: [number, number] | null, change: number | null = 1) => say.verdict(say.changeOf(row({ ci95, change })));
  assert.equal(of([0.1, 2]), "rises");
  assert.equal(of([-2, -0.1]), "falls");
  assert.equal(of([-0.1, 2]), "no clear change");
  assert.equal(of([0, 2]), "no clear change");
  assert.equal(of([0.01, 5]), "no clear change"); // printed as 0.0 … +5.0
  assert.equal(of([0, 0], 0), "no change");
  assert.equal(of(null), "not compared");
  assert.equal(of([0.1, 2], null), "not compared");
});

test("the shape beside a change is full only where it is certain", () => {
  assert.deepEqual([say.arrow(1, true), say.arrow(1, false), say.arrow(-1, true), say.arrow(-1, false), say.arrow(0, false)], ["▲", "△", "▼", "▽", "="]);
  assert.equal(say.directionOf("0.0 %", 1), 0);
  assert.equal(say.directionOf("-0.00", -1), 0);
  assert.equal(say.directionOf("-0.01", -1), -1);
  assert.equal(say.directionOf("+12 ms", 1), 1);
});

test("the answer names what is clear with its size, and what is not without any", () => {
  const text = plain(say.answer([cortisol, row({})]));
  assert.equal(
    text,
    "Heart rate in the session falls by 3.7 1/min (95 % interval -5.9 … -1.6). No clear change: cortisol (24-h mean).",
  );
});

test("where nothing is clear the answer says so and gives no size", () => {
  const text = plain(say.answer([cortisol]));
  assert.equal(text, "Nothing changes clearly: the 95 % interval holds zero for cortisol (24-h mean).");
  assert.equal(say.answer([]), "");
  assert.equal(say.answer([row({ ci95: null })]), "");
});

test("every grade has a word, with or without more behind its letter", () => {
  assert.equal(say.gradeWord("A"), "strong");
  assert.equal(say.gradeWord("B (A for stress)"), "usable");
  assert.equal(say.gradeWord("D"), "weak or none");
  assert.equal(say.gradeWord(null), "no claim made");
  assert.equal(say.gradeWord("?"), "not graded");
});

test("hours of the clock are written as a clock shows them", () => {
  assert.equal(say.clock(0), "00:00");
  assert.equal(say.clock(18.5), "18:30");
  assert.equal(say.clock(9 + 10 / 60), "09:10");
  assert.equal(say.clock(24), "24:00");
  assert.equal(say.clock(24.5), "00:30");
  assert.equal(say.clock(11.9999), "12:00");
});

test("a ready-made change gets a true minus sign and keeps its hyphens", () => {
  assert.equal(say.minus("-3.7 1/min"), "\u22123.7 1/min");
  assert.equal(say.minus("(-4 … +2)"), "(\u22124 … +2)");
  assert.equal(say.minus("24-h mean"), "24-h mean");
});

test("a search finds a row by words in any of its texts, in any order", () => {
  const texts = { id: "stress.k_crh", note: "wide range, no source", value: 3 };
  assert.ok(say.matches(texts, ""));
  assert.ok(say.matches(texts, "Range CRH"));
  assert.ok(!say.matches(texts, "range oxytocin"));
});

test("a person's keys lose their units and the values gain them", () => {
  assert.equal(say.personKey("height_cm"), "height");
  assert.equal(plain(say.personValue("height_cm", 168)), "168 cm");
  assert.equal(say.personKey("fitness"), "fitness");
  assert.equal(say.personValue("fitness", "average"), "average");
});

test("long names are cut, short ones are not", () => {
  assert.equal(say.cut("daily", 16), "daily");
  assert.equal(say.cut("light touch every day", 16), "light touch eve…");
});

test("a pure number is said on its scale", () => {
  const anxiety = row({ title: "state anxiety", what: "in the session, SD", unit: "1", change: -0.49, ci95: [-1.3, -0.3], decimals: 2 });
  const relaxation = { ...anxiety, title: "relaxation", what: "in the session, 0 to 1", change: 0.6, ci95: [0.2, 0.8] as [number, number] };
  const cells = { ...relaxation, title: "white cells", what: "in the session, 1e9/L" };
  assert.equal(plain(say.statisticAndUnit(anxiety)), "in the session, SD");
  assert.equal(plain(say.statisticAndUnit(cells)), "in the session, 10⁹/L");
  assert.equal(plain(say.statisticAndUnit(row({}))), "in the session, 1/min");
  assert.match(plain(say.answer([anxiety])), /^State anxiety in the session falls by 0.49 SD \(/);
  assert.match(plain(say.answer([relaxation])), /^Relaxation in the session rises by 0.60 on a scale of 0 to 1 \(/);
  assert.match(plain(say.answer([cells])), /^White cells in the session rises by 0.60 × 10⁹\/L \(/);
});

test("what was assumed is counted with and without a range", () => {
  const ranged = { low: 1, high: 2 };
  const fixed = { low: null, high: null };
  assert.match(say.assumedCounts([ranged, ranged]), /^2 numbers .* Each was drawn .* from that\.$/);
  assert.match(say.assumedCounts([ranged, ranged, fixed]), /^3 numbers .* 2 were drawn .* 1 is one value without a range/);
  assert.match(say.assumedCounts([fixed, fixed]), /^2 numbers .* measured\. 2 are single values/);
});

test("a change that comes ready-made has its unit as it is printed", () => {
  assert.equal(say.readyMade("-1.0 degC"), "\u22121.0 °C");
});
