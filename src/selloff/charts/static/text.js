// Widths of text, lines that fit, and a free place for each label.
import { svg } from "./dom.js";

export const FAMILY =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const widths = new Map();
let context = null;
let asked = "";

export function textWidth(text, size = 12, weight = 400) {
  const key = `${weight} ${size} ${text}`;
  if (!widths.has(key)) {
    context ??= document.createElement("canvas").getContext("2d");
    const font = `${weight} ${size}px ${FAMILY}`;
    if (font !== asked) context.font = asked = font; // to set it is slow
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

export function wrap(text, room, size = 12, weight = 400) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, weight) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export function shortened(text, room, size = 12) {
  let kept = text;
  while (textWidth(kept, size) > room && kept.length > 2) kept = `${kept.slice(0, -2).trimEnd()}…`;
  return kept;
}

export function words(x, y, text, attributes = {}) {
  return svg("text", { x: round(x), y: round(y), ...attributes }, text);
}

export const round = (number) => Math.round(number * 10) / 10;

// What is taken of the picture: boxes that no label may cover, and lines it had better not.
export class Room {
  constructor(left, top, right, bottom) {
    Object.assign(this, { left, top, right, bottom, boxes: [], lines: [] });
  }

  block(x, y, width, height) {
    this.boxes.push({ x, y, width, height });
  }

  // A line as y over increasing x.
  trace(xs, ys) {
    this.lines.push({ xs, ys });
  }

  // The cheapest of the places {x, y, cost} for a box, or null where all of them cover something.
  place(width, height, places) {
    let best = null;
    for (const one of places) {
      const box = { x: one.x, y: one.y, width, height };
      if (!this.holds(box) || this.boxes.some((other) => covers(other, box))) continue;
      const crossed = this.lines.filter((each) => crosses(each, box)).length;
      const cost = 10 * crossed + (one.cost ?? 0);
      if (best === null || cost < best.cost) best = { ...one, cost };
    }
    if (best) this.block(best.x, best.y, width, height);
    return best;
  }

  holds({ x, y, width, height }) {
    const inside = x >= this.left - 0.5 && x + width <= this.right + 0.5;
    return inside && y >= this.top - 0.5 && y + height <= this.bottom + 0.5;
  }
}

const covers = (one, other) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

function crosses({ xs, ys }, box) {
  for (let step = 0; step <= 6; step += 1) {
    const y = heightAt(xs, ys, box.x + (box.width * step) / 6);
    if (y !== null && y > box.y && y < box.y + box.height) return true;
  }
  return false;
}

export function heightAt(xs, ys, x) {
  let low = 0;
  let high = xs.length - 1;
  if (x < xs[low] || x > xs[high]) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle] <= x) low = middle;
    else high = middle;
  }
  const part = xs[high] === xs[low] ? 0 : (x - xs[low]) / (xs[high] - xs[low]);
  return ys[low] + part * (ys[high] - ys[low]);
}
