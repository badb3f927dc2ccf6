/* SPDX-License-Identifier: Apache-2.0 */
/* One lymph vessel under the hand: what a stroke does to it second by second, and what a session moves. */
import { type Curve, draw } from "./curves";
import type { LymphVessel, Report, VesselRow } from "./data";
import { chartBox, h, s, section } from "./dom";
import * as say from "./say";

/** With the hand, and alone: the same colours and dashes as the arms of the other charts. */
function curves(pick: (of: "with" | "alone") => (number | null)[]): Curve[] {
  return [
    { name: "with the hand", colour: "var(--arm-0)", isDashed: false, values: pick("with") },
    { name: "alone", colour: "var(--arm-without)", isDashed: true, values: pick("alone") },
  ];
}

function key(): HTMLElement {
  const line = (colour: string, dashes: string | null) =>
    s("svg", { class: "swatch", width: 28, height: 10, viewBox: "0 0 28 10", "aria-hidden": "true" }, s("line", { x1: 1, x2: 27, y1: 5, y2: 5, stroke: colour, "stroke-width": 3, "stroke-dasharray": dashes }));
  const block = s("svg", { class: "swatch", width: 28, height: 10, viewBox: "0 0 28 10", "aria-hidden": "true" }, s("rect", { width: 28, height: 10, fill: "var(--shade)" }));
  return h(
    "ul",
    { class: "key" },
    h("li", {}, line("var(--arm-0)", null), " with the hand"),
    h("li", {}, line("var(--arm-without)", "6 4"), " the same vessel alone"),
    h("li", {}, block, " the hand passes over its middle"),
  );
}

/** "rises from 9.1 to 41 µL/min: +340 % (+90 … +800)". */
function rowText(row: VesselRow): string {
  const isFlow = row.id === "outflow";
  const decimals = isFlow ? 0 : row.decimals;
  const change = isFlow ? row.change_percent : row.change;
  const range = isFlow ? row.change_percent_ci95 : row.ci95;
  const unit = isFlow ? "%" : row.unit;
  const levels = `${say.number(row.alone, row.decimals)} alone, ${say.withUnit(say.number(row.with, row.decimals), row.unit)} with the hand`;
  const interval = range === null ? "" : ` (${say.signed(range[0], decimals)} … ${say.signed(range[1], decimals)})`;
  return `${row.title}: ${levels}; ${say.withUnit(say.signed(change, decimals), unit)}${interval}`;
}

function handText(vessel: LymphVessel): string {
  const said = vessel.hand.map((item) => {
    const isKnown = item.ci95 === null || item.ci95[0] === item.ci95[1];
    const range = isKnown ? "" : ` (${say.number(item.ci95![0], item.decimals)} … ${say.number(item.ci95![1], item.decimals)})`;
    return `${item.title} ${say.withUnit(say.number(item.value, item.decimals), item.unit)}${range}`;
  });
  return `${say.list(said, "; ")}.`;
}

export function vessel(report: Report): HTMLElement | null {
  const v = report.lymph_vessel;
  if (v === null) {
    return null;
  }
  const minutes = v.session.t_s.map((t) => t / 60);
  return section(
    "vessel",
    "One lymph vessel under the hand",
    h(
      "p",
      {},
      `Twelve segments with valves, ${v.site}, ${say.significant(v.minutes)} min of ${v.massage}: a model of its own beside the body above, in seconds. It shows how a vessel answers strokes; how large that answer is in people has not been measured.`,
    ),
    h("ul", { class: "notes" }, ...v.rows.map((row) => h("li", {}, rowText(row)))),
    key(),
    h(
      "div",
      { class: "pair" },
      chartBox("Pressure inside its middle, one minute of the session (mmHg)", (width) =>
        draw({ width, t: v.minute.t_s, xLabel: "seconds since the hand came", title: "pressure inside the middle of the vessel", unit: "mmHg", decimals: 1, curves: curves((of) => v.minute[of].pressure), shade: v.minute.hand }),
      ),
      chartBox("Flow out of it in the same minute (µL/min)", (width) =>
        draw({ width, t: v.minute.t_s, xLabel: "seconds since the hand came", title: "flow out of the vessel", unit: "uL/min", decimals: 1, curves: curves((of) => v.minute[of].outflow), shade: null }),
      ),
    ),
    chartBox("What it has moved since the hand came (µL)", (width) =>
      draw({ width, t: minutes, xLabel: "minutes", title: "lymph moved since the hand came", unit: "uL", decimals: 0, curves: curves((of) => v.session[of]), shade: null }),
    ),
    h(
      "p",
      { class: "small" },
      `Curves: a vessel with middle values of everything. The numbers above: medians, with the 95 % range of what is not known. The hand and its place: ${handText(v)} What goes in less what comes out stays inside to ${say.significant(v.imbalance)} of it.`,
    ),
  );
}
