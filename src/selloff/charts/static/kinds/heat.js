// Changes of a curve over time: one row a maturity, one colour a class.
import { TICK, along, alongAxis } from "../axes.js";
import { classes } from "../classes.js";
import { svg } from "../dom.js";
import { drawStrip } from "../key.js";
import { nearest } from "../probe.js";
import { round, textWidth, words } from "../text.js";
import { say, xWords } from "../words.js";

const ROW = 26;

function draw(stage) {
  const { spec, narrow, width } = stage;
  const left = 10 + Math.max(...spec.rows.map((one) => textWidth(one.name, TICK)));
  const bottom = ROW * spec.rows.length;
  const x = along(spec.x, [left, width - 10]);
  const xs = spec.x.values.map(x);
  const scale = classes(spec.rows.flatMap((one) => one.values), spec.unit);
  const above = drawStrip(stage.top, scale, width, null);
  const [start, end] = x.range();
  const edges = xs.map((at, index) => (index ? (at + xs[index - 1]) / 2 : start)).concat(end);
  const cells = new Map();
  spec.rows.forEach((row, index) => {
    const y = index * ROW;
    stage.add(words(left - 8, y + ROW / 2 + 4, row.name, { class: "tick", "text-anchor": "end" }));
    for (const [from, to, name] of runs(row.values, scale)) {
      const box = `M${round(edges[from])} ${y}H${round(edges[to])}v${ROW}H${round(edges[from])}z`;
      cells.set(name, (cells.get(name) ?? "") + box);
    }
  });
  for (const [name, d] of cells) stage.add(svg("path", { class: `cell ${name}`, "data-class": name, d }));
  for (let row = 1; row < spec.rows.length; row += 1) stage.add(svg("path", { class: "gap", d: `M${left} ${row * ROW}H${width - 10}` }));
  alongAxis(stage.body, spec.x, x, bottom, { narrow });
  return { height: bottom + 26, above, probe: probeOf(spec, xs, scale, bottom) };
}

// Neighbours of one class in one stretch: from, to, name.
function runs(values, scale) {
  const found = [];
  values.forEach((value, at) => {
    const name = value === null ? "missing" : scale.name(scale.of(value));
    if (found.length && found.at(-1)[2] === name) found.at(-1)[1] = at + 1;
    else found.push([at, at + 1, name]);
  });
  return found;
}

function probeOf(spec, xs, scale, bottom) {
  const stop = (at) => {
    const lines = spec.rows.map((row) => ({ name: row.name, words: say(row.values[at], spec.unit), tone: row.values[at] === null ? "missing" : scale.name(scale.of(row.values[at])) }));
    const guide = svg("line", { class: "guide", x1: round(xs[at]), x2: round(xs[at]), y1: 0, y2: bottom });
    return { x: xs[at], y: bottom / 2, heading: xWords(spec.x, at), lines, marks: [guide] };
  };
  return { count: xs.length, start: 0, find: (x) => nearest(xs, x), stop };
}

function table({ x, rows, unit }) {
  const head = [{ name: x.title }, ...rows.map(({ name }) => ({ name, unit }))];
  return { head, rows: x.values.map((value, at) => [x.words?.[at] ?? value, ...rows.map((one) => one.values[at])]) };
}

export const heat = { draw, table };
