/* SPDX-License-Identifier: Apache-2.0 */
/* Drives a headless Chromium over its pipe: opens a page, asks it things, takes pictures. No test by itself. */
import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PATIENCE_MS = 60000;

/** The path of a Chromium, or null. */
export function findChromium() {
  for (const dir of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(dir, name), constants.X_OK);
        return join(dir, name);
      } catch {
        /* not here */
      }
    }
  }
  return null;
}

export class Browser {
  #process;
  #profile = mkdtempSync(join(tmpdir(), "tactus-browser-"));
  #n_sent = 0;
  #waiting = new Map();
  #rest = "";
  #session = null;
  problems = []; /* errors and warnings that the page caused since the last open() */
  requests = []; /* addresses that the page asked for since the last open() */

  constructor(program) {
    const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"];
    flags.push("--disable-dev-shm-usage", "--remote-debugging-pipe", `--user-data-dir=${this.#profile}`, "about:blank");
    this.#process = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#process.stdio[4].on("data", (chunk) => this.#read(String(chunk)));
    this.#process.on("exit", () => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error("Chromium ended before it answered"));
      }
      this.#waiting.clear();
    });
  }

  #read(chunk) {
    const messages = (this.#rest + chunk).split("\0");
    this.#rest = messages.pop();
    messages.forEach((text) => this.#hear(JSON.parse(text)));
  }

  #hear(message) {
    if (message.id !== undefined) {
      const { resolve, reject } = this.#waiting.get(message.id) ?? {};
      this.#waiting.delete(message.id);
      if (message.error) {
        reject?.(new Error(message.error.message));
      } else {
        resolve?.(message.result);
      }
    } else if (message.method === "Runtime.exceptionThrown") {
      const details = message.params.exceptionDetails;
      this.problems.push(details.exception?.description ?? details.text);
    } else if (message.method === "Log.entryAdded") {
      this.problems.push(message.params.entry.text);
    } else if (message.method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(message.params.type)) {
      this.problems.push(message.params.args.map((a) => a.value ?? a.description).join(" "));
    } else if (message.method === "Network.requestWillBeSent") {
      this.requests.push(message.params.request.url);
    }
  }

  send(method, params = {}, session = this.#session) {
    const id = ++this.#n_sent;
    const message = session ? { id, method, params, sessionId: session } : { id, method, params };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
      const done = (settle) => (value) => {
        clearTimeout(timer);
        settle(value);
      };
      this.#waiting.set(id, { resolve: done(resolve), reject: done(reject) });
      this.#process.stdio[3].write(`${JSON.stringify(message)}\0`);
    });
  }

  async #attach() {
    if (this.#session) {
      return;
    }
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" }, null);
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true }, null);
    this.#session = sessionId;
    for (const domain of ["Page", "Runtime", "Log", "Network"]) {
      await this.send(`${domain}.enable`);
    }
  }

  /** Open a file in a window of the given width, and wait until the page says that it is drawn. */
  async open(path, { width, height = 900, scheme = "light" }) {
    await this.#attach();
    await this.send("Page.navigate", { url: "about:blank" });
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    this.problems = [];
    this.requests = [];
    await this.send("Page.navigate", { url: pathToFileURL(path).href });
    const until = Date.now() + PATIENCE_MS;
    const isDrawn = `document.documentElement?.dataset.drawn === "yes" || document.querySelector(".broken") !== null`;
    while (!(await this.ask(isDrawn))) {
      if (Date.now() > until) {
        throw new Error(`the page ${path} is not drawn`);
      }
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  /** The value of an expression in the page. */
  async ask(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** A picture of the whole page, or of what a selector finds. */
  async picture(path, selector = "html") {
    const box = await this.ask(
      `(() => { const b = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
        return { x: b.x + scrollX, y: b.y + scrollY, width: b.width, height: b.height, scale: 1 }; })()`,
    );
    const { data } = await this.send("Page.captureScreenshot", { format: "png", clip: box, captureBeyondViewport: true });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  /** The page on paper. */
  async print(path) {
    const { data } = await this.send("Page.printToPDF", { printBackground: false, paperWidth: 8.27, paperHeight: 11.69 });
    writeFileSync(path, Buffer.from(data, "base64"));
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.send("Browser.close", {}, null).catch(() => this.#process.kill());
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
