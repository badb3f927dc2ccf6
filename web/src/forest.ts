/* SPDX-License-Identifier: Apache-2.0 */
/* The small interval beside each row of the summary, and its axis; not a chart of its own. */
import type { SummaryRow } from "./data";
import { s } from "./dom";
import * as say from "./say";
import { commonLimit, niceAbove } from "./ticks";

export const WIDTH = 208;
const HEIGHT = 30;
const AIR = 10; /* px left of the lowest and right of the highest mark */

/** What is drawn of a row: its percentages where it has them, else its own unit. */
export interface ForestRow {
  value: number;
  low: number;
  high: number;
  limit: number;
  unit: string;
  isCommon: boolean;
  isCertain: boolean;
  label: string;
}

function percentOf(row: SummaryRow) {
  return row.change_percent !== null && row.change_percent_ci95 ? row.change_percent_ci95 : null;
}

/** Half-width of the axis of an observable in its own unit, the same for all programmes; at least what a number beside it can show. */
function ownLimit(rows: SummaryRow[], { observable, decimals }: SummaryRow): number {
  const ends = rows.filter((row) => row.observable === observable).flatMap((row) => row.ci95 ?? []);
  return niceAbove(Math.max(10 ** -(decimals + 1), ...ends.map(Math.abs)));
}

/** Rows in per cent share one axis, but for observables with a middle beyond it; these and the others have one each. Null: nothing to draw. */
export function forestRows(rows: SummaryRow[]): (ForestRow | null)[] {
  const limitOf = (some: SummaryRow[]) => commonLimit(some.map(percentOf).filter((i) => i !== null));
  const first = limitOf(rows);
  const own = new Set(rows.filter((row) => Math.abs(row.change_percent ?? 0) > first).map((row) => row.observable));
  const others = rows.filter((row) => !own.has(row.observable));
  const middles = others.map((row) => Math.abs(row.change_percent ?? 0)).filter((size) => size > 0);
  const limit = Math.max(limitOf(others), ...middles.map(niceAbove));
  return rows.map((row) => {
    const percent = own.has(row.observable) ? null : percentOf(row);
    const interval = percent ?? row.ci95;
    const value = percent ? row.change_percent : row.change;
    if (!interval || value === null) {
      return null;
    }
    const [low, high] = interval;
    const change = say.changeOf(row);
    return {
      value,
      low,
      high,
      limit: percent ? limit : ownLimit(rows, row),
      unit: percent ? "%" : row.unit,
      isCommon: percent !== null,
      isCertain: ["rises", "falls"].includes(say.verdict(change)),
      label: `${say.rowName(row)}: ${say.changeText(change)}, 95 % interval ${say.intervalText(change)}`,
    };
  });
}

function xOf(row: ForestRow, value: number): number {
  const half = WIDTH / 2 - AIR;
  return WIDTH / 2 + (Math.min(Math.max(value / row.limit, -1), 1) * half);
}

/** An end of the interval: a stop where it lies on the axis, an arrow where it goes on beyond it. */
function end(row: ForestRow, value: number, y: number): SVGElement {
  const x = xOf(row, value);
  if (Math.abs(value) <= row.limit * (1 + 1e-9)) {
    return s("line", { x1: x, x2: x, y1: y - 4, y2: y + 4 });
  }
  const d = Math.sign(value);
  return s("path", { d: `M${x - 2 * d},${y - 4} l${6 * d},4 l${-6 * d},4`, fill: "none" });
}

/** Zero line, interval and middle; a full dot where the interval leaves zero out, else a hollow one. */
export function forestPlot(row: ForestRow, colour: string): SVGSVGElement {
  const y = HEIGHT / 2;
  const half = WIDTH / 2 - AIR;
  const grid = [-1, -0.5, 0.5, 1].map((f) =>
    s("line", { class: "grid", x1: WIDTH / 2 + f * half, x2: WIDTH / 2 + f * half, y1: 0, y2: HEIGHT }),
  );
  return s(
    "svg",
    { class: "forest", role: "img", "aria-label": row.label, width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
    ...grid,
    s("line", { class: "zero", x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT }),
    s(
      "g",
      { stroke: colour, "stroke-width": 2, "stroke-linecap": "round" },
      s("line", { x1: xOf(row, row.low), x2: xOf(row, row.high), y1: y, y2: y }),
      end(row, row.low, y),
      end(row, row.high, y),
      s("circle", { cx: xOf(row, row.value), cy: y, r: 4.5, fill: row.isCertain ? colour : "var(--paper)" }),
    ),
  );
}

/** Numbers under or above the intervals: minus the limit, zero, the limit. */
export function forestAxis(limit: number, unit: string, className: string): SVGSVGElement {
  const half = WIDTH / 2 - AIR;
  const digits = (String(limit).split(".")[1] ?? "").length;
  const text = (f: number, anchor: string) =>
    s(
      "text",
      { x: WIDTH / 2 + f * half + (f === 0 ? 0 : f * AIR), y: 12, "text-anchor": anchor },
      f === 0 ? "0" : say.withUnit(say.signed(f * limit, digits), unit),
    );
  return s(
    "svg",
    { class: className, "aria-hidden": "true", width: WIDTH, height: 16, viewBox: `0 0 ${WIDTH} 16` },
    text(-1, "start"),
    text(0, "middle"),
    text(1, "end"),
  );
}
