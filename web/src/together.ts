/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the factors of a scenario do more together than the sum of what each does alone. */
import type { Interval, Report, TogetherRow } from "./data";
import { h, section } from "./dom";
import * as say from "./say";

/** A change with its interval; narrow windows, which have no head, show the label before it. */
function numberCell(label: string, value: number | null, range: Interval | null, decimals: number): HTMLElement {
  const interval = range === null ? "" : ` (${say.between(range, decimals)})`;
  return h("td", { "data-label": label }, `${say.signed(value, decimals)}${interval}`);
}

function rowOf(row: TogetherRow): HTMLElement {
  const decimals = row.decimals + 1;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, row.title, h("span", { class: "small" }, ` ${say.statisticAndUnit(row)}`)),
    numberCell("parts", row.sum_of_parts, row.sum_of_parts_ci95, decimals),
    numberCell("together", row.together, row.together_ci95, decimals),
    numberCell("difference", row.more, row.more_ci95, decimals),
  );
}

/** True when the interval of the difference leaves zero out, in the digits that are shown. */
function isCertain(row: TogetherRow): boolean {
  if (row.more_ci95 === null) {
    return false;
  }
  const least = 0.5 * 10 ** -(row.decimals + 1);
  return row.more_ci95[0] > least || row.more_ci95[1] < -least;
}

function answer(rows: TogetherRow[]): string {
  const certain = rows.filter(isCertain);
  return certain.length === 0
    ? "For no measure does the interval of the difference leave zero out: within what is known the parts add up."
    : `The whole differs from the sum of its parts for ${say.list(certain.map((row) => row.title))}; the others add up within what is known.`;
}

export function together(report: Report): HTMLElement | null {
  const rows = report.together;
  if (rows.length === 0) {
    return null;
  }
  return section(
    "together",
    "Is the whole more than its parts?",
    h("p", {}, answer(rows)),
    h(
      "table",
      { class: "together" },
      h("thead", {}, h("tr", {}, ...["measure", "sum of the parts", "all together", "difference (95 % interval)"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows.map(rowOf)),
    ),
  );
}
