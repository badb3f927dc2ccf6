/* SPDX-License-Identifier: Apache-2.0 */
/* Puts data into a page as src/report/html.c does, so that the page can be tested without the C side. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The page for a text of JSON, with report.js and report.css from a folder. */
export function pageOf(data, folder) {
  const css = readFileSync(join(folder, "report.css"), "utf8");
  const js = readFileSync(join(folder, "report.js"), "utf8");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Test of the page</title>
<style>
${css}</style>
</head>
<body>
<main id="report"></main>
<script type="application/json" id="data">${data.replaceAll("<", "\\u003c")}</script>
<script>
${js}</script>
</body>
</html>
`;
}
