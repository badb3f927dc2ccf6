/* SPDX-License-Identifier: Apache-2.0 */
/* The figure of the body: our own drawing, with what changed written beside the part it belongs to. */
import type { BodyChange } from "./data";
import { s, textMeasure } from "./dom";
import * as say from "./say";
import { spread } from "./ticks";

type Point = readonly [number, number];

/* The figure stands in a box 200 wide and 470 high, middle line at x = 0. Right half, from the neck
 * down the arm and leg to the crotch; the left half mirrors it. */
const OUTLINE: Point[] = [
  [9, 60], [9.5, 72], [15, 80], [30, 85.5], [43, 90], [51, 99], [54.5, 114], [57, 135], [61, 158],
  [66, 180], [71, 205], [75, 226], [79, 240], [81, 254], [79, 268], [75, 272], [72, 264], [69, 250],
  [66, 232], [59, 206], [51.5, 182], [46.5, 160], [42.5, 140], [39, 124], [36.5, 140], [33, 160],
  [30.5, 178], [31, 194], [35, 212], [38, 232], [39, 256], [37, 286], [33, 314], [30.5, 334],
  [31.5, 356], [30, 380], [25, 408], [22, 428], [23, 438], [27, 448], [26, 455], [18, 457],
  [12, 455], [11.5, 442], [12, 428], [11, 406], [8.5, 380], [9, 356], [10.5, 336], [8.5, 312],
  [5, 280], [2, 252],
];
const CROTCH: Point = [0, 246];

/** A smooth line through points: Catmull-Rom as cubic Bézier curves. */
function smooth(points: Point[]): string {
  const at = (i: number) => points[Math.min(Math.max(i, 0), points.length - 1)]!;
  const n = (value: number) => value.toFixed(1);
  let d = `M${n(at(0)[0])},${n(at(0)[1])}`;
  for (let i = 0; i + 1 < points.length; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    d += ` C${n(p1[0] + (p2[0] - p0[0]) / 6)},${n(p1[1] + (p2[1] - p0[1]) / 6)}`;
    d += ` ${n(p2[0] - (p3[0] - p1[0]) / 6)},${n(p2[1] - (p3[1] - p1[1]) / 6)}`;
    d += ` ${n(p2[0])},${n(p2[1])}`;
  }
  return d;
}

export function silhouette(): SVGElement[] {
  const left = OUTLINE.map(([x, y]) => [-x, y] as const).reverse();
  return [
    s("path", { d: `${smooth([...OUTLINE, CROTCH, ...left])} Z` }),
    s("path", { d: "M0,6 C14,6 21,16 20.5,31 C20,47 11,64 0,64 C-11,64 -20,47 -20.5,31 C-21,16 -14,6 0,6 Z" }),
  ];
}

/* A part: what it is called, where its label's line begins, its side, and its shapes. */
interface Part {
  name: string;
  at: Point;
  side: "left" | "right";
  shapes: string[];
  isLine?: boolean;
}

const mirrored = (d: string) => d.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) => `${-Number(x)},${y}`);
const both = (...shapes: string[]) => shapes.flatMap((d) => [d, mirrored(d)]);

const PARTS: Record<string, Part> = {
  brain: {
    name: "brain",
    at: [12, 22],
    side: "right",
    shapes: ["M0,12 C9,11 15,17 15,26 C15,33 9,37 0,36 C-9,37 -15,33 -15,26 C-15,17 -9,11 0,12 Z"],
  },
  airways: {
    name: "nose and throat",
    at: [-2, 46],
    side: "left",
    shapes: ["M0,39 C2,42 5,46 4,48 C3,50 1.5,50 1.5,52 L1.5,66 L-1.5,66 L-1.5,52 C-1.5,50 -3,50 -4,48 C-5,46 -2,42 0,39 Z"],
  },
  lungs: {
    name: "lungs",
    at: [-20, 118],
    side: "left",
    shapes: both("M4,100 C12,92 22,104 24,122 C26,136 22,144 14,142 C8,140 5,134 5,124 Z"),
  },
  heart: {
    name: "heart",
    at: [9, 128],
    side: "right",
    shapes: ["M4,140 C-4,134 -8,127 -6,121 C-4,115 3,115 5,120 C8,115 16,116 16,123 C16,130 10,136 4,140 Z"],
  },
  immune: {
    name: "defence",
    at: [26, 158],
    side: "right",
    shapes: ["M17,154 C22,149 28,152 28,159 C28,166 22,169 18,165 C21,162 21,158 17,154 Z"],
  },
  adrenal: {
    name: "adrenal glands",
    at: [-14, 174],
    side: "left",
    shapes: both("M8,180 L13,169 C16,171 19,176 20,180 C16,177 12,177 8,180 Z"),
  },
  blood: {
    name: "blood",
    at: [57, 176],
    side: "right",
    shapes: ["M56,164 C60,171 63,175 62,180 C61,185 53,185 52,180 C51,175 53,171 56,164 Z"],
  },
  vessels: {
    name: "blood vessels",
    at: [13, 284],
    side: "right",
    isLine: true,
    shapes: ["M2,142 L2,206", ...both("M2,206 C10,220 15,236 16,262 C17,300 20,320 19,344 L16,420", "M2,146 C20,104 40,98 47,122 C50,148 58,178 68,228")],
  },
  lymph: {
    name: "lymph",
    at: [-17, 232],
    side: "left",
    isLine: true,
    shapes: both("M20,226 m-3,0 a3,3 0 1 0 6,0 a3,3 0 1 0 -6,0", "M25,236 m-3,0 a3,3 0 1 0 6,0 a3,3 0 1 0 -6,0", "M25,239 C27,270 24,310 24,330 C24,360 22,390 18,420", "M20,223 C14,205 8,190 4,150"),
  },
  muscle: {
    name: "muscle",
    at: [-24, 290],
    side: "left",
    shapes: both("M14,256 C24,252 33,264 32,284 C31,304 26,318 21,326 C15,314 11,280 14,256 Z"),
  },
  skin: { name: "skin", at: [-57.5, 140], side: "left", shapes: [] }, /* the edge of the body itself */
};

