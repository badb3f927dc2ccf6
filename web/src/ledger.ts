/* SPDX-License-Identifier: Apache-2.0 */
/* The page of the ledger: every finding with what was published and what the model predicts, none hidden. */
import { h, s, section } from "./dom";

type Counts = Record<string, number>;

interface Band {
  value: number | null;
  ci95: [number, number] | null;
}

interface Finding {
  study: string;
  title: string;
  area: string | null;
  what: string;
  of: string;
  versus: string | null;
  as: string | null;
  unit: string | null;
  direction: string | null;
  quality: string;
  claims: string[];
  marks: string[];
  verdict: string;
  reason: string | null;
  note: string | null;
  n: number | null;
  published: Band;
  predicted: Band & { share_up: number | null; share_significant: number | null };
}

export interface Ledger {
  kind: "ledger";
  findings: Finding[];
  counts: Counts;
  systems: Record<string, Counts>;
  claims: Record<string, Counts>;
  claim_titles?: Record<string, string>;
  "null models": Record<string, Counts>;
  dependent: Record<string, Counts>;
  calibration: { in50: number; in95: number; n: number };
  "interval scores": Record<string, { times: number | null; n: number }>;
  studies: number;
  people: number;
  repeat: number;
  seed: number;
  seconds: number;
  version: string;
  model: string;
  command: string;
}

/** The data of the page as a ledger; null when it is that of a run. */
export function readLedger(text: string): Ledger | null {
  const data: unknown = JSON.parse(text);
  return typeof data === "object" && data !== null && (data as { kind?: unknown }).kind === "ledger" ? (data as Ledger) : null;
}

const VERDICTS = ["agrees", "close", "disagrees", "cannot tell", "not simulated"];

/* A sign beside each word, so that a verdict does not hang on a colour. */
const SIGNS: Record<string, string> = {
  agrees: "●",
  close: "◐",
  disagrees: "○",
  "cannot tell": "?",
  "not simulated": "–",
};

function number(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(3))).replace("-", "−");
}

function band(b: Band): string {
  return b.ci95 ? `${number(b.value)} (${number(b.ci95[0])} … ${number(b.ci95[1])})` : number(b.value);
}

/** Rows of counts under the words of the ledger; `titles` explain their names. Of what has no finding there is no row. */
function countsTable(first: string, all: [string, Counts][], titles: Record<string, string> = {}): HTMLElement {
  const names = Object.keys(all[0]?.[1] ?? {});
  const rows = all.filter(([, counts]) => Object.values(counts).some((n) => n > 0));
  return h(
    "div",
    { class: "scrolls" },
    h(
      "table",
      { class: "counts" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, first), ...names.map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...rows.map(([name, counts]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, name, titles[name] !== undefined && h("span", { class: "small" }, ` ${titles[name]}`)),
            ...names.map((key) => h("td", { "data-label": key }, String(counts[key] ?? 0))),
          ),
        ),
      ),
    ),
  );
}

const WIDTH = 200;
const HEIGHT = 34;
const AIR = 8;

/** Ends of the axis of a row: both intervals, and zero or one where the statistic has an effect of none there. */
function ends(f: Finding): [number, number] {
  const isRatio = f.as === "ratio" || f.as === "odds ratio" || f.as === "risk ratio";
  const isEffect = isRatio || ["difference", "percent", "smd"].includes(f.as ?? "");
  const all = [f.published.value, f.predicted.value, ...(f.published.ci95 ?? []), ...(f.predicted.ci95 ?? [])];
  const known = all.filter((v): v is number => v !== null).concat(isEffect ? [isRatio ? 1 : 0] : []);
  const low = Math.min(...known);
  const high = Math.max(...known);
  return high > low ? [low, high] : [low - 1, high + 1];
}

function bar(b: Band, x: (v: number) => number, y: number, className: string): SVGElement {
  return s(
    "g",
    { class: className },
    b.ci95 && s("line", { x1: x(b.ci95[0]), x2: x(b.ci95[1]), y1: y, y2: y }),
    b.value !== null && s("circle", { cx: x(b.value), cy: y, r: 4 }),
  );
}

