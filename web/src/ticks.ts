/* SPDX-License-Identifier: Apache-2.0 */
/* Where marks, labels and limits of a drawing go: plain numbers in, plain numbers out. */
import type { Interval } from "./data";

/** The smallest round number (1, 1.5, 2 ... 8 times a power of ten) that is not below the value; 1 for 0. */
export function niceAbove(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]) {
    if (step * power >= value * (1 - 1e-9)) {
      return Number((step * power).toPrecision(6));
    }
  }
  return 10 * power;
}

/** Half-width of a common axis around zero. One row that is far wider than most does not squash the rest. */
export function commonLimit(intervals: Interval[]): number {
  const sizes = intervals.map(([a, b]) => Math.max(Math.abs(a), Math.abs(b))).sort((a, b) => a - b);
  const largest = sizes[sizes.length - 1] ?? 0;
  const middle = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0;
  return niceAbove(middle > 0 ? Math.min(largest, 8 * middle) : largest);
}

export interface DayTicks {
  days: number[];
  label: string; /* what the numbers count */
  text: (day: number) => string;
}

/** Marks for a row of days: days for up to two weeks, else weeks, never closer than min_px. */
export function dayTicks(n_day: number, width_px: number, min_px = 34): DayTicks {
  const room = Math.max(2, Math.floor(width_px / min_px));
  const unit = n_day > 14 ? 7 : 1;
  const count = Math.ceil(n_day / unit);
  const step = [1, 2, 4, 8, 13, 26, 52].find((s) => count / s <= room) ?? 104;
  const days: number[] = [];
  for (let i = 0; i < count; i += step) {
    days.push(i * unit);
  }
  return { days, label: unit === 7 ? "week" : "day", text: (day) => String(Math.round(day / unit) + 1) };
}

/** Marks for hours of the clock, never closer than min_px. */
export function hourTicks(from: number, to: number, width_px: number, min_px = 46): number[] {
  const room = Math.max(2, Math.floor(width_px / min_px));
  const step = [1, 2, 3, 4, 6, 12, 24].find((s) => (to - from) / s + 1 <= room) ?? 24;
  const hours: number[] = [];
  for (let h = Math.ceil(from / step) * step; h <= to; h += step) {
    hours.push(h);
  }
  return hours;
}

/**
 * Move places apart, as little as possible and inside [low, high], until each has its own `size`
 * free below it; the order is kept. Where all of them do not fit, they start at low and run over.
 */
export function spread(wanted: number[], sizes: number[], low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const offsets: number[] = [];
  let total = 0;
  for (const i of order) {
    offsets.push(total);
    total += sizes[i] ?? 0;
  }
  /* Blocks of touching labels, each at the mean of what its members want (isotonic regression). */
  const blocks: { sum: number; n: number }[] = [];
  const start = (b: { sum: number; n: number }) => b.sum / b.n;
  order.forEach((i, k) => {
    blocks.push({ sum: wanted[i]! - offsets[k]!, n: 1 });
    while (blocks.length > 1 && start(blocks[blocks.length - 2]!) > start(blocks[blocks.length - 1]!)) {
      const last = blocks.pop()!;
      const before = blocks[blocks.length - 1]!;
      before.sum += last.sum;
      before.n += last.n;
    }
  });
  const placed = [...wanted];
  let k = 0;
  for (const block of blocks) {
    for (let j = 0; j < block.n; j++, k++) {
      const inside = Math.max(Math.min(start(block), high - total), low);
      placed[order[k]!] = inside + offsets[k]!;
    }
  }
  return placed;
}

/** Decimals that tell apart about n marks between two numbers. */
export function tickDecimals(low: number, high: number, n: number): number {
  const step = (high - low) / n;
  return step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) : 0;
}

/**
 * Lowest and highest number of some lists, a little air added; [0, 1] where there is none. Never narrower than
 * `least`: differences that no number beside the picture shows are no picture.
 */
export function extent(lists: (number | null)[][], air = 0.04, least = 2e-9): Interval {
  let low = Infinity;
  let high = -Infinity;
  for (const values of lists) {
    for (const value of values) {
      if (value !== null && Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) {
    return [0, 1];
  }
  const width = high - low;
  const margin = Math.max(width > 0 ? air * width : Math.abs(low) * 0.05, (least - width) / 2);
  const padded = low - margin;
  return [low >= 0 && padded < 0 ? 0 : padded, high + margin];
}
