/* SPDX-License-Identifier: Apache-2.0 */
/* Marks, labels and limits of drawings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { wrap } from "../src/body";
import { distinctSpans } from "../src/charts";
import { fill, isCertain } from "../src/regions";
import { forestRows } from "../src/forest";
import { readReport, rowsByObservable, shortName } from "../src/data";
import { commonLimit, dayTicks, extent, hourTicks, niceAbove, spread, tickDecimals } from "../src/ticks";

test("a limit is round and never below its value", () => {
  assert.equal(niceAbove(7.1), 8);
  assert.equal(niceAbove(8), 8);
  assert.equal(niceAbove(0.031), 0.04);
  assert.equal(niceAbove(27), 30);
  assert.equal(niceAbove(0), 1);
  for (let x = 1e-6; x < 1e6; x *= 1.37) {
    assert.ok(niceAbove(x) >= x * (1 - 1e-9) && niceAbove(x) <= 1.6 * x, `for ${x}`);
  }
});

test("a common axis holds all intervals unless one is far wider than the rest", () => {
  assert.equal(commonLimit([[-4, 2], [-8, -2], [5, 20]]), 20);
  assert.equal(commonLimit([[-4, 2], [-5, 3], [-400, 900]]), 40);
  assert.equal(commonLimit([]), 1);
});

test("weeks are counted from one and keep their distance", () => {
  const twelve = dayTicks(84, 460);
  assert.deepEqual(twelve.days.map(twelve.text), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
  assert.equal(twelve.label, "week");
  const phone = dayTicks(84, 240);
  assert.deepEqual(phone.days.map(phone.text), ["1", "3", "5", "7", "9", "11"]);
  const short = dayTicks(5, 400);
  assert.equal(short.label, "day");
  assert.deepEqual(short.days, [0, 1, 2, 3, 4]);
  for (const days of [3, 20, 84, 200, 365, 1000]) {
    const ticks = dayTicks(days, 300);
    assert.ok(ticks.days.length * 34 <= 300 + 34, `${days} days`);
    assert.ok(ticks.days.every((d) => d < days));
  }
});

test("hours fall on round numbers and keep their distance", () => {
  assert.deepEqual(hourTicks(0, 24, 330), [0, 4, 8, 12, 16, 20, 24]);
  assert.deepEqual(hourTicks(0, 24, 200), [0, 12, 24]);
  assert.deepEqual(hourTicks(9.5, 24, 330), [12, 15, 18, 21, 24]);
});

test("labels that have room stay where they are wanted", () => {
  assert.deepEqual(spread([10, 50, 90], [15, 15, 15], 0, 200), [10, 50, 90]);
});

test("labels that want the same place are moved apart around it, in order", () => {
  const placed = spread([50, 50, 50], [10, 10, 10], 0, 200);
  assert.deepEqual(placed, [40, 50, 60]);
});

test("labels never overlap and stay inside, whatever is wanted", () => {
  let seed = 1;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const n = 1 + Math.floor(random() * 8);
    const wanted = [...Array(n)].map(() => random() * 300 - 50);
    const sizes = [...Array(n)].map(() => 5 + random() * 15);
    const placed = spread(wanted, sizes, 0, 200);
    const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
    order.forEach((i, k) => {
      assert.ok(placed[i]! >= -1e-9 && placed[i]! + sizes[i]! <= 200 + 1e-9, "inside");
      const next = order[k + 1];
      assert.ok(next === undefined || placed[next]! >= placed[i]! + sizes[i]! - 1e-9, "apart");
    });
  }
});

test("labels that do not fit run over at the end, still apart", () => {
  assert.deepEqual(spread([0, 0, 0], [50, 50, 50], 10, 100), [10, 60, 110]);
});

test("an axis holds its numbers, skips gaps, and does not go below zero for what cannot", () => {
  assert.deepEqual(extent([[1, null, 3], [2]], 0), [1, 3]);
  assert.equal(extent([[0, 10]])[0], 0);
  assert.ok(extent([[-1, 10]])[0] < -1);
  assert.deepEqual(extent([[null]]), [0, 1]);
  assert.deepEqual(extent([[0, 1e-12]], 0.04, 0.1).map((x) => Number(x.toFixed(6))), [0, 0.05]); // no picture of what no number shows
  const flat = extent([[5, 5]]);
  assert.ok(flat[0] < 5 && flat[1] > 5);
});

test("marks of an axis have the decimals that tell them apart", () => {
  assert.equal(tickDecimals(140, 220, 4), 0);
  assert.equal(tickDecimals(0, 0.6, 4), 1);
  assert.equal(tickDecimals(-0.02, 0.02, 4), 2);
  assert.equal(tickDecimals(0, 4, 4), 0);
  assert.equal(tickDecimals(5, 5, 4), 0);
});

test("a text is cut at spaces and loses no word", () => {
  const letters = (text: string) => text.length;
  assert.deepEqual(wrap("heart rate variability", 10, letters), ["heart rate", "variability"]);
  assert.deepEqual(wrap("heart", 2, letters), ["heart"]);
});

test("a report with nothing in it has empty lists, and names its arms", () => {
  const empty = readReport("{}");
  assert.deepEqual([empty.arms, empty.summary, empty.courses, empty.notes], [[], [], [], []]);
  const one = readReport('{"arms":[{"id":"programme","title":"p"},{"id":"without","title":"w"}]}');
  assert.deepEqual(one.arms.map((arm) => shortName(one, arm)), ["with", "without"]);
  const two = readReport('{"arms":[{"id":"a_b","title":"p"},{"id":"c","title":"q"},{"id":"without","title":"w"}]}');
  assert.deepEqual(two.arms.map((arm) => shortName(two, arm)), ["a b", "c", "without"]);
  const chain = readReport('{"arms":[{"id":"weekly","title":"p","against":"rest (weekly)"},{"id":"daily","title":"q","against":"weekly"},{"id":"rest (weekly)","title":"r","against":null}]}');
  assert.deepEqual(chain.arms.map((arm) => shortName(chain, arm)), ["weekly", "daily", "rest (weekly)"]);
  const own = readReport('{"arms":[{"id":"a","title":"p","against":"rest (a)"},{"id":"b","title":"q","against":"rest (b)"},{"id":"rest (a)","title":"r","against":null},{"id":"rest (b)","title":"s","against":null}]}');
  assert.deepEqual(own.arms.map((arm) => shortName(own, arm)), ["a", "b", "rest (a)", "rest (b)"]);
});

const base = { arm: "p", title: "t", unit: "ms", what: "", without: 1, with: 2, claim: null, grade: null, points: null, show: "absolute", decimals: 1, extrapolated: false } as const;

test("rows in per cent share an axis; those in a unit of their own share it within an observable", () => {
  const rows = forestRows([
    { ...base, observable: "a", change: 1, ci95: [0.5, 1.5], change_percent: 10, change_percent_ci95: [5, 15] },
    { ...base, observable: "b", change: 1, ci95: [0.5, 1.5], change_percent: null, change_percent_ci95: null },
    { ...base, observable: "b", change: 3, ci95: [-1, 5.5], change_percent: null, change_percent_ci95: null },
    { ...base, observable: "c", change: null, ci95: null, change_percent: null, change_percent_ci95: null },
  ]);
  assert.deepEqual(rows.map((row) => row?.limit), [15, 6, 6, undefined]);
  assert.deepEqual(rows.map((row) => row?.unit), ["%", "ms", "ms", undefined]);
  assert.deepEqual(rows.map((row) => row?.isCertain), [true, true, false, undefined]);
});

test("an observable with a middle beyond the common axis has its own, in all programmes", () => {
  const narrow = { ...base, change: 1, ci95: [-1, 1] as [number, number], change_percent: 1, change_percent_ci95: [-1, 1] as [number, number] };
  const wide = { ...narrow, observable: "w", change: 60, ci95: [50, 70] as [number, number], change_percent: 120, change_percent_ci95: [90, 150] as [number, number] };
  const rows = forestRows([{ ...narrow, observable: "a" }, { ...narrow, observable: "b" }, { ...narrow, observable: "c" }, wide, { ...narrow, observable: "w" }]);
  assert.deepEqual(rows.map((row) => row?.isCommon), [true, true, true, false, false]);
  assert.deepEqual(rows.map((row) => row?.limit), [1, 1, 1, 80, 80]);
});

test("no middle lies beyond the common axis, however many narrow rows there are", () => {
  const at = (percent: number, i: number) =>
    ({ ...base, observable: `o${i}`, change: percent, ci95: [percent, percent] as [number, number], change_percent: percent, change_percent_ci95: [percent, percent] as [number, number] });
  for (const large of [3, 30, 300]) {
    const rows = forestRows([0.01, 0.01, 0.02, 0.01, 0.2, 0.6, 4, large].map(at));
    rows.filter((row) => row?.isCommon).forEach((row) => assert.ok(Math.abs(row!.value) <= row!.limit, `${row!.value} on ${row!.limit}`));
  }
});

test("rows of one observable stand together in the order of the first", () => {
  const row = (observable: string, arm: string) => ({ ...base, observable, arm, change: 0, ci95: null, change_percent: null, change_percent_ci95: null });
  const groups = rowsByObservable([row("a", "p"), row("b", "p"), row("a", "q"), row("b", "q")]);
  assert.deepEqual(groups.map((g) => g.map((r) => `${r.observable}${r.arm}`)), [["ap", "aq"], ["bp", "bq"]]);
});

test("what several programmes do at the same hours is one span with both names", () => {
  const span = (arm: string, label: string, from: number) => ({ arm, label, from, to: from + 1 });
  const spans = [span("a", "Rolling", 11), span("b", "Sports massage", 11), span("c", "Rolling", 11), span("a", "Walk", 18), span("a", "Walk", 30)];
  assert.deepEqual(distinctSpans(spans, [0, 24]).map((s) => [s.label, s.from]), [["Rolling / Sports massage", 11], ["Walk", 18]]);
});

test("a part of the body has a colour only where its number is not printed as zero", () => {
  const region = (change: number, ci95: [number, number]) =>
    ({ observable: "o", title: "t", what: "", unit: "%", part: "head", name: "head", decimals: 2, without: 1, with: 1, change, ci95 });
  assert.equal(fill(region(0.002, [0.001, 0.004]), 0.004), "var(--figure)");
  assert.equal(isCertain(region(0.002, [0.001, 0.004])), false);
  assert.match(fill(region(0.2, [0.1, 0.4]), 0.2), /--rise.* 92%/);
  assert.equal(isCertain(region(0.2, [0.1, 0.4])), true);
  assert.equal(isCertain(region(-0.2, [-0.4, -0.004])), false);
});
