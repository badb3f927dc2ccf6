/* SPDX-License-Identifier: Apache-2.0 */
/* A picture of a few curves, of a vessel or of anybody's model; what they mean is said by who draws them. */
import * as Plot from "@observablehq/plot";
import * as say from "./say";
import { extent, tickDecimals } from "./ticks";

const HEIGHT = 220;
const MARGIN = { top: 12, right: 18, bottom: 36, left: 52 };
const FONT_PX = 12;
const Y_TICKS = 4;
const MOST_DECIMALS = 5; /* more do not fit beside the axis */

/** With as many decimals as are wanted; where nobody knows the size of the numbers, four digits. */
function sayValue(value: number, decimals: number | null): string {
  return decimals === null ? say.significant(value) : say.number(value, decimals);
}

/** A mark of an axis: with powers of ten where plain numbers would not fit. */
export function sayTick(value: number, domain: [number, number]): string {
  const decimals = tickDecimals(...domain, Y_TICKS);
  const size = Math.max(Math.abs(domain[0]), Math.abs(domain[1]));
  return size >= 1e5 || decimals > MOST_DECIMALS ? say.significant(value) : say.number(value, decimals);
}

/** One line of a picture. */
export interface Curve {
  name: string;
  colour: string;
  isDashed: boolean;
  values: (number | null)[];
}

/** Curves over one axis of time or of anything else. */
export interface Picture {
  width: number;
  t: number[];
  xLabel: string;
  title: string;
  unit: string;
  decimals: number | null; /* null: four digits */
  curves: Curve[];
  shade: (number | null)[] | null; /* an area below them, in their unit */
  marks?: number[]; /* places on the axis at which something happens */
}

/** For those who do not see the picture. */
function describe(p: Picture): string {
  const said = p.curves.map((curve) => {
    const values = curve.values.filter((v): v is number => v !== null);
    const n = (v: number) => sayValue(v, p.decimals);
    return `${curve.name} from ${n(values.reduce((a, b) => Math.min(a, b), Infinity))} to ${n(values.reduce((a, b) => Math.max(a, b), -Infinity))}`;
  });
  return `${say.withUnit(`${p.title},`, p.unit)}: ${said.join("; ")}.`;
}

export function draw(p: Picture): Element {
  const shade = p.shade === null ? [] : p.t.map((t, i) => ({ t, y: p.shade![i] ?? null }));
  const domain = extent([...p.curves.map((curve) => curve.values), p.shade ?? []]);
  const svg = Plot.plot({
    width: p.width,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { fontSize: `${FONT_PX}px`, fontFamily: "inherit", overflow: "visible" },
    x: { domain: [p.t[0]!, p.t[p.t.length - 1]!] },
    y: { domain },
    marks: [
      Plot.areaY(shade, { x: "t", y1: Math.max(0, domain[0]), y2: "y", fill: "var(--shade)", ariaHidden: "true" }),
      Plot.ruleX(p.marks ?? [], { stroke: "var(--muted)", strokeDasharray: "2 3", ariaHidden: "true" }),
      Plot.gridY({ ticks: Y_TICKS, stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisY({ ticks: Y_TICKS, tickFormat: (value: number) => sayTick(value, domain), tickSize: 0, label: null, fill: "var(--muted)" }),
      Plot.axisX({ ticks: p.width < 500 ? 4 : 7, tickSize: 4, label: p.xLabel, labelAnchor: "center", labelArrow: "none", fill: "var(--muted)" }),
      ...p.curves.map((curve) =>
        Plot.lineY(
          p.t.map((t, i) => ({ t, y: curve.values[i] ?? null })),
          { x: "t", y: "y", stroke: curve.colour, strokeWidth: 1.75, strokeLinejoin: "round", ...(curve.isDashed ? { strokeDasharray: "7 5" } : {}), ariaHidden: "true" },
        ),
      ),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", describe(p));
  return svg;
}
