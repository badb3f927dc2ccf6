/* SPDX-License-Identifier: Apache-2.0 */
/* Invented curves in the shape of a report, to test and look at the page with. No result of any model. */

const DAYS = 84;
const SESSION = [18, 19];
const round = (x) => Number(x.toPrecision(5));

/* title, unit, statistic, level, half-width of the band, change in the session, change of the day, daily swing */
const OBSERVABLES = [
  { id: "cortisol", title: "cortisol", unit: "nmol/L", what: "24-h mean", decimals: 0, level: 180, band: 30, dip: -6, day: -0.008, swing: 130, peak: 8.5, part: "adrenal", claim: "C4", show: "percent", rel: 0.018 },
  { id: "heart_rate", title: "heart rate", unit: "1/min", what: "in the session", decimals: 1, level: 70, band: 4, dip: -4, day: -0.004, swing: 8, peak: 14, part: "heart", show: "absolute", abs: 1.1 },
  { id: "rmssd", title: "heart-rate variability (RMSSD)", unit: "ms", what: "in the session", decimals: 1, level: 32, band: 6, dip: 5, day: 0.01, swing: -8, peak: 14, part: "heart", show: "absolute", abs: 2.1 },
  { id: "acth", title: "ACTH", unit: "pg/mL", what: "24-h mean", decimals: 1, level: 22, band: 5, dip: -0.4, day: -0.006, swing: 14, peak: 8, part: "brain", claim: "C4", show: "percent", rel: 0.02 },
  { id: "oxytocin", title: "oxytocin", unit: "1", what: "in the session", decimals: 2, level: 1, band: 0.15, dip: 0.12, day: 0, swing: 0.05, peak: 3, part: "brain", show: "absolute", abs: 0.14 },
  { id: "serotonin_urine", title: "serotonin, urine", unit: "1", what: "24-h mean", decimals: 2, level: 1, band: 0.1, dip: 0, day: 0.0002, swing: 0.02, peak: 12, part: "blood", claim: "C5", show: "percent", rel: 0.004 },
  { id: "map", title: "mean arterial pressure", unit: "mmHg", what: "in the session", decimals: 1, level: 92, band: 6, dip: -1.6, day: -0.003, swing: 9, peak: 15, part: "vessels", show: "absolute", abs: 1.9 },
  { id: "ct_firing", title: "C-tactile afferents", unit: "1", what: "in the session", decimals: 2, level: 0, band: 0.02, dip: 0.62, day: 0, swing: 0, peak: 0, part: "skin", show: "absolute", abs: 0.21 },
];
const GRADES = { C4: ["C", "small, uncertain"], C5: ["D", "none found"] };

/** A smooth wobble that looks like what remains of many members; the same at every call. */
const wobble = (x) => Math.sin(1.7 * x) + 0.6 * Math.sin(3.9 * x + 1) + 0.4 * Math.sin(9.1 * x + 2);

function band(mid, half) {
  return { mid: mid.map(round), low: mid.map((m, i) => round(m - half * (1 + 0.03 * wobble(i / 20)))), high: mid.map((m, i) => round(m + half * (1.1 + 0.03 * wobble(i / 17)))) };
}

function weeks(o, isWith) {
  const mid = [];
  for (let d = 0; d < DAYS; d++) {
    const sinceSession = (d - 2 + 7) % 7;
    const effect = isWith && d >= 2 ? o.level * o.day * (0.5 + 1.5 * Math.exp(-sinceSession / 2)) : 0;
    const weekend = d % 7 > 4 ? -0.01 * o.level : 0;
    mid.push(o.level + weekend + effect + 0.002 * o.level * wobble(d / 30));
  }
  return band(mid, o.band);
}

const CLOCK = [...Array(145).keys()].map((i) => round(i / 6));

function session(o, isWith) {
  const mid = CLOCK.map((t) => {
    const daily = o.level + o.swing * Math.exp(-((((t - o.peak + 36) % 24) - 12) ** 2) / 18) - o.swing / 4;
    const into = t < SESSION[0] ? 0 : t < SESSION[1] ? 1 - Math.exp(-(t - SESSION[0]) * 6) : Math.exp(-(t - SESSION[1]) * 2);
    return daily + (isWith ? o.dip * into : 0);
  });
  return band(mid, o.band);
}

