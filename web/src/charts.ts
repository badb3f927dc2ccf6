/* SPDX-License-Identifier: Apache-2.0 */
/* Time courses: weeks and the day of a session, every arm in one picture; the tables are elsewhere. */
import * as Plot from "@observablehq/plot";
import type { Band, Course, Report, Span } from "./data";
import { comparators, programmes, shortName } from "./data";
import { textMeasure } from "./dom";
import * as say from "./say";
import { dayTicks, extent, hourTicks, spread, tickDecimals } from "./ticks";

const HEIGHT = 236;
const MARGIN = { bottom: 24, left: 52 };
const ROOM_ABOVE = 26; /* px for the name of a session */
const LABEL_GAP = 15; /* px between the names at the ends of lines */
const FONT_PX = 12;
const NAME_LETTERS = 16;

/** True for what only serves as a comparator, beside programmes: its line is dashed. */
export function isComparator(report: Report, id: string): boolean {
  return programmes(report).length > 0 && comparators(report).some((arm) => arm.id === id);
}

/** Colour of an arm: the one comparator has its own, of several each is a dashed line in the colour of its programme; programmes follow the list of the style sheet. */
export function armColour(report: Report, id: string): string {
  const asked = programmes(report);
  const i = asked.findIndex((arm) => arm.id === id);
  const own = i >= 0 || comparators(report).length < 2 ? i : asked.findIndex((arm) => arm.against === id);
  return own < 0 ? "var(--arm-without)" : `var(--arm-${own % 5})`;
}

/** The same for words, dark enough to be read. */
export function armTextColour(report: Report, id: string): string {
  return armColour(report, id).replace(")", "-text)");
}

interface Point {
  x: number;
  mid: number | null;
  low: number | null;
  high: number | null;
}

interface Line {
  id: string;
  name: string;
  isDashed: boolean;
  points: Point[];
}

/** The arms' bands as lists of points; comparators are last, their dashes lie on the others' lines. */
function linesOf(report: Report, x: number[], arms: Record<string, Band>): Line[] {
  return report.arms
    .filter((arm) => arms[arm.id])
    .map((arm) => {
      const band = arms[arm.id]!;
      return {
        id: arm.id,
        name: say.cut(shortName(report, arm), NAME_LETTERS),
        isDashed: isComparator(report, arm.id),
        points: x.map((value, i) => ({
          x: value,
          mid: band.mid[i] ?? null,
          low: band.low[i] ?? null,
          high: band.high[i] ?? null,
        })),
      };
    });
}

/** What both charts of an observable share. */
interface Frame {
  report: Report;
  course: Course;
  width: number;
  domain: [number, number]; /* of y */
  top: number; /* px above the frame */
}

function marginRight(lines: Line[]): number {
  const measure = textMeasure(FONT_PX);
  return Math.max(20, 12 + Math.max(0, ...lines.map((line) => Math.ceil(measure(line.name, 600)))));
}

function band(report: Report, lines: Line[]): Plot.Markish[] {
  return lines.map((line) =>
    Plot.areaY(line.points, {
      x: "x",
      y1: "low",
      y2: "high",
      fill: armColour(report, line.id),
      fillOpacity: Math.min(0.15, 0.24 / lines.length),
      ariaHidden: "true",
    }),
  );
}

function middle(report: Report, lines: Line[]): Plot.Markish[] {
  return lines.map((line) =>
    Plot.lineY(line.points, {
      x: "x",
      y: "mid",
      stroke: armColour(report, line.id),
      strokeWidth: 2,
      strokeLinejoin: "round",
      ...(line.isDashed ? { strokeDasharray: "7 5" } : {}),
      ariaHidden: "true",
    }),
  );
}

