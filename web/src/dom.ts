/* SPDX-License-Identifier: Apache-2.0 */
/* Makes elements; every text goes in as a text node, so that nothing in the data can become markup. */

export type Child = Node | string | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined>;

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  fill(element, attributes, children);
  return element;
}

export function s<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  fill(element, attributes, children);
  return element;
}

/** A part of the page with a heading and an address of its own. */
export function section(id: string, title: string, ...children: Child[]): HTMLElement {
  return h("section", { id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), ...children);
}

/** Draw again whenever the box has another width; the first drawing happens at once. */
export function drawToWidth(box: HTMLElement, draw: (width: number) => Node): void {
  let drawn = -1;
  const redraw = () => {
    const width = Math.floor(box.clientWidth);
    if (width > 0 && width !== drawn) {
      drawn = width;
      box.replaceChildren(draw(width));
    }
  };
  redraw();
  new ResizeObserver(redraw).observe(box);
}

/** A chart under its caption, as wide as there is room. */
export function chartBox(title: string, draw: (width: number) => Element): HTMLElement {
  const box = h("div", { class: "chart-box" });
  drawToWidth(box, draw);
  return h("figure", { class: "chart" }, h("figcaption", {}, title), box);
}

/** Measures texts as the page's font prints them at a height in px; the answer is a width in px. */
export function textMeasure(height_px: number): (text: string, weight: number) => number {
  const canvas = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.documentElement).fontFamily;
  return (text, weight) => {
    if (!canvas) {
      return text.length * height_px * 0.62; /* no canvas: wide letters */
    }
    canvas.font = `${weight} ${height_px}px ${family}`;
    return canvas.measureText(text).width;
  };
}
