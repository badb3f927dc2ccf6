/* SPDX-License-Identifier: Apache-2.0 */
/* The page of any model's run: a chart for each variable, their extremes, and what was changed on the way. */
import { draw } from "./curves";
import type { Report } from "./data";
import { chartBox, h, section } from "./dom";
import * as say from "./say";
import { made } from "./sections";

interface Variable {
  id: string;
  unit: string;
  note: string;
  start: number | null;
  end: number | null;
  low: number | null;
  high: number | null;
  values: (number | null)[];
}

/** What did not change in the run. */
interface Still {
  id: string;
  unit: string;
  note: string;
  value: number | null;
}

interface Change {
  t: number;
  text: string;
}

export interface CoursePage {
  kind: "course";
  title: string;
  time_unit: string;
  t: number[];
  variables: Variable[];
  still: Still[];
  left_out: number; /* of either kind, for whom there was no room */
  stride: number; /* of so many times one is shown */
  changes: Change[];
  changes_left_out: number;
  run: Report["run"];
}

/** The data of the page as that of a model's run; null when it is something else. */
export function readCourse(text: string): CoursePage | null {
  const data: unknown = JSON.parse(text);
  return typeof data === "object" && data !== null && (data as { kind?: unknown }).kind === "course" ? (data as CoursePage) : null;
}

function timeLabel(page: CoursePage): string {
  return page.time_unit === "" ? "time, in the model's own unit" : `time (${say.unit(page.time_unit)})`;
}

function chart(page: CoursePage, v: Variable): HTMLElement {
  const unit = say.unit(v.unit);
  const caption = `${v.id}${unit === "" ? "" : ` (${unit})`}${v.note === "" ? "" : `: ${v.note}`}`;
  return chartBox(caption, (width) =>
    draw({
      width,
      t: page.t,
      xLabel: timeLabel(page),
      title: v.id,
      unit: v.unit,
      decimals: null,
      curves: [{ name: v.id, colour: "var(--arm-without)", isDashed: false, values: v.values }],
      shade: null,
      marks: page.changes.map((change) => change.t),
    }),
  );
}

function left(page: CoursePage): string {
  const said: string[] = [];
  if (page.left_out > 0) {
    said.push(`${page.left_out} more variables stand in trajectories.csv; the option ${say.unbroken("--report")} chooses which are shown.`);
  }
  if (page.stride > 1) {
    said.push(`Of ${page.stride} times one is drawn.`);
  }
  if (page.changes.length > 0) {
    said.push("Dotted lines: something was changed from outside.");
  }
  return said.join(" ");
}

function courses(page: CoursePage): HTMLElement | null {
  if (page.variables.length === 0) {
    return null;
  }
  return section(
    "courses",
    "Time courses",
    left(page) !== "" && h("p", { class: "small" }, left(page)),
    h("div", { class: "grid" }, ...page.variables.map((v) => chart(page, v))),
  );
}

function valueRow(v: Variable): HTMLElement {
  const cells: [string, number | null][] = [
    ["start", v.start],
    ["end", v.end],
    ["lowest", v.low],
    ["highest", v.high],
  ];
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("b", {}, v.id), say.unit(v.unit) !== "" && h("span", { class: "small" }, ` ${say.unit(v.unit)}`)),
    ...cells.map(([label, value]) => h("td", { class: "number", "data-label": label }, say.significant(value))),
  );
}

function values(page: CoursePage): HTMLElement | null {
  if (page.variables.length === 0) {
    return null;
  }
  const head = ["variable", "start", "end", "lowest", "highest"];
  return section(
    "values",
    "Start, end, extremes",
    h("table", { class: "values" }, h("thead", {}, h("tr", {}, ...head.map((t) => h("th", { scope: "col" }, t)))), h("tbody", {}, ...page.variables.map(valueRow))),
  );
}

function stillItem(v: Still): HTMLElement {
  return h("li", {}, h("b", {}, v.id), ` ${say.withUnit(say.significant(v.value), v.unit)}`, v.note !== "" && h("span", { class: "small" }, ` ${v.note}`));
}

function still(page: CoursePage): HTMLElement | null {
  if (page.still.length === 0) {
    return null;
  }
  return section(
    "still",
    "What did not change",
    h("details", {}, h("summary", {}, `${page.still.length} variable${page.still.length === 1 ? "" : "s"}`), h("ul", { class: "notes columns" }, ...page.still.map(stillItem))),
  );
}

function changes(page: CoursePage): HTMLElement | null {
  if (page.changes.length === 0) {
    return null;
  }
  const more = page.changes_left_out > 0 ? [h("li", {}, `and ${page.changes_left_out} more`)] : [];
  return section(
    "changes",
    "What was changed",
    h("ul", { class: "notes" }, ...page.changes.map((c) => h("li", {}, `${say.withUnit(say.significant(c.t), page.time_unit)}: ${say.minus(c.text)}`)), ...more),
  );
}

export function courseParts(page: CoursePage): HTMLElement[] {
  const last = page.t[page.t.length - 1] ?? null;
  const n = page.variables.length + page.still.length + page.left_out;
  const parts = [
    h(
      "header",
      {},
      h("p", { class: "kicker" }, "Tactus: a simulation, not a measurement"),
      h("h1", {}, page.title),
      h("p", { class: "subtitle" }, `${n} variable${n === 1 ? "" : "s"} over ${say.withUnit(say.significant(last), page.time_unit)}`),
    ),
    courses(page),
    values(page),
    changes(page),
    still(page),
    made({ run: page.run }),
  ];
  return parts.filter((part): part is HTMLElement => part !== null);
}