/** Names at the ends of the lines, moved apart where lines end close together. */
function names(frame: Frame, lines: Line[], height: number): Plot.Markish[] {
  const [low, high] = frame.domain;
  const top = frame.top;
  const bottom = height - MARGIN.bottom;
  const ends = lines
    .filter((line) => line.name !== "")
    .map((line) => ({ line, point: [...line.points].reverse().find((p) => p.mid !== null) }))
    .filter((end): end is { line: Line; point: Point } => end.point !== undefined);
  const wanted = ends.map(({ point }) => bottom - ((point.mid! - low) / (high - low)) * (bottom - top) - LABEL_GAP / 2);
  const placed = spread(wanted, wanted.map(() => LABEL_GAP), top - LABEL_GAP / 2, bottom + LABEL_GAP / 2);
  return ends.map(({ line, point }, i) =>
    Plot.text([line.name], {
      x: [point.x],
      y: [high - ((placed[i]! + LABEL_GAP / 2 - top) / (bottom - top)) * (high - low)],
      dx: 7,
      textAnchor: "start",
      fontWeight: "600",
      fill: armTextColour(frame.report, line.id),
    }),
  );
}

/** One tip for all arms at the time under the pointer. */
function tips(frame: Frame, lines: Line[], sayTime: (x: number) => string): Plot.Markish[] {
  const { course } = frame;
  const first = lines[0];
  if (!first) {
    return [];
  }
  const rows = first.points
    .map((point, i) => {
      const said = lines.flatMap((line) => {
        const p = line.points[i];
        if (!p || p.mid === null) {
          return [];
        }
        const range = `${say.number(p.low, course.decimals)} … ${say.number(p.high, course.decimals)}`;
        return [`${line.name} ${say.withUnit(say.number(p.mid, course.decimals), course.unit)} (${range})`.trim()];
      });
      return { x: point.x, y: point.mid, title: [sayTime(point.x), ...said].join("\n") };
    })
    .filter((row) => row.y !== null);
  return [
    Plot.ruleX(rows, Plot.pointerX({ x: "x", stroke: "currentColor", strokeOpacity: 0.4 })),
    Plot.tip(rows, Plot.pointerX({ x: "x", y: "y", title: "title", fontSize: FONT_PX })),
  ];
}

function finish(svg: Element, text: string): Element {
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", text);
  return svg;
}

/** "with from 176 to 174, without ..." for those who do not see the picture. */
function describe(course: Course, lines: Line[], what: string): string {
  const said = lines.map((line) => {
    const mids = line.points.map((p) => p.mid).filter((v): v is number => v !== null);
    const n = (v: number | undefined) => say.number(v, course.decimals);
    return `${line.name} starts at ${n(mids[0])}, ends at ${n(mids[mids.length - 1])}, lowest ${n(
      mids.reduce((a, b) => Math.min(a, b), Infinity),
    )}, highest ${n(mids.reduce((a, b) => Math.max(a, b), -Infinity))}`.trim();
  });
  return `${say.withUnit(`${course.title},`, course.unit)}, ${what}: ${said.join("; ")}.`;
}

function frameOptions(frame: Frame, lines: Line[]): Plot.PlotOptions {
  return {
    width: frame.width,
    height: HEIGHT,
    marginTop: frame.top,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight: marginRight(lines),
    style: { fontSize: `${FONT_PX}px`, fontFamily: "inherit", overflow: "visible" },
  };
}

const Y_TICKS = 4;

function axisY(domain: [number, number]): Plot.Markish[] {
  const decimals = tickDecimals(...domain, Y_TICKS);
  const tickFormat = (value: number) => say.number(value, decimals);
  return [
    Plot.gridY({ ticks: Y_TICKS, stroke: "var(--line)", strokeOpacity: 1 }),
    Plot.axisY({ ticks: Y_TICKS, tickFormat, tickSize: 0, label: null, fill: "var(--muted)" }),
  ];
}

/** All numbers of a set of arms that the picture has to hold. */
function domainOf(arms: Record<string, Band>, decimals: number): [number, number] {
  return extent(Object.values(arms).flatMap((b) => [b.mid, b.low, b.high]), 0.04, 10 ** -decimals);
}

