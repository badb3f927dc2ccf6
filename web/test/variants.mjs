/* SPDX-License-Identifier: Apache-2.0 */
/* The sample in the other shapes that a report can have; invented numbers, as in the sample itself. */

/** The percentages of a row whose change is moved by a shift. */
function percentOf(row, shift) {
  if (row.change_percent === null) {
    return {};
  }
  const by = (100 * shift) / row.without;
  return { change_percent: row.change_percent + by, change_percent_ci95: row.change_percent_ci95.map((x) => x + by) };
}

const copy = (value) => JSON.parse(JSON.stringify(value));

/** Three programmes with long names, each a little stronger than the last. */
export function severalProgrammes(sample) {
  const report = copy(sample);
  const without = report.arms[1];
  report.arms = [
    { id: "weekly", title: "Swedish massage 60 min every Wednesday" },
    { id: "daily", title: "Swedish massage 20 min every evening" },
    { id: "light_touch_every_day", title: "light touch 20 min every evening" },
    without,
  ];
  report.summary = report.arms.slice(0, 3).flatMap((arm, i) =>
    sample.summary.map((row) => {
      const shift = row.change * 0.3 * i;
      return { ...copy(row), arm: arm.id, change: row.change + shift, ci95: row.ci95.map((x) => x + shift), ...percentOf(row, shift), extrapolated: i === 1 };
    }),
  );
  const spread = (arms) => ({ weekly: arms.programme, daily: copy(arms.programme), light_touch_every_day: copy(arms.without), without: arms.without });
  for (const course of report.courses) {
    course.weeks.arms = spread(course.weeks.arms);
    course.session.arms = spread(course.session.arms);
    course.session.spans = [...course.session.spans, { ...course.session.spans[0], arm: "daily" }];
  }
  return report;
}

/** A life without any programme: one arm, no change, nothing on the body. */
export function oneLife(sample) {
  const report = copy(sample);
  report.arms = [{ id: "without", title: "an ordinary life" }];
  const none = { with: null, change: null, ci95: null, change_percent: null, change_percent_ci95: null };
  report.summary = sample.summary.map((row) => ({ ...copy(row), ...none, arm: "without", show: "absolute" }));
  report.body = [];
  report.lymph_vessel = null;
  report.regions = sample.regions.map((region) => ({ ...copy(region), with: null, change: null, ci95: null }));
  for (const course of report.courses) {
    delete course.weeks.arms.programme;
    delete course.session.arms.programme;
    course.session.spans = [];
  }
  return report;
}

/** Only what must be there; gaps in the numbers; a single day; words that look like markup. */
export function gaps(sample) {
  const report = copy(sample);
  const row = { ...report.summary[0], title: "<img src=x onerror=alert(1)>", with: null, change: null, ci95: null, change_percent: null, change_percent_ci95: null };
  const course = report.courses[0];
  course.weeks.day = [0];
  for (const arm of ["programme", "without"]) {
    for (const key of ["mid", "low", "high"]) {
      course.weeks.arms[arm][key] = [null];
      course.session.arms[arm][key][40] = null;
    }
  }
  course.session.spans = [{ arm: "programme", from: 23.5, to: 25, label: "a session over midnight" }, { arm: "programme", from: 30, to: 31, label: "not of this day" }];
  return { title: "</script><b>gaps</b>", arms: report.arms, summary: [row], courses: [course] };
}

/** Nothing at all. */
export function nothing() {
  return {};
}

/** A run of anybody's model: tiny, huge, flat and missing numbers, long names, changes on the way. */
export function course() {
  const t = Array.from({ length: 201 }, (_, i) => i / 20);
  const variable = (id, unit, note, f) => {
    const values = t.map(f);
    const known = values.filter((v) => v !== null);
    return { id, unit, note, start: values[0], end: values[200], low: Math.min(...known), high: Math.max(...known), values };
  };
  return {
    kind: "course",
    title: "</script><b>any model</b>",
    time_unit: "h",
    t,
    variables: [
      variable("tiny", "mol/L", "a trace of it", (x) => 1e-13 * Math.exp(-x)),
      variable("huge", "1", "", (x) => -3e9 * x),
      variable("gaps", "mmol/L", "", (x) => (x > 3 && x < 4 ? null : Math.sin(x))),
      variable("a_module_with_a_long_name__another_one__and_the_thing_that_it_holds", "kg*m^2/s^3", "with words that say at some length what it is", (x) => x * x),
    ],
    still: [{ id: "nothing", unit: "1", note: "", value: 0 }, { id: "constant_of_a_module__with_a_long_name", unit: "1/h", note: "a rate", value: 0.3 }],
    left_out: 7,
    stride: 2,
    changes: [{ t: 2, text: "huge = -3" }, { t: 2.1, text: "tiny + 1e-13" }],
    changes_left_out: 1,
    run: { command: "tactus run any.xml --for 10h", model: "any.xml", seed: 1, rel_tol: 1e-8, abs_tol: 1e-12, functions: "interpreted", version: "0.1.0", model_hash: "0123", seconds: 0.1 },
  };
}
