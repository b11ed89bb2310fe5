// What a kind draws on: groups of one picture, its width, and a stock of names that are free.
import { svg } from "./dom.js";
import { drawKey } from "./key.js";
import { round } from "./text.js";

const NARROW = 520; // below this many pixels a chart takes its narrow form
let made = 0;

export class Stage {
  constructor(spec, width, { outlines, heights } = {}) {
    made += 1;
    Object.assign(this, { spec, width, outlines, heights, narrow: width < NARROW, hatch: `chart-hatch-${made}`, hatchScale: 1 });
    this.top = svg("g", {});
    this.body = svg("g", {});
    this.overlay = svg("g", { class: "overlay" });
  }

  // Height a page asks for, of the wide picture and of the narrow one.
  get asked() {
    return this.narrow ? this.heights?.at(-1) : this.heights?.[0];
  }

  add(...elements) {
    (this.window ?? this.body).append(...elements);
    return elements[0];
  }

  // Cut what follows off at a frame, where the axis is fixed and cannot grow; null ends it.
  within(frame, isFixed) {
    this.window = null;
    if (!frame || !isFixed) return;
    const [left, top, right, bottom] = frame;
    const id = `${this.hatch}-frame`;
    const size = { x: left, y: top, width: Math.max(0, right - left), height: bottom - top };
    this.window = svg("g", { "clip-path": `url(#${id})` });
    this.body.append(svg("clipPath", { id }, svg("rect", size)), this.window);
  }

  // Height of a picture of lines.
  get height() {
    if (this.asked) return this.asked;
    return Math.round(Math.max(230, Math.min(360, this.width * 0.5)));
  }

  // Put the key above the picture; the svg and where the picture begins in it.
  finish({ height, key = [], above = 0 }) {
    const used = above || drawKey(this.top, key, this.width, this.hatch);
    const origin = used ? used + 8 : 6;
    const shifted = { transform: `translate(0,${origin})` };
    const picture = svg("g", shifted, this.body, this.overlay);
    const size = { width: this.width, height: round(origin + height) };
    const root = svg(
      "svg",
      { ...size, viewBox: `0 0 ${size.width} ${size.height}`, "aria-hidden": "true", class: "picture" },
      svg("defs", {}, hatching(this.hatch, 1), hatching(`${this.hatch}-land`, this.hatchScale)),
      this.top,
      picture,
    );
    return { root, origin };
  }
}

const hatching = (id, scale) =>
  svg(
    "pattern",
    { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: `scale(${scale}) rotate(45)` },
    svg("rect", { class: "hatch-ground", width: 5, height: 5 }),
    svg("path", { class: "hatch-line", d: "M0 0V5" }),
  );