/* Drawn faintly, so that what lies beside them can be found. */
const KIDNEYS = both("M12,182 C19,180 24,187 22,196 C20,205 11,205 12,198 C14,193 10,188 12,182 Z");

const KNOWN = Object.keys(PARTS);
const FIGURE_HEIGHT = 470;
const LINE = 17; /* px from one line of a label to the next */

interface Callout {
  part: Part;
  changes: BodyChange[];
  isCertain: boolean;
  side: "left" | "right";
}

/** The changes by part, in the order of the parts from head to foot; unknown parts count as blood. */
function callouts(body: BodyChange[]): Callout[] {
  const found = new Map<string, BodyChange[]>();
  for (const change of body) {
    const key = KNOWN.includes(change.part) ? change.part : "blood";
    found.set(key, [...(found.get(key) ?? []), change]);
  }
  return [...found]
    .map(([key, changes]) => {
      const part = PARTS[key]!;
      return { part, changes, isCertain: changes.some((c) => c.certain), side: part.side };
    })
    .sort((a, b) => a.part.at[1] - b.part.at[1]);
}

function shapes(part: Part, className: string): SVGElement[] {
  return part.shapes.map((d) => s("path", { d, class: part.isLine ? `${className} is-line` : className }));
}

interface Line {
  className: string;
  text: string;
  size?: string; /* set apart at the end of the line */
}

/** Width of a text in px, as a label would print it. */
export type Measure = (text: string, isBold: boolean) => number;

