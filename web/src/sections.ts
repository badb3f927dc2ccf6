/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the page, from the answer at its top to what it cannot tell; drawings come from elsewhere. */
import { bodyFigure } from "./body";
import { byObservable, regionMap } from "./regions";
import { armColour, isComparator, sessionChart, weeksChart } from "./charts";
import type { Assumption, Band, Claim, Course, Report, SummaryRow } from "./data";
import { comparatorOf, differInAgainst, programmes, rowsByObservable, shortName } from "./data";
import { chartBox, drawToWidth, h, s, section } from "./dom";
import { type ForestRow, forestAxis, forestPlot, forestRows } from "./forest";
import * as say from "./say";
import { dayTicks } from "./ticks";

/** A letter with its word; the frame differs too, so that the letter does not hang on a colour. */
export function gradeBadge(grade: string | null): HTMLElement {
  const word = say.gradeWord(grade);
  if (grade === null) {
    return h("span", { class: "grade none" }, word);
  }
  return h(
    "span",
    { class: `grade grade-${grade.charAt(0)}`, title: `evidence grade ${grade}: ${word}` },
    h("b", {}, h("span", { class: "unseen" }, "evidence grade "), grade),
    h("span", {}, word),
  );
}

/** A short piece of an arm's line, as a key to its colour and dashes. */
function swatch(report: Report, id: string): SVGElement {
  const isDashed = isComparator(report, id);
  return s(
    "svg",
    { class: "swatch", width: 28, height: 10, viewBox: "0 0 28 10", "aria-hidden": "true" },
    s("line", {
      x1: 1,
      x2: 27,
      y1: 5,
      y2: 5,
      stroke: armColour(report, id),
      "stroke-width": 3,
      "stroke-dasharray": isDashed ? "6 4" : null,
    }),
  );
}

function armKey(report: Report): HTMLElement {
  return h(
    "ul",
    { class: "key" },
    ...report.arms.map((arm) => {
      const name = shortName(report, arm);
      return h("li", {}, swatch(report, arm.id), name !== "" && h("b", {}, name), name !== "" && " ", arm.title);
    }),
  );
}

export function header(report: Report): HTMLElement {
  const person = Object.entries(report.person).map(([key, value]) => [say.personKey(key), say.personValue(key, value)]);
  return h(
    "header",
    {},
    h("p", { class: "kicker" }, "Tactus: a simulation, not a measurement"),
    h("h1", {}, report.title),
    report.subtitle !== "" && h("p", { class: "subtitle" }, report.subtitle),
    person.length > 0 &&
      h("ul", { class: "person" }, ...person.map(([key, value]) => h("li", {}, h("span", {}, `${key} `), value ?? ""))),
    report.calendar.length > 0 &&
      h("ul", { class: "calendar" }, ...report.calendar.map((c) => h("li", {}, h("b", {}, c.title), ` ${c.when}`))),
  );
}

/** One or two sentences for each programme. */
export function answers(report: Report): HTMLElement {
  const asked = programmes(report);
  if (asked.length === 0) {
    return h("div", { class: "answer" }, h("p", {}, "One life, as it is: no programme was compared with it."));
  }
  return h(
    "div",
    { class: "answer" },
    ...asked.flatMap((arm) => [
      asked.length > 1 && h("h2", {}, swatch(report, arm.id), say.question(arm, comparatorOf(report, arm))),
      h("p", {}, say.answer(report.summary.filter((row) => row.arm === arm.id)) || "Nothing was compared."),
    ]),
    h(
      "p",
      { class: "small" },
      "An interval is the 95 % range of what is not known about this one person; a change is called clear only when it leaves zero out. It says what the model predicts; the grade of the evidence says how far to believe it.",
    ),
  );
}

function cell(label: string, className: string, ...children: (Node | string | false | null)[]): HTMLTableCellElement {
  return h("td", { "data-label": label, class: className }, ...children);
}

function evidence(report: Report, row: SummaryRow): (Node | string | false)[] {
  const words = `claim ${row.claim}`;
  const isHere = report.claims.some((claim) => claim.id === row.claim);
  return [
    gradeBadge(row.grade),
    row.claim !== null &&
      h(
        "span",
        { class: "points" },
        isHere ? h("a", { href: `#claim-${row.claim}` }, words) : words,
        row.points !== null && `: ${row.points}`,
      ),
  ];
}

