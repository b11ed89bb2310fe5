// Scales and axes: quiet gridlines, few ticks, the unit on the last tick.
import { d3 } from "./d3.js";
import { svg } from "./dom.js";
import { round, textWidth, words } from "./text.js";
import { bare, say } from "./words.js";

const DAYS = [
  [0, "Start", "0"],
  [2520, "10 years", "10y"],
  [252, "1 year", "1y"],
  [21, "1 month", "1m"],
  [5, "1 week", "1w"],
  [1260, "5 years", "5y"],
  [5040, "20 years", "20y"],
  [7560, "30 years", "30y"],
  [63, "3 months", "3m"],
  [504, "2 years", "2y"],
  [126, "6 months", "6m"],
  [1, "1 day", "1d"],
]; // the most telling first: day, word, short word

export const TICK = 12; // size of the words at an axis [pixels]

// Places that are names, counted from 0: each is as wide as the next.
const isNamed = (axis) => axis.kind === "number" && axis.words && !axis.unit;

// The horizontal scale: days by their cube root, so that a week and ten years are both seen.
export function along(axis, reach) {
  const beyond = isNamed(axis) ? 0.5 : 0;
  const ends = [axis.values[0] - beyond, axis.values.at(-1) + beyond];
  if (axis.kind === "days") return d3.scalePow().exponent(1 / 3).domain(ends).range(reach);
  if (axis.kind === "log") return d3.scaleLog().domain(ends).range(reach);
  return d3.scaleLinear().domain(ends).range(reach);
}

export function linear(numbers, { zero = true, ticks = 5, fixed = null } = {}) {
  const known = numbers.filter((one) => one !== null && Number.isFinite(one));
  if (zero || !known.length) known.push(0);
  let [low, high] = fixed ?? d3.extent(known);
  if (low === high) high = low + 1;
  const scale = d3.scaleLinear().domain([low, high]);
  return fixed ? scale : scale.nice(2 * ticks);
}

const places = (scale, count) => {
  const [first, second] = scale.ticks(count);
  const step = second === undefined ? 1 : second - first;
  return Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
};

// Words of the ticks of a value axis; the last one bears the unit.
export function tickWords(scale, unit, count) {
  const decimals = places(scale, count);
  const plain = { before: unit.before, signed: false };
  const ticks = scale.ticks(count);
  return ticks.map((at, index) => {
    const last = index === ticks.length - 1;
    return [at, last ? say(at, { ...plain, after: unit.after }, decimals) : say(at, plain, decimals)];
  });
}

export const tickRoom = (ticks) => Math.max(...ticks.map(([, word]) => textWidth(word, TICK))) + 8;

// Gridlines across the picture with their numbers at the left.
export function valueAxis(group, scale, ticks, [left, right]) {
  for (const [at, word] of ticks) {
    const y = round(scale(at));
    group.append(
      svg("line", { class: at === 0 ? "zero" : "grid", x1: left, x2: right, y1: y, y2: y }),
      words(left - 8, y + 4, word, { class: "tick", "text-anchor": "end", "data-tick": at }),
    );
  }
}

// Ticks of the horizontal axis: days thinned until their words stand apart, numbers evenly.
export function alongAxis(group, axis, scale, bottom, { narrow, grid = 0 } = {}) {
  let ticks = [];
  for (let count = narrow ? 4 : 7; count > 1; count -= 1) {
    const wanted = candidates(axis, scale, count, narrow);
    ticks = apart(wanted, scale);
    if (axis.kind === "days" || ticks.length === wanted.length) break;
  }
  for (const { at, word, x, anchor } of ticks) {
    group.append(
      svg("line", { class: grid ? "grid" : "mark", x1: round(x), x2: round(x), y1: bottom - grid, y2: bottom + 4 }),
      words(x, bottom + 17, word, { class: "tick", "text-anchor": anchor, "data-tick": at }),
    );
  }
}

// Ticks whose words stand apart, the first before all others.
function apart(wanted, scale) {
  const taken = [];
  const [start, end] = scale.range();
  for (const [at, word] of wanted) {
    const x = scale(at);
    const width = textWidth(word, TICK);
    const anchor = x - width / 2 < start - 6 ? "start" : x + width / 2 > end + 8 ? "end" : "middle";
    const from = x - { start: 0, middle: width / 2, end: width }[anchor];
    const meets = (one) => from < one.to + 10 && one.from < from + width + 10;
    if (!taken.some(meets)) taken.push({ at, word, x, anchor, from, to: from + width });
  }
  return taken;
}

function candidates(axis, scale, count, narrow) {
  const [first, last] = scale.domain();
  if (axis.kind === "days") {
    return DAYS.filter(([day]) => day >= first && day <= last).map(([day, long, short]) => [day, narrow ? short : long]);
  }
  if (isNamed(axis)) return axis.values.map((at, index) => [at, axis.words[index]]);
  if (axis.words && axis.kind === "years") {
    return scale.ticks(count + 1).filter(Number.isInteger).map((at) => [at, String(at)]);
  }
  if (!axis.unit) return scale.ticks(count).map((at) => [at, bare(at, { decimals: 0 })]);
  const ticks = tickWords(scale, axis.unit, count);
  return [ticks.at(-1), ...ticks.slice(0, -1)]; // the one with the unit before all others
}
