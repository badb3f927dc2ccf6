/* SPDX-License-Identifier: Apache-2.0 */
/* Makes pages and pictures of the sample to look at: node test/preview.mjs [DIR [PAGE.html]]. Checks nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Browser, findChromium } from "../../tests/web/browser.mjs";
import { buildPage } from "../build.mjs";
import { sample } from "./sample.mjs";
import { pageOf } from "./shell.mjs";
import * as variants from "./variants.mjs";

const out = resolve(process.argv[2] ?? join(tmpdir(), "tactus-preview"));
const given = process.argv[3];

/** Pages by name: the one that was given, or the sample in all its shapes. */
async function pages() {
  if (given) {
    return { given: resolve(given) };
  }
  await buildPage(out);
  const shapes = { sample, several: variants.severalProgrammes(sample), one: variants.oneLife(sample), gaps: variants.gaps(sample), course: variants.course(), nothing: variants.nothing() };
  const made = {};
  for (const [name, data] of Object.entries(shapes)) {
    made[name] = join(out, `${name}.html`);
    writeFileSync(made[name], pageOf(JSON.stringify(data), out));
  }
  return made;
}

mkdirSync(out, { recursive: true });
const made = await pages();
const program = findChromium();
if (!program) {
  console.log(`pages in ${out}; no Chromium for pictures`);
} else {
  const browser = new Browser(program);
  for (const [name, path] of Object.entries(made)) {
    for (const [width, scheme] of [[1280, "light"], [390, "light"], [1280, "dark"], [800, "light"]]) {
      await browser.open(path, { width, scheme });
      await browser.picture(join(out, `${name}-${width}-${scheme}.png`));
    }
    await browser.print(join(out, `${name}.pdf`));
  }
  await browser.close();
  console.log(`pages and pictures in ${out}`);
}