function summaryRow(report: Report, row: SummaryRow, forest: ForestRow | null): HTMLTableRowElement {
  const change = say.changeOf(row);
  const verdict = say.verdict(change);
  const isAlone = programmes(report).length === 0;
  const hasSeveral = programmes(report).length > 1;
  const arm = report.arms.find((a) => a.id === row.arm);
  const against = arm !== undefined && differInAgainst(report) ? comparatorOf(report, arm) : undefined;
  const isClear = verdict === "rises" || verdict === "falls";
  const name = h(
    "th",
    { scope: "row" },
    h("span", { class: "observable" }, row.title),
    h("span", { class: "what" }, say.statisticAndUnit(row)),
    hasSeveral && arm !== undefined && h("span", { class: "arm" }, swatch(report, arm.id), shortName(report, arm)),
    against !== undefined && h("span", { class: "what" }, `against ${shortName(report, against)}`),
    row.extrapolated && h("span", { class: "flag" }, "extrapolated"),
  );
  const value = (x: number | null) => say.number(x, row.decimals);
  if (isAlone) {
    return h("tr", {}, name, cell("value", "number", value(row.without)), cell("evidence", "evidence", ...evidence(report, row)));
  }
  return h(
    "tr",
    { "data-observable": row.observable },
    name,
    cell("without", "number", value(row.without)),
    cell("with", "number", value(row.with)),
    cell(
      "change",
      "change",
      h("b", { class: isClear ? "clear" : "" }, say.changeText(change)),
      change.interval !== null && h("span", { class: "interval" }, ` (${say.intervalText(change)})`),
      h("span", { class: "verdict" }, verdict),
    ),
    cell(
      "interval",
      "plot",
      forest && forestPlot(forest, armColour(report, row.arm)),
      forest && forestAxis(forest.limit, forest.unit, forest.isCommon ? "axis in-row" : "axis own"),
    ),
    cell("evidence", "evidence", ...evidence(report, row)),
  );
}

/** Why rows lie outside what was measured, each reason once. */
function reasons(rows: SummaryRow[]): string[] {
  return [...new Set(rows.flatMap((row) => (row.extrapolated && row.extrapolated_because ? [row.extrapolated_because] : [])))];
}

export function summary(report: Report): HTMLElement | null {
  const rows = rowsByObservable(report.summary).flat();
  if (rows.length === 0) {
    return null;
  }
  const forest = forestRows(rows);
  const common = forest.find((row) => row?.isCommon);
  const isAlone = programmes(report).length === 0;
  const head = (...names: (string | Node)[]) => names.map((name) => h("th", { scope: "col" }, name));
  const interval = h("span", {}, "95 % interval", common ? forestAxis(common.limit, "%", "axis") : null);
  return section(
    "summary",
    isAlone ? "What the model says" : "What changes",
    h(
      "table",
      { class: "summary" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...(isAlone
            ? head("measure", "value", "evidence")
            : head("measure", "without", "with", "change (95 % interval)", interval, "evidence")),
        ),
      ),
      h("tbody", {}, ...rows.map((row, i) => summaryRow(report, row, forest[i] ?? null))),
    ),
    !isAlone &&
      h(
        "p",
        { class: "small" },
        "A full dot: the interval leaves zero out. A hollow dot: it does not, and the direction is open. ",
        "Grades are of the published evidence: A strong, B usable, C small or indirect, D weak or none.",
      ),
    ...reasons(rows).map((reason) => h("p", { class: "small" }, h("span", { class: "flag" }, "extrapolated"), ` ${reason}.`)),
  );
}

export function body(report: Report): HTMLElement | null {
  if (report.body.length === 0) {
    return null;
  }
  const box = h("div", { class: "figure-box" });
  drawToWidth(box, (width) => bodyFigure(report.body, width));
  const first = programmes(report)[0];
  const several = programmes(report).length > 1 && first !== undefined;
  return section(
    "body",
    "Where in the body",
    several && h("p", { class: "small" }, `With ${first.title}.`),
    h(
      "figure",
      {},
      box,
      h(
        "figcaption",
        {},
        h("span", { class: "legend" }, h("span", { class: "patch certain" }), "filled, ▲ ▼: the interval leaves zero out"),
        h("span", { class: "legend" }, h("span", { class: "patch unsure" }), "hatched, △ ▽: not certain"),
      ),
    ),
  );
}