/** Means of days over the weeks; `isBeside` keeps its frame level with that of the session beside it. */
export function weeksChart(report: Report, course: Course, width: number, isBeside: boolean): Element {
  const { day, arms } = course.weeks;
  const lines = linesOf(report, day, arms);
  const frame: Frame = { report, course, width, domain: domainOf(arms, course.decimals), top: isBeside ? ROOM_ABOVE : 12 };
  const ticks = dayTicks(day.length, width - MARGIN.left - marginRight(lines));
  const svg = Plot.plot({
    ...frameOptions(frame, lines),
    x: { domain: [day[0]!, day[day.length - 1]!] },
    y: { domain: frame.domain },
    marks: [
      ...axisY(frame.domain),
      Plot.axisX(ticks.days, { tickFormat: (day: number) => (day === 0 ? `${ticks.label} ${ticks.text(day)}` : ticks.text(day)), tickSize: 4, label: null, fill: "var(--muted)" }),
      ...band(report, lines),
      ...middle(report, lines),
      ...names(frame, lines, HEIGHT),
      ...tips(frame, lines, (x) => `day ${x + 1} (week ${Math.floor(x / 7) + 1})`),
    ],
  });
  return finish(svg, describe(course, lines, `24-h means of ${day.length} days`));
}

/** Spans of the day with what happens in them: several programmes may do things at the same hours. */
export function distinctSpans(spans: Span[], [from, to]: [number, number]): Span[] {
  const found = new Map<string, Span & { labels: string[] }>();
  for (const span of spans.filter((s) => s.from < to && s.to > from)) {
    const key = `${span.from} ${span.to}`;
    const labels = found.get(key)?.labels ?? [];
    found.set(key, { ...span, labels: labels.includes(span.label) ? labels : [...labels, span.label] });
  }
  return [...found.values()].map(({ labels, ...span }) => ({ ...span, label: labels.join(" / ") }));
}

/** Shaded hours with their name above, turned towards the middle; a name that has no room beside the others is left out. */
function shades(frame: Frame, lines: Line[], spans: Span[], domain: [number, number]): Plot.Markish[] {
  const measure = textMeasure(FONT_PX);
  const room = frame.width - MARGIN.left - marginRight(lines);
  const scale = room / (domain[1] - domain[0]);
  const taken: [number, number][] = [];
  const shown = distinctSpans(spans, domain);
  const named = shown.flatMap((span) => {
    const isLate = (span.from + span.to) / 2 > (domain[0] + domain[1]) / 2;
    const hour = isLate ? Math.min(span.to, domain[1]) : Math.max(span.from, domain[0]);
    const at = (hour - domain[0]) * scale;
    const space = (isLate ? at : room - at) + MARGIN.left - 4; /* what is right of the frame is as wide at least */
    const full = `${span.label}, ${say.clock(span.from)}–${say.clock(span.to)}`;
    const text = say.cut(full, Math.floor((full.length * space) / Math.max(space, measure(full, 400))));
    const width = measure(text, 400) + FONT_PX;
    const box: [number, number] = isLate ? [at - width, at] : [at, at + width];
    if (taken.some(([low, high]) => box[0] < high && low < box[1])) {
      return [];
    }
    taken.push(box);
    return [{ hour, isLate, text }];
  });
  return [
    Plot.rect(shown, { x1: "from", x2: "to", clip: true, fill: "var(--shade)", ariaHidden: "true" }),
    ...named.map(({ hour, isLate, text }) =>
      Plot.text([text], {
        x: [hour],
        frameAnchor: "top",
        dy: -13, /* clear of a tick at the top of the axis */
        textAnchor: isLate ? "end" : "start",
        fill: "var(--ink)",
      }),
    ),
  ];
}

/** The day of a session by the clock, in ten-minute steps. */
export function sessionChart(report: Report, course: Course, width: number): Element {
  const { clock_h, arms, spans } = course.session;
  const lines = linesOf(report, clock_h, arms);
  const frame: Frame = { report, course, width, domain: domainOf(arms, course.decimals), top: ROOM_ABOVE };
  const hours: [number, number] = [clock_h[0]!, clock_h[clock_h.length - 1]!];
  const svg = Plot.plot({
    ...frameOptions(frame, lines),
    x: { domain: hours },
    y: { domain: frame.domain },
    marks: [
      ...shades(frame, lines, spans, hours),
      ...axisY(frame.domain),
      Plot.axisX(hourTicks(...hours, width - MARGIN.left - marginRight(lines)), {
        tickFormat: (hour: number) => say.clock(hour),
        tickSize: 4,
        label: null,
        fill: "var(--muted)",
      }),
      ...band(report, lines),
      ...middle(report, lines),
      ...names(frame, lines, HEIGHT),
      ...tips(frame, lines, say.clock),
    ],
  });
  return finish(svg, describe(course, lines, course.session.title));
}