function summary(o) {
  const change = o.show === "percent" ? o.level * o.day : o.dip;
  const half = o.show === "percent" ? o.level * o.rel : o.abs;
  const base = o.show === "percent" ? o.level : o.level + 0.02 * o.level;
  const percent = (x) => (base > 0 ? round((100 * x) / base) : null);
  const [grade, points] = GRADES[o.claim] ?? [null, null];
  return {
    arm: "programme",
    observable: o.id,
    title: o.title,
    unit: o.unit,
    what: o.what,
    without: round(base),
    with: round(base + change),
    change: round(change),
    ci95: [round(change - half), round(change + 0.9 * half)],
    change_percent: percent(change),
    change_percent_ci95: base > 0 ? [percent(change - half), percent(change + 0.9 * half)] : null,
    claim: o.claim ?? null,
    grade,
    points,
    show: o.show,
    decimals: o.decimals,
  };
}

function bodyChange(o) {
  const row = summary(o);
  const value = o.show === "percent" ? row.change_percent : row.change;
  const text = `${value > 0 ? "+" : ""}${value.toFixed(o.show === "percent" ? 1 : o.decimals)}`;
  const unit = o.show === "percent" ? " %" : o.unit === "1" ? "" : ` ${o.unit}`;
  return { part: o.part, observable: o.id, title: o.title, change: text + unit, direction: Math.sign(value), certain: row.ci95[0] > 0 || row.ci95[1] < 0 };
}

const ASSUMED = ["touch.gain_one", "touch.gain_two", "stress.gain_three", "stress.sample_rate", "autonomic.sample_gain", "clock.sample_delay", "monoamines.sample_share"];
const PARTS = { head: "head", trunk: "trunk", arm_l: "left arm", arm_r: "right arm", thigh_l: "left thigh", thigh_r: "right thigh", calf_l: "left lower leg", calf_r: "right lower leg" };
const REGIONS = [
  { observable: "lymph_flow", title: "lymph flow", what: "in the session", unit: "mL/min", decimals: 2, level: 0.35, changes: [0, -0.01, 0, 0, 0.12, 0.12, 0.31, 0.02] },
  { observable: "skin_temperature", title: "skin temperature", what: "in the session", unit: "degC", decimals: 1, level: 32, changes: [0.1, 0.2, -0.3, -0.2, 1.1, 1.2, 0.8, 0.6] },
  { observable: "muscle_flow", title: "muscle blood flow", what: "in the session", unit: "mL/min", decimals: 0, level: 130, changes: [-1, -8, -2, -2, -5, -5, -1, -1] },
];

/** One row for each part, certain where the change is large. */
function regionRows(o) {
  return Object.entries(PARTS).map(([part, name], i) => {
    const change = o.changes[i];
    const half = 0.4 * Math.max(...o.changes.map(Math.abs));
    return { observable: o.observable, title: o.title, what: o.what, unit: o.unit, part, name, decimals: o.decimals, without: o.level, with: round(o.level + change), change, ci95: [round(change - half), round(change + half)] };
  });
}

/** A vessel that is pressed out every eight seconds. */
function vessel() {
  const t_s = [...Array(241).keys()].map((i) => 420 + i / 4);
  const pulse = (t) => Math.exp(-((((t + 4) % 8) - 4) ** 2));
  const beat = (t) => Math.exp(-(((t - 455) / 3) ** 2));
  const row = { change: 30, ci95: [8, 90], change_percent: 330, change_percent_ci95: [40, 3400] };
  return {
    site: "left lower leg",
    massage: "lymph drainage",
    arm: "programme",
    minutes: 15,
    rows: [
      { id: "outflow", title: "flow out of the vessel", unit: "uL/min", decimals: 1, alone: 9.1, with: 39, ...row },
      { id: "peak_pressure", title: "highest pressure inside", unit: "mmHg", decimals: 0, alone: 31, with: 61, ...row },
    ],
    hand: [
      { id: "hand_pressure", title: "pressure of the hand in the tissue", unit: "mmHg", decimals: 0, value: 24, ci95: [12, 45] },
      { id: "stroke_speed", title: "speed of a stroke", unit: "cm/s", decimals: 1, value: 3, ci95: [3, 3] },
    ],
    imbalance: 4.1e-14,
    model_hash: "0123456789abcdef",
    minute: {
      t_s,
      hand: t_s.map((t) => round(24 * pulse(t))),
      with: { pressure: t_s.map((t) => round(30 * pulse(t) + 20 * beat(t) - 3)), outflow: t_s.map((t) => round(400 * pulse(t - 1))) },
      alone: { pressure: t_s.map((t) => round(30 * beat(t) - 3)), outflow: t_s.map((t) => round(300 * beat(t - 2))) },
    },
    session: { t_s: [0, 300, 600, 900], with: [0, 195, 390, 585], alone: [0, 45, 90, 137] },
  };
}

