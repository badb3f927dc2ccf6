/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens report pages in Chromium and looks at them as a reader would: are tables and charts there, does
 * anything overlap, overflow, load or fail? Exit 0 well, 1 not, 77 when there is no Chromium.
 *
 *   node tests/web/page.mjs [--web DIR]     the sample in all its shapes; DIR holds report.js and report.css
 *   node tests/web/page.mjs --page FILE     a page that tactus wrote
 */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, findChromium } from "./browser.mjs";

const SKIP = 77;
const WIDTHS = [1280, 800, 390];
const web = (path) => new URL(`../../web/${path}`, import.meta.url);

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? null : resolve(process.argv[at + 1]);
}

/* What runs inside the page. */

/** Texts inside one drawing that lie on each other, and texts that leave the window. */
function textsInTheWay() {
  const found = [];
  const isHidden = (svg) => (svg.closest("thead")?.clientWidth ?? 100) <= 1;
  for (const svg of [...document.querySelectorAll("main svg")].filter((e) => !isHidden(e))) {
    const texts = [...svg.querySelectorAll("text")]
      .filter((t) => t.textContent.trim() !== "" && t.closest("[aria-label=tip]") === null)
      .map((t) => ({ text: t.textContent, box: t.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    texts.forEach((a, i) => {
      if (a.box.left < -0.5 || a.box.right > document.documentElement.clientWidth + 0.5) {
        found.push(`'${a.text}' leaves the window`);
      }
      for (const b of texts.slice(i + 1)) {
        const dx = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const dy = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (dx > 1 && dy > 3) {
          found.push(`'${a.text}' lies on '${b.text}'`);
        }
      }
    });
  }
  return found;
}

/** Words whose contrast with their ground is below 4.5 to 1 (WCAG 2.2, AA). */
function faintTexts() {
  const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) =>
    [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) {
        return colour;
      }
    }
    return [255, 255, 255];
  };
  const found = new Set();
  for (const element of document.querySelectorAll("main *")) {
    const hasText = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim() !== "");
    if (!hasText || element.closest("style, .unseen") || element.getClientRects().length === 0) {
      continue;
    }
    const style = getComputedStyle(element);
    const colour = rgb(element instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [light(colour), light(ground(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (colour.length >= 3 && contrast < 4.5) {
      found.add(`'${element.textContent.slice(0, 40)}' ${contrast.toFixed(2)}`);
    }
  }
  return [...found];
}

function counts() {
  const n = (selector) => document.querySelectorAll(selector).length;
  return {
    title: document.querySelector("h1")?.textContent,
    answer: document.querySelector(".answer")?.textContent ?? "",
    rows: n("table.summary tbody tr, table.values tbody tr"),
    forests: n("svg.forest"),
    bodies: n("svg.body:not(.regions)"),
    maps: n("svg.regions"),
    charts: n(".chart svg[role=img]"),
    unnamed: [...document.querySelectorAll("svg[role=img]")].filter((e) => (e.getAttribute("aria-label") ?? "").length < 10).length,
    vessels: n("#vessel"),
    claims: n("article.claim"),
    assumed: n("table.assumed tbody tr"),
    foreign: n("main img, main iframe, main script, main h1 b"),
    lost: [...document.querySelectorAll("a[href^='#']")].filter((a) => !document.getElementById(a.getAttribute("href").slice(1))).length,
    twice: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i),
    scrollWidth: Number(document.documentElement.dataset.scrollWidth),
    clientWidth: Number(document.documentElement.dataset.clientWidth),
  };
}

const call = (browser, f) => browser.ask(`(${f})()`);

/* What is expected of every page, and of each shape. */

async function looksRight(browser, path, width, scheme) {
  await browser.open(path, { width, scheme });
  const seen = await call(browser, counts);
  assert.deepEqual(browser.problems, [], "the page reports problems");
  const others = browser.requests.filter((url) => url !== pathToFileURL(path).href && !url.startsWith("data:"));
  assert.deepEqual(others, [], "the page loads something");
  assert.equal(seen.clientWidth, width, "the window has another width than was asked for");
  assert.ok(seen.scrollWidth <= width, `the page is ${seen.scrollWidth} px wide in a window of ${width}`);
  assert.equal(seen.unnamed, 0, "a picture has no words for those who do not see it");
  assert.equal(seen.foreign, 0, "text of the data became markup");
  assert.equal(seen.lost, 0, "a link leads nowhere");
  assert.deepEqual(seen.twice, [], "an id stands twice");
  assert.deepEqual(await call(browser, textsInTheWay), [], "texts are in each other's way");
  assert.deepEqual(await call(browser, faintTexts), [], "words are too faint");
  return seen;
}

/** The search among the assumptions, the tip of a chart, and drawing anew in another width. */
async function answersToItsReader(browser, path) {
  await browser.open(path, { width: 1280 });
  const shown = await browser.ask(`(() => {
    document.querySelector("details").open = true;
    const input = document.querySelector("#assumed-search");
    input.value = "touch two";
    input.dispatchEvent(new Event("input"));
    const rows = [...document.querySelectorAll("table.assumed tbody tr")].filter((r) => r.getClientRects().length > 0);
    return rows.map((r) => r.querySelector("code").textContent);
  })()`);
  assert.ok(shown.length > 0 && shown.every((id) => id.startsWith("touch.gain_two")), `the search shows ${shown}`);

  const chart = `document.querySelector(".chart svg")`;
  const at = await browser.ask(`(() => { ${chart}.scrollIntoView({ block: "center" });
    const b = ${chart}.getBoundingClientRect(); return { x: b.x + b.width / 2, y: b.y + b.height / 2 }; })()`);
  await browser.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...at });
  const tip = await browser.ask(`new Promise((r) => setTimeout(() => r(${chart}.querySelector("[aria-label=tip]")?.textContent ?? ""), 300))`);
  assert.match(tip, /week.*with.*nmol\/L.*without.*nmol\/L/s, "the tip of a chart names the time, both arms and the unit");

  const before = await browser.ask(`${chart}.getBoundingClientRect().width`);
  await browser.send("Emulation.setDeviceMetricsOverride", { width: 390, height: 900, deviceScaleFactor: 1, mobile: true });
  const after = await browser.ask(`new Promise((r) => setTimeout(() => r(${chart}.getBoundingClientRect().width), 500))`);
  assert.ok(after < before && after <= 390, `a chart of ${before} px is ${after} px wide in a window of 390`);
}