/** Cut a text, at spaces, into lines that are no wider than what is there. */
export function wrap(text: string, room: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && measure(`${last} ${word}`) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** The lines of a label: the part, then each change with its size behind it or, if need be, below. */
function linesOf(callout: Callout, room: number, measure: Measure): Line[] {
  const lines: Line[] = [{ className: "part", text: callout.part.name }];
  for (const c of callout.changes) {
    const className = c.certain ? "change certain" : "change";
    const size = say.readyMade(c.change);
    const direction = say.directionOf(c.change, c.direction);
    const words = wrap(`${say.arrow(direction, c.certain)} ${c.title}`, room, (text) => measure(text, c.certain));
    const last = words[words.length - 1]!;
    const fits = measure(`${last} ${size}`, c.certain) <= room;
    words.forEach((text, i) => lines.push(fits && i === words.length - 1 ? { className, text, size } : { className, text }));
    if (!fits) {
      lines.push({ className, text: "", size });
    }
  }
  return lines;
}

/** Text of one label, its first line at (x, y), lines below each other. */
function label(lines: Line[], x: number, y: number, anchor: "start" | "end"): SVGElement {
  return s(
    "g",
    {},
    ...lines.map((line, i) =>
      s(
        "text",
        { x, y: y + i * LINE, "text-anchor": anchor, class: line.className },
        line.size === undefined || line.text === "" ? line.text : `${line.text} `,
        line.size !== undefined && s("tspan", { class: "size" }, line.size),
      ),
    ),
  );
}

const heightOf = (lines: Line[]) => lines.length * LINE + 14;

/** A column of labels: their lines, where the text begins, and which way it runs. */
interface Column {
  list: Callout[];
  lines: Line[][];
  edge: number;
  side: -1 | 1;
}

/** Where the figure stands: its middle line, its top, and how large it is drawn; height is the drawing's. */
interface Stand {
  middle: number;
  top: number;
  scale: number;
  height: number;
}

/** Lines and texts of one column. */
function labels(column: Column, stand: Stand): SVGElement[] {
  const { list, lines, edge, side } = column;
  const anchors = list.map((c) => {
    const towards = c.side === (side < 0 ? "left" : "right") ? 1 : -1;
    return [stand.middle + towards * c.part.at[0] * stand.scale, stand.top + c.part.at[1] * stand.scale] as const;
  });
  const wanted = anchors.map(([, y]) => y + 4);
  const places = spread(wanted, lines.map(heightOf), 14, stand.height - 4);
  const lineEnd = edge - side * 6;
  return list.flatMap((_, i) => {
    const [x, y] = anchors[i]!;
    const yText = places[i]!;
    return [
      s("path", { class: "lead", d: `M${x},${y} L${lineEnd - side * 16},${yText - 4} L${lineEnd},${yText - 4}` }),
      s("circle", { class: "anchor", cx: x, cy: y, r: 2.2 }),
      label(lines[i]!, edge, yText, side < 0 ? "end" : "start"),
    ];
  });
}

function describe(list: Callout[]): string {
  const said = list.map(
    (c) => `${c.part.name}: ${c.changes.map((x) => `${x.title} ${say.readyMade(x.change)}${x.certain ? "" : " (not certain)"}`).join(", ")}`,
  );
  return `Front view of a body. ${said.join("; ")}.`;
}

/** The height that a column of labels needs. */
function columnHeight(column: Column): number {
  return column.lines.reduce((sum, lines) => sum + heightOf(lines), 18);
}

/** Labels on both sides where there is room, else all of them on the right. */
function columnsOf(list: Callout[], width: number, middle: number, isWide: boolean): Column[] {
  const measure = labelMeasure();
  const column = (part: Callout[], edge: number, side: -1 | 1): Column => {
    const room = (side < 0 ? edge : width - edge) - 4;
    return { list: part, lines: part.map((c) => linesOf(c, room, measure)), edge, side };
  };
  if (!isWide) {
    return [column(list, 2 * middle + 18, 1)];
  }
  const left = list.filter((c) => c.side === "left");
  const right = list.filter((c) => c.side === "right");
  return [column(left, middle - 130, -1), column(right, middle + 130, 1)];
}

const LETTER_PX = 14; /* height of the letters of a label, as in report.css */

/** Measures texts in the font of the page. */
function labelMeasure(): Measure {
  const measure = textMeasure(LETTER_PX);
  return (text, isBold) => measure(text, isBold ? 700 : 400);
}

function hatch(): SVGElement {
  return s(
    "pattern",
    { id: "not-certain", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 5, height: 5, class: "hatch-ground" }),
    s("line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "hatch-line" }),
  );
}

/** The body with its organs: the edge lies below, so that head and trunk are one shape. */
function drawing(list: Callout[]): SVGElement[] {
  const skin = list.find((c) => c.part === PARTS["skin"]);
  const edge = skin === undefined ? "edge" : skin.isCertain ? "edge certain" : "edge unsure";
  const faint = ["lungs", "brain", "heart", "adrenal"].map((key) => PARTS[key]!).filter((p) => !list.some((c) => c.part === p));
  return [
    s("g", { class: edge }, ...silhouette()),
    s("g", { class: "silhouette" }, ...silhouette()),
    ...KIDNEYS.map((d) => s("path", { d, class: "organ" })),
    ...faint.flatMap((part) => shapes(part, "organ")),
    ...list.flatMap((c) => shapes(c.part, c.isCertain ? "organ certain" : "organ unsure")),
  ];
}

/** The figure for a given width. */
export function bodyFigure(body: BodyChange[], width: number): SVGSVGElement {
  const list = callouts(body);
  const isWide = width >= 640;
  const scale = isWide ? 1 : 0.78;
  const middle = isWide ? width / 2 : 72;
  const columns = columnsOf(list, width, middle, isWide);
  const height = Math.max(FIGURE_HEIGHT * scale, ...columns.map(columnHeight));
  const top = (height - FIGURE_HEIGHT * scale) / 2;
  return s(
    "svg",
    { class: "body", role: "img", "aria-label": describe(list), width, height, viewBox: `0 0 ${width} ${height}` },
    s("defs", {}, hatch()),
    s("g", { transform: `translate(${middle},${top}) scale(${scale})` }, ...drawing(list)),
    ...columns.flatMap((column) => labels(column, { middle, top, scale, height })),
  );
}