export const sample = {
  title: "Invented data: an office worker with a weekly massage",
  subtitle: "woman, 42 y · 12 weeks · Swedish massage 60 min every Wednesday, against the same life without it",
  person: { sex: "female", age: 42, height_cm: 168, weight_kg: 71, stress: "high", sleep_h: 6.5, fitness: "average" },
  run: { version: "0.0.0", command: "sample --only for the tests of the page", file: "sample.yaml", seed: 1, members: 64, seconds: 29.4, model_hash: "0123456789abcdef", rel_tol: 1e-5 },
  arms: [
    { id: "programme", title: "Swedish massage 60 min every Wednesday" },
    { id: "without", title: "the same life without it" },
  ],
  summary: OBSERVABLES.map(summary),
  courses: OBSERVABLES.map((o) => ({
    observable: o.id,
    title: o.title,
    unit: o.unit,
    decimals: o.decimals,
    weeks: { day: [...Array(DAYS).keys()], arms: { programme: weeks(o, true), without: weeks(o, false) } },
    session: {
      title: "Wednesday 9 September 2026, the day of the first session",
      clock_h: CLOCK,
      arms: { programme: session(o, true), without: session(o, false) },
      spans: [{ arm: "programme", from: SESSION[0], to: SESSION[1], label: "Swedish massage" }],
    },
  })),
  body: OBSERVABLES.map(bodyChange),
  regions: REGIONS.flatMap(regionRows),
  claims: [
    { id: "C4", claim: "Massage lowers cortisol", grade: "C", points: "small, uncertain", sentence: "A sentence as long as the real ones will be, with the studies it rests on in brackets (AAA01, BBB02), so that the page can be judged by eye.", rows: ["cortisol", "acth"] },
    { id: "C5", claim: "Massage raises serotonin and dopamine", grade: "D", points: "none found", sentence: "Another sentence of the same kind.", rows: ["serotonin_urine"] },
    { id: "C10", claim: "Massage boosts blood flow", grade: "B", points: "muscle against, skin for", sentence: "A third one, to see two columns and a gap.", rows: ["map"] },
    { id: "C12", claim: "Chronic inflammation causes health problems", grade: "A", points: "for, as a pathway", sentence: "A fourth one, to see all grades.", rows: [] },
  ],
  assumed: [...Array(42).keys()].map((i) => ({
    id: `${ASSUMED[i % ASSUMED.length]}_${i + 1}`,
    value: round(0.37 * 10 ** ((i % 9) - 4)),
    unit: ["1", "1/h", "nmol/L/h", "kPa", "cm^2"][i % 5],
    low: round(0.1 * 10 ** ((i % 9) - 4)),
    high: round(2.2 * 10 ** ((i % 9) - 4)),
    basis: "assumed",
    source: i % 3 === 0 ? "someone2001" : "",
    note: "invented for the test of the page; the reason why a range is as wide as it is would stand here",
  })),
  notes: [
    "Every number on this page is invented.",
    "Intervals say what is not known about this one person; they do not say how people differ.",
    "A change of a hormone or of the heart rate is not a change of health.",
  ],
  lymph_vessel: vessel(),
  calendar: [{ title: "Swedish massage, whole body, moderate", when: "Wed 18:00, 60 min" }],
};