/** The sample in its shapes, each with what its page must hold. */
async function shapes() {
  const { sample } = await import(web("test/sample.mjs").href);
  const variants = await import(web("test/variants.mjs").href);
  const n = sample.summary.length;
  return [
    ["sample", sample, { rows: n, forests: n, bodies: 1, maps: 3, charts: 2 * n + 3, vessels: 1, claims: 4, assumed: 42, title: sample.title }, /falls by.*No clear change/s],
    ["several", variants.severalProgrammes(sample), { rows: 3 * n, forests: 3 * n, bodies: 1, maps: 3, charts: 2 * n + 3, vessels: 1 }, /every Wednesday.*every evening.*light touch/s],
    ["one", variants.oneLife(sample), { rows: n, forests: 0, bodies: 0, maps: 3, charts: 2 * n, vessels: 0 }, /no programme was compared/],
    ["gaps", variants.gaps(sample), { rows: 1, forests: 0, bodies: 0, maps: 0, charts: 1, title: "</script><b>gaps</b>" }, /Nothing was compared/],
    ["course", variants.course(), { rows: 4, forests: 0, bodies: 0, maps: 0, charts: 4, claims: 0, title: "</script><b>any model</b>" }, /^$/],
    ["nothing", variants.nothing(), { rows: 0, forests: 0, bodies: 0, maps: 0, charts: 0, claims: 0 }, /no programme/],
  ];
}

async function testShapes(browser, folder, work) {
  const { pageOf } = await import(web("test/shell.mjs").href);
  for (const [name, data, expected, answer] of await shapes()) {
    const path = join(work, `${name}.html`);
    writeFileSync(path, pageOf(JSON.stringify(data), folder));
    for (const width of WIDTHS) {
      for (const scheme of ["light", "dark"]) {
        const seen = await looksRight(browser, path, width, scheme);
        for (const [key, value] of Object.entries(expected)) {
          assert.equal(seen[key], value, `${name} at ${width} px: ${key}`);
        }
        assert.match(seen.answer, answer, `${name}: the answer at the top`);
      }
    }
    console.log(`ok ${name}`);
  }
  await answersToItsReader(browser, join(work, "sample.html"));
  console.log("ok search, tip, new width");
  const broken = join(work, "broken.html");
  writeFileSync(broken, pageOf("{ this is no JSON", folder));
  await browser.open(broken, { width: 800 });
  assert.match(await browser.ask(`document.querySelector("main").textContent`), /cannot be read.*summary\.json/s);
  console.log("ok broken data");
}

async function testPage(browser, path) {
  for (const width of WIDTHS) {
    for (const scheme of ["light", "dark"]) {
      const seen = await looksRight(browser, path, width, scheme);
      assert.ok(seen.rows > 0 && seen.charts > 0, "the page holds a table and charts");
    }
  }
  console.log(`ok ${path}`);
}

/** A folder with report.js and report.css: the one that was given, or a new one. */
async function builtPage(work) {
  const given = option("--web");
  if (given) {
    return given;
  }
  const { buildPage } = await import(web("build.mjs").href);
  await buildPage(work);
  return work;
}

const program = findChromium();
if (!program) {
  console.log("skipped: no Chromium");
  process.exit(SKIP);
}
if (!option("--web") && !option("--page") && !existsSync(web("node_modules/esbuild"))) {
  console.log("skipped: neither --web DIR nor web/node_modules");
  process.exit(SKIP);
}
const work = mkdtempSync(join(tmpdir(), "tactus-page-"));
const browser = new Browser(program);
try {
  if (option("--page")) {
    await testPage(browser, option("--page"));
  } else {
    await testShapes(browser, await builtPage(work), work);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