/** Published above, predicted below, on the axis of this row. */
function forest(f: Finding): SVGElement {
  const [low, high] = ends(f);
  const x = (v: number) => AIR + ((v - low) / (high - low)) * (WIDTH - 2 * AIR);
  const none = f.as === "ratio" || f.as === "odds ratio" || f.as === "risk ratio" ? 1 : 0;
  const label = `published ${band(f.published)}, predicted ${band(f.predicted)}`;
  return s(
    "svg",
    { class: "ledger-forest", role: "img", "aria-label": label, width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
    none > low && none < high && s("line", { class: "zero", x1: x(none), x2: x(none), y1: 2, y2: HEIGHT - 2 }),
    bar(f.published, x, 11, "published"),
    bar(f.predicted, x, 24, "predicted"),
  );
}

/** How many repetitions of a study have the sign that was published. */
function shares(f: Finding): string {
  const up = Math.round(100 * (f.predicted.share_up ?? 0));
  const significant = Math.round(100 * (f.predicted.share_significant ?? 0));
  return `up in ${up} % of repetitions, significant in ${significant} %`;
}

function findingRow(f: Finding): HTMLElement {
  const against = f.versus && f.versus !== "nothing" ? ` against ${f.versus}` : "";
  const isSimulated = f.verdict !== "not simulated";
  const unit = f.unit && f.unit !== "1" ? ` ${f.unit}` : "";
  const published = f.direction ?? `${band(f.published)}${unit}`;
  return h(
    "tr",
    { "data-verdict": f.verdict },
    h("th", { scope: "row" }, h("b", {}, f.study), h("span", { class: "small" }, ` ${f.what}, ${f.as ?? "no statistic"}: ${f.of}${against}`)),
    h("td", { class: "says" }, `${SIGNS[f.verdict] ?? ""} ${f.verdict}`),
    h("td", {}, isSimulated && !f.direction && forest(f)),
    h(
      "td",
      { class: "small" },
      h("div", {}, `published ${published}`),
      isSimulated && h("div", {}, f.direction ? shares(f) : `predicted ${band(f.predicted)}${unit}`),
      f.reason && h("div", {}, f.reason),
      f.marks.length > 0 && h("div", { class: "marks" }, f.marks.join("; ")),
    ),
    h("td", { class: "small" }, f.claims.join(" "), ` quality ${f.quality}`),
  );
}

/** Which rows are shown; all of them at first. */
function filter(table: HTMLElement): HTMLElement {
  const show = (wanted: string) =>
    table.querySelectorAll<HTMLElement>("tr[data-verdict]").forEach((row) => {
      row.hidden = wanted !== "all" && row.dataset["verdict"] !== wanted;
    });
  const choice = h("select", { id: "verdict-choice" }, ...["all", ...VERDICTS].map((word) => h("option", { value: word }, word)));
  choice.addEventListener("change", () => show(choice.value));
  return h("p", { class: "choice" }, h("label", { for: "verdict-choice" }, "show "), choice);
}

function findings(ledger: Ledger): HTMLElement {
  const table = h(
    "table",
    { class: "ledger" },
    h("thead", {}, h("tr", {}, ...["finding", "verdict", "published, predicted", "numbers, 95 % intervals", "bears on"].map((t) => h("th", { scope: "col" }, t)))),
    h("tbody", {}, ...ledger.findings.map(findingRow)),
  );
  return section(
    "findings",
    "Every finding",
    filter(table),
    h("p", { class: "small" }, "Grey: published. Coloured: predicted for a study of the same size. Each row has its own axis; a line stands where there is no effect."),
    h("div", { class: "scrolls" }, table),
  );
}

/** How much worse the intervals of others are, in words. */
function intervalScores(ledger: Ledger): string {
  return Object.entries(ledger["interval scores"])
    .map(([name, score]) => `${score.times === null ? "unknown" : score.times.toFixed(2)} times (${name})`)
    .join(", ");
}

function calibration(ledger: Ledger): HTMLElement | null {
  const c = ledger.calibration;
  if (c.n === 0) {
    return null;
  }
  return section(
    "calibration",
    "Are the intervals right?",
    h("p", {}, `Of ${c.n} published numbers, ${Math.round(100 * c.in50)} % lie inside the predicted 50 % interval and ${Math.round(100 * c.in95)} % inside the 95 % interval. A model that knows how much it does not know would have 50 and 95.`),
    h("p", {}, `An interval pays for its width and for what lies outside. Beside the model's, the interval scores of others are ${intervalScores(ledger)} (above 1: the model is better).`),
  );
}

/** Counts of verdicts in a sentence. */
function said(counts: Counts): string {
  const n = (key: string) => counts[key] ?? 0;
  return `${n("agrees")} agree, ${n("close")} are close, ${n("disagrees")} disagree`;
}

/** What came out, of independent studies and of those that parameters are from. */
function answer(ledger: Ledger): string {
  const { counts } = ledger;
  const fitted = counts["not independent"] ?? 0;
  const independent = ["agrees", "close", "disagrees", "cannot tell"].reduce((sum, key) => sum + (counts[key] ?? 0), 0);
  const first = Object.values(ledger.dependent)[0];
  return [
    independent > 0 && `Of ${count(independent, "independent finding", "independent findings")} in people, ${said(counts)}.`,
    fitted > 0 && first && `Of ${count(fitted, "finding", "findings")} of studies that parameters of the body are from, which test nothing, ${said(first)}.`,
    `${counts["not simulated"] ?? 0} could not be simulated${(counts["animals"] ?? 0) > 0 ? `, ${counts["animals"]} are of animals` : ""}.`,
  ]
    .filter((text) => typeof text === "string")
    .join(" ");
}

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export function ledgerParts(ledger: Ledger): HTMLElement[] {
  const counts = ledger.counts;
  const parts = [
    h(
      "header",
      {},
      h("p", { class: "kicker" }, "Tactus: predictions against published studies"),
      h("h1", {}, "Ledger of evidence"),
      h("p", { class: "subtitle" }, `${count(ledger.studies, "study", "studies")}, ${count(ledger.findings.length, "finding", "findings")}; each study lived by ${ledger.people} virtual people and repeated ${ledger.repeat} times at its own size`),
    ),
    h("div", { class: "answer" }, h("p", {}, answer(ledger))),
    section("models", "The model, and what it must be better than", countsTable("model", [["this model", counts], ...Object.entries(ledger["null models"])])),
    section("dependent", "Studies that parameters were taken from", h("p", { class: "small" }, "A parameter of the body was fitted to, derived from or measured in these: they show that the fit holds, and test nothing."), countsTable("model", Object.entries(ledger.dependent))),
    section("systems", "By system", countsTable("system", Object.entries(ledger.systems))),
    section("claims", "By claim", h("p", { class: "small" }, "A study may bear on several claims."), countsTable("claim", Object.entries(ledger.claims), ledger.claim_titles ?? {})),
    calibration(ledger),
    findings(ledger),
    section("made", "How this page was made", h("p", { class: "small" }, `Tactus ${ledger.version}, model ${ledger.model}, seed ${ledger.seed}, ${Math.round(ledger.seconds)} s: ${ledger.command}`)),
  ];
  return parts.filter((part) => part !== null);
}