/** Maps of the parts of the body, for the observables that parts have. */
export function regions(report: Report): HTMLElement | null {
  const groups = byObservable(report.regions);
  if (groups.length === 0) {
    return null;
  }
  const first = programmes(report)[0];
  const words = first === undefined ? "Numbers are levels." : "Numbers are changes; bold where the interval leaves zero out.";
  return section(
    "regions",
    "Part by part",
    h("p", { class: "small" }, `${first !== undefined && programmes(report).length > 1 ? `With ${first.title}. ` : ""}${words} The person faces you: the left arm is on the right. Feet are part of the lower legs here.`),
    h(
      "div",
      { class: "region-maps" },
      ...groups.map((group, i) =>
        h(
          "figure",
          {},
          h("figcaption", {}, h("b", {}, group[0]!.title), ` ${say.statisticAndUnit(group[0]!)}`),
          regionMap(group, `part-${i}`),
        ),
      ),
    ),
    h(
      "p",
      { class: "small" },
      h("span", { class: "legend" }, h("span", { class: "patch rise" }), "rises"),
      h("span", { class: "legend" }, h("span", { class: "patch fall" }), "falls; the deeper the more, each map by its own largest change; pale where the interval holds zero"),
    ),
  );
}

/** The change of an observable beside its charts, for every programme. */
function chips(report: Report, course: Course): HTMLElement {
  const rows = report.summary.filter((row) => row.observable === course.observable && row.change !== null);
  const hasSeveral = programmes(report).length > 1;
  return h(
    "p",
    { class: "chips" },
    ...rows.map((row) => {
      const change = say.changeOf(row);
      const arm = report.arms.find((a) => a.id === row.arm);
      const name = hasSeveral && arm ? `${shortName(report, arm)}: ` : "";
      return h("span", { class: "chip" }, `${name}${say.statisticOf(row)} ${say.changeText(change)}, ${say.verdict(change)}`);
    }),
  );
}

/** True where nothing happens in any arm: a chance before any virus came, say. */
function isFlat(arms: Record<string, Band>): boolean {
  return Object.values(arms).every(({ low, high }) => low.every((value, i) => value === low[0] && high[i] === value));
}

/** Which of its two charts a course has points enough for, and something to show. */
function shownOf({ weeks, session }: Course) {
  return { hasWeeks: weeks.day.length >= 3, hasSession: session.clock_h.length >= 3 && !isFlat(session.arms) };
}

/** True where the style sheet puts the two charts of a pair below each other. */
function isStacked(): boolean {
  return window.matchMedia("screen and (max-width: 960px)").matches;
}

function courseBlock(report: Report, course: Course): HTMLElement {
  const { hasWeeks, hasSession } = shownOf(course);
  const row = report.summary.find((r) => r.observable === course.observable);
  const scale = row ? say.scaleOf(row) : "";
  return h(
    "article",
    { class: hasWeeks && hasSession ? "course" : "course single", id: `course-${course.observable}` },
    h("h3", {}, course.title, h("span", { class: "unit" }, scale || say.unitName(course.unit))),
    chips(report, course),
    h(
      "div",
      { class: "pair" },
      hasWeeks &&
        chartBox(`Means of whole days${dayTicks(course.weeks.day.length, 1).label === "week" ? ", week by week" : ""}`, (width) => weeksChart(report, course, width, hasSession && !isStacked())),
      hasSession && chartBox(course.session.title, (width) => sessionChart(report, course, width)),
    ),
  );
}

export function courses(report: Report): HTMLElement | null {
  const drawable = report.courses.filter((c) => shownOf(c).hasWeeks || shownOf(c).hasSession);
  if (drawable.length === 0) {
    return null;
  }
  return section(
    "courses",
    "How it goes over time",
    armKey(report),
    h("p", { class: "small" }, "Lines are medians, bands 95 % ranges of what is not known. Scales do not start at zero."),
    ...drawable.map((course) => courseBlock(report, course)),
  );
}

