/* SPDX-License-Identifier: Apache-2.0 */
/* Bundles the page into report.js and report.css; usage: node build.mjs [--outdir DIR]. Not a server. */
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isAbsolute, join, resolve } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Where the two files go: --outdir DIR or --outdir=DIR, else ../build/web. */
export function outputDirectory(args) {
  const at = args.findIndex((arg) => arg === "--outdir" || arg.startsWith("--outdir="));
  if (at < 0) {
    return join(here, "..", "build", "web");
  }
  const dir = args[at].includes("=") ? args[at].slice("--outdir=".length) : args[at + 1];
  if (!dir) {
    throw new Error("--outdir wants a directory");
  }
  return isAbsolute(dir) ? dir : resolve(process.cwd(), dir);
}

/** Copyright lines and licence texts of the packages that are inside the bundle, each text once. */
function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) {
      packages.add(match[1]);
    }
  }
  const holders = new Map();
  for (const name of [...packages].sort()) {
    const dir = join(here, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const file = readdirSync(dir).find((f) => /^licen[cs]e/i.test(f));
    if (!file) {
      throw new Error(`${name} comes without a licence text: it cannot be bundled`);
    }
    const text = readFileSync(join(dir, file), "utf8").replaceAll("*/", "* /");
    const isHolder = (line) => /^\s*copyright .*\d{4}/i.test(line);
    const lines = text.split(/\r?\n/);
    const body = lines.filter((line) => !isHolder(line)).join(" ").replace(/\s+/g, " ").trim();
    const said = `${name} ${version}: ${lines.filter(isHolder).map((line) => line.trim()).join("; ")}`;
    holders.set(body, [...(holders.get(body) ?? []), said]);
  }
  return [...holders].map(([body, names]) => `/*! ${names.join("\n")}\n${body} */`).join("\n");
}

export async function buildPage(outdir) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: { report: "src/main.ts" },
    outdir,
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    target: ["chrome109", "firefox115", "safari16"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const script = join(outdir, "report.js");
  const kept = Object.entries(result.metafile.outputs)
    .filter(([name]) => name.endsWith(".js"))
    .flatMap(([, output]) => Object.entries(output.inputs))
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([name]) => name);
  writeFileSync(script, `${licences(kept)}\n${readFileSync(script, "utf8")}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildPage(outputDirectory(process.argv.slice(2)));
}
