/* SPDX-License-Identifier: Apache-2.0 */
/* Maps of the body: one for each observable that parts have, coloured by how much it changes there. */
import { silhouette } from "./body";
import type { Region } from "./data";
import { s } from "./dom";
import * as say from "./say";

/* The parts as boxes in the drawing of the body (200 wide, 470 high, middle line at x = 0), cut by its outline. The
 * person faces us: the left arm is on the right. */
interface Zone {
  box: readonly [number, number, number, number]; /* x, y, width, height */
  label: readonly [number, number]; /* where the line to its number begins */
  side: -1 | 1;
}

const limb = (x: number, y: number, width: number, height: number, labelX: number, labelY: number, side: -1 | 1): Zone => ({
  box: [side > 0 ? x : -x - width, y, width, height],
  label: [side * labelX, labelY],
  side,
});

const ZONES: Record<string, Zone> = {
  head: { box: [-40, 0, 80, 74], label: [18, 30], side: 1 },
  trunk: { box: [-38, 74, 76, 172], label: [-20, 106], side: -1 },
  arm_l: limb(38, 74, 62, 210, 58, 158, 1),
  arm_r: limb(38, 74, 62, 210, 58, 158, -1),
  thigh_l: limb(0, 246, 60, 90, 24, 282, 1),
  thigh_r: limb(0, 246, 60, 90, 24, 282, -1),
  calf_l: limb(0, 336, 60, 134, 22, 382, 1),
  calf_r: limb(0, 336, 60, 134, 22, 382, -1),
};

const SHOWN = 92; /* % of full colour at the largest change */
const UNSURE = 0.45; /* of that where the interval holds zero */
const HEIGHT = 360;
const SCALE = HEIGHT / 470;

/** True where a change is more than nothing in the digits that are shown. */
const isSeen = (region: Region, change: number) => Number(change.toFixed(region.decimals)) !== 0;

/** True where the interval, as it is printed, leaves zero out. */
export function isCertain(region: Region): boolean {
  const [low, high] = region.ci95 ?? [0, 0];
  return isSeen(region, region.change ?? 0) && ((low > 0 && isSeen(region, low)) || (high < 0 && isSeen(region, high)));
}

/** Rises and falls as mixtures of a colour with that of the figure. */
export function fill(region: Region, largest: number): string {
  const change = region.change;
  if (change === null || !(largest > 0) || !isSeen(region, change)) {
    return "var(--figure)";
  }
  const share = Math.round(SHOWN * (isCertain(region) ? 1 : UNSURE) * Math.sqrt(Math.abs(change) / largest));
  return `color-mix(in srgb, var(${change > 0 ? "--rise" : "--fall"}) ${share}%, var(--figure))`;
}

function numberOf(region: Region): string {
  return region.change === null ? say.number(region.without, region.decimals) : say.signed(region.change, region.decimals);
}

function label(region: Region, zone: Zone, middle: number): SVGElement[] {
  const [x, y] = [middle + zone.label[0] * SCALE, zone.label[1] * SCALE];
  const edge = middle + zone.side * 84;
  return [
    s("path", { class: "lead", d: `M${x},${y} L${edge - zone.side * 6},${y}` }),
    s("circle", { class: "anchor", cx: x, cy: y, r: 2 }),
    s(
      "text",
      { x: edge, y: y + 5, "text-anchor": zone.side < 0 ? "end" : "start", class: isCertain(region) ? "change certain" : "change" },
      numberOf(region),
    ),
  ];
}

function describe(regions: Region[]): string {
  const said = regions.map((r) => `${r.name} ${numberOf(r)}${isCertain(r) || r.change === null ? "" : " (not certain)"}`);
  return `Front view of a body, ${regions[0]!.title}: ${said.join(", ")}.`;
}

/** The map of one observable; `id` keeps its clip path apart from the others'. */
export function regionMap(regions: Region[], id: string): SVGSVGElement {
  const width = 300;
  const middle = width / 2;
  const largest = Math.max(...regions.map((r) => Math.abs(r.change ?? 0)));
  return s(
    "svg",
    { class: "body regions", role: "img", "aria-label": describe(regions), width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    s("defs", {}, s("clipPath", { id }, ...silhouette())),
    s(
      "g",
      { transform: `translate(${middle},0) scale(${SCALE})` },
      s(
        "g",
        { "clip-path": `url(#${id})` },
        ...regions.flatMap((r) => {
          const zone = ZONES[r.part];
          return zone === undefined
            ? []
            : [s("rect", { x: zone.box[0], y: zone.box[1], width: zone.box[2], height: zone.box[3], class: "zone", style: `fill: ${fill(r, largest)}` })];
        }),
      ),
      s("g", { class: "outline" }, ...silhouette()),
    ),
    ...regions.flatMap((r) => {
      const zone = ZONES[r.part];
      return zone === undefined ? [] : label(r, zone, middle);
    }),
  );
}

/** Regions by observable, in the order of the report. */
export function byObservable(regions: Region[]): Region[][] {
  const found = new Map<string, Region[]>();
  for (const region of regions) {
    found.set(region.observable, [...(found.get(region.observable) ?? []), region]);
  }
  return [...found.values()];
}