function claimItem(report: Report, claim: Claim): HTMLElement {
  const shown = claim.rows
    .map((id) => report.courses.find((c) => c.observable === id))
    .filter((c): c is Course => c !== undefined);
  const links = shown.flatMap((c, i) => [i > 0 && ", ", h("a", { href: `#course-${c.observable}` }, c.title)]);
  return h(
    "article",
    { class: "claim", id: `claim-${claim.id}` },
    h("h3", {}, h("span", { class: "id" }, claim.id), claim.claim),
    h("p", { class: "verdict" }, gradeBadge(claim.grade), h("span", { class: "points" }, `points: ${claim.points}`)),
    h("p", {}, claim.sentence),
    shown.length > 0 && h("p", { class: "small" }, "seen here in ", ...links),
  );
}

export function claims(report: Report): HTMLElement | null {
  if (report.claims.length === 0) {
    return null;
  }
  return section(
    "claims",
    "What the evidence says",
    h("p", { class: "small" }, "What is often said of massage and bears on the measures above, and how strong the published evidence for it is."),
    h("div", { class: "claims" }, ...report.claims.map((claim) => claimItem(report, claim))),
  );
}

function assumptionRow(a: Assumption): HTMLTableRowElement {
  const range = a.low === null && a.high === null ? say.NOTHING : `${say.significant(a.low)} … ${say.significant(a.high)}`;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("code", {}, a.id)),
    cell("value", "number", say.withUnit(say.significant(a.value), a.unit)),
    cell("95 % range", "number", range),
    cell("why", "why", a.note, a.source !== "" && h("span", { class: "source" }, ` ${a.source}`)),
  );
}

export function assumed(report: Report): HTMLElement | null {
  const list = report.assumed;
  if (list.length === 0) {
    return null;
  }
  const rows = list.map(assumptionRow);
  const count = h("span", { class: "small", role: "status" }, `${list.length} of ${list.length}`);
  const search = h("input", { type: "search", id: "assumed-search", autocomplete: "off" });
  search.addEventListener("input", () => {
    let n_shown = 0;
    list.forEach((a, i) => {
      const isShown = say.matches(a, search.value);
      rows[i]!.hidden = !isShown;
      n_shown += isShown ? 1 : 0;
    });
    count.textContent = `${n_shown} of ${list.length}`;
  });
  return section(
    "assumed",
    "What was assumed",
    h("p", {}, say.assumedCounts(list)),
    h(
      "details",
      {},
      h("summary", {}, "Show the numbers, their ranges and the reasons"),
      h("p", { class: "search" }, h("label", { for: "assumed-search" }, "Search"), search, count),
      h(
        "table",
        { class: "assumed" },
        h("thead", {}, h("tr", {}, ...["parameter", "value", "95 % range", "why, and from where"].map((t) => h("th", { scope: "col" }, t)))),
        h("tbody", {}, ...rows),
      ),
    ),
  );
}

export function notes(report: Report): HTMLElement | null {
  if (report.notes.length === 0) {
    return null;
  }
  return section("notes", "What this page cannot tell", h("ul", { class: "notes" }, ...report.notes.map((note) => h("li", {}, note))));
}

/* Keys of the run in the order in which they are shown, and their words. */
const RUN: [string, string][] = [
  ["command", "command"],
  ["file", "scenario"],
  ["model", "model"],
  ["members", "members (draws of what is not known)"],
  ["seed", "seed"],
  ["rel_tol", "relative tolerance of the solver"],
  ["abs_tol", "absolute tolerance of the solver"],
  ["functions", "equations"],
  ["version", "version of Tactus"],
  ["model_hash", "hash of the model"],
  ["date", "date"],
  ["seconds", "time taken"],
];

export function made(report: Pick<Report, "run">): HTMLElement | null {
  const known = RUN.filter(([key]) => report.run[key] !== undefined && report.run[key] !== null && report.run[key] !== "");
  if (known.length === 0) {
    return null;
  }
  const value = (key: string): Node | string => {
    const raw = report.run[key]!;
    if (key === "seconds") {
      return `${say.number(Number(raw), 1)} s`;
    }
    if (key === "rel_tol" || key === "abs_tol") {
      return say.significant(Number(raw));
    }
    return ["command", "file", "model", "model_hash"].includes(key) ? h("code", {}, String(raw)) : String(raw);
  };
  return section(
    "made",
    "How it was made",
    h("p", {}, "The same command with the same version and seed gives the same numbers."),
    h("dl", {}, ...known.flatMap(([key, words]) => [h("dt", {}, words), h("dd", {}, value(key))])),
  );
}
