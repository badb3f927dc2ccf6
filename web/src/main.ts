/* SPDX-License-Identifier: Apache-2.0 */
/* Puts the page together from the data that stands in it; fetches nothing. */
import "./report.css";
import { courseParts, readCourse } from "./course";
import { readReport } from "./data";
import { h } from "./dom";
import { ledgerParts, readLedger } from "./ledger";
import * as sections from "./sections";
import { together } from "./together";
import { vessel } from "./vessel";

/** The parts that there is something to say in, in the order of reading. */
function parts(text: string): HTMLElement[] {
  const ledger = readLedger(text);
  if (ledger) {
    return ledgerParts(ledger);
  }
  const course = readCourse(text);
  if (course) {
    return courseParts(course);
  }
  const report = readReport(text);
  const made = [
    sections.header(report),
    sections.answers(report),
    sections.summary(report),
    together(report),
    sections.body(report),
    sections.regions(report),
    sections.courses(report),
    vessel(report),
    sections.claims(report),
    sections.assumed(report),
    sections.notes(report),
    sections.made(report),
  ];
  return made.filter((part): part is HTMLElement => part !== null);
}

/** What a test of the page asks for: whether it is drawn, and whether it is wider than its window. */
function reportSize(): void {
  const root = document.documentElement;
  const wide = document.scrollingElement ?? root;
  root.dataset["scrollWidth"] = String(wide.scrollWidth);
  root.dataset["clientWidth"] = String(wide.clientWidth);
  root.dataset["drawn"] = "yes";
}

function start(): void {
  const main = document.getElementById("report");
  const data = document.getElementById("data");
  if (!main || !data) {
    return;
  }
  try {
    main.replaceChildren(...parts(data.textContent ?? ""));
  } catch (error) {
    main.replaceChildren(
      h("p", { class: "broken" }, `The data of this page cannot be read (${String(error)}). The same numbers stand in summary.json beside it.`),
    );
    throw error;
  }
  /* On paper nothing can be opened. */
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => (details.open = true));
  });
  requestAnimationFrame(() => requestAnimationFrame(reportSize));
}

start();
