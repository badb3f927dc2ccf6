/* SPDX-License-Identifier: Apache-2.0 */
/* The object that the page is given, and how gaps in it are filled; nothing here draws. */

export type Interval = [number, number];

export interface Arm {
  id: string;
  title: string;
  against: string | null; /* the arm that a programme is compared with; null of what only serves as a comparator */
}

/** One programme and one observable: the life without, the life with, and the difference. */
export interface SummaryRow {
  arm: string;
  observable: string;
  title: string;
  unit: string;
  what: string;
  without: number | null;
  with: number | null;
  change: number | null;
  ci95: Interval | null;
  change_percent: number | null;
  change_percent_ci95: Interval | null;
  show: "percent" | "absolute";
  decimals: number;
  claim: string | null;
  grade: string | null;
  points: string | null;
  extrapolated: boolean;
  extrapolated_because?: string | null;
}

/** Middle and 95 % range of one arm, as long as the axis that it belongs to. */
export interface Band {
  mid: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
}

/** Something that fills a part of the day, in hours of the clock. */
export interface Span {
  from: number;
  to: number;
  label: string;
}

export interface Course {
  observable: string;
  title: string;
  unit: string;
  decimals: number;
  weeks: { day: number[]; arms: Record<string, Band> };
  session: { title: string; clock_h: number[]; arms: Record<string, Band>; spans: Span[] };
}

/** What one part of the body has of an observable: without, with, and the difference. */
export interface Region {
  observable: string;
  title: string;
  what: string;
  unit: string;
  part: string;
  name: string;
  decimals: number;
  without: number | null;
  with: number | null;
  change: number | null;
  ci95: Interval | null;
}

export interface BodyChange {
  part: string;
  observable: string;
  title: string;
  change: string;
  direction: number;
  certain: boolean;
}

export interface Claim {
  id: string;
  claim: string;
  grade: string | null;
  points: string;
  sentence: string;
  rows: string[];
}

export interface Assumption {
  id: string;
  value: number | null;
  unit: string;
  low: number | null;
  high: number | null;
  basis: string;
  source: string;
  note: string;
}

/** A measure of one lymph vessel, alone and with the hand on it. */
export interface VesselRow {
  id: string;
  title: string;
  unit: string;
  decimals: number;
  alone: number | null;
  with: number | null;
  change: number | null;
  ci95: Interval | null;
  change_percent: number | null;
  change_percent_ci95: Interval | null;
}

/** What the hand and the place of the vessel are. */
export interface VesselHand {
  id: string;
  title: string;
  unit: string;
  decimals: number;
  value: number | null;
  ci95: Interval | null;
}

export interface VesselCurve {
  pressure: (number | null)[];
  outflow: (number | null)[];
}

/** One lymph vessel under the hand, where the scenario asked for it. */
export interface LymphVessel {
  site: string;
  massage: string;
  arm: string;
  minutes: number;
  rows: VesselRow[];
  hand: VesselHand[];
  imbalance: number;
  model_hash: string;
  minute: { t_s: number[]; hand: (number | null)[]; with: VesselCurve; alone: VesselCurve };
  session: { t_s: number[]; with: (number | null)[]; alone: (number | null)[] };
}

/** What the factors of a scenario change apart (added up) and together. */
export interface TogetherRow {
  observable: string;
  title: string;
  unit: string;
  what: string;
  decimals: number;
  sum_of_parts: number | null;
  sum_of_parts_ci95: Interval | null;
  together: number | null;
  together_ci95: Interval | null;
  more: number | null;
  more_ci95: Interval | null;
}

export interface CalendarEntry {
  title: string;
  when: string;
}

export interface Report {
  title: string;
  subtitle: string;
  person: Record<string, string | number>;
  run: Record<string, string | number | null>;
  arms: Arm[];
  summary: SummaryRow[];
  courses: Course[];
  body: BodyChange[];
  regions: Region[];
  claims: Claim[];
  assumed: Assumption[];
  notes: string[];
  lymph_vessel: LymphVessel | null;
  together: TogetherRow[];
  calendar: CalendarEntry[];
}

/** Read the text of the page's data element; a list or object that is missing is an empty one. */
export function readReport(text: string): Report {
  const raw = JSON.parse(text) as Partial<Report>;
  const last = raw.arms?.[raw.arms.length - 1];
  return {
    title: raw.title ?? "A run of Tactus",
    subtitle: raw.subtitle ?? "",
    person: raw.person ?? {},
    run: raw.run ?? {},
    arms: (raw.arms ?? []).map((arm) => ({ ...arm, against: arm.against === undefined && arm !== last ? last!.id : (arm.against ?? null) })),
    summary: raw.summary ?? [],
    courses: raw.courses ?? [],
    body: raw.body ?? [],
    regions: raw.regions ?? [],
    claims: raw.claims ?? [],
    assumed: raw.assumed ?? [],
    notes: raw.notes ?? [],
    lymph_vessel: raw.lymph_vessel ?? null,
    together: raw.together ?? [],
    calendar: raw.calendar ?? [],
  };
}

/** The arms that are asked about: those that are compared with another. */
export function programmes(report: Report): Arm[] {
  return report.arms.filter((arm) => arm.against !== null);
}

/** The arms that are there to be compared with. */
export function comparators(report: Report): Arm[] {
  return report.arms.filter((arm) => arm.against === null);
}

/** The arm that a programme is compared with. */
export function comparatorOf(report: Report, programme: Arm): Arm | undefined {
  return report.arms.find((arm) => arm.id === programme.against);
}

/** True where programmes are compared with different arms. */
export function differInAgainst(report: Report): boolean {
  return new Set(programmes(report).map((arm) => arm.against)).size > 1;
}

/** A short name of an arm: "with" where only one programme is asked about, "without" of what all are compared with. */
export function shortName(report: Report, arm: Arm): string {
  if (arm.against === null && !differInAgainst(report)) {
    return report.arms.length > 1 ? "without" : "";
  }
  if (programmes(report).length === 1) {
    return "with";
  }
  return arm.id.replace(/_/g, " ");
}

/** The rows of the summary, those of one observable together, in the order of their first one. */
export function rowsByObservable(rows: SummaryRow[]): SummaryRow[][] {
  const groups = new Map<string, SummaryRow[]>();
  for (const row of rows) {
    const group = groups.get(row.observable);
    if (group) {
      group.push(row);
    } else {
      groups.set(row.observable, [row]);
    }
  }
  return [...groups.values()];
}
