// Who holds it over time: areas on top of each other, those below zero under it.
import { along, alongAxis, linear, tickRoom, tickWords, valueAxis } from "../axes.js";
import { d3 } from "../d3.js";
import { svg } from "../dom.js";
import { nearest } from "../probe.js";
import { heightAt, round, textWidth, words } from "../text.js";
import { say, xWords } from "../words.js";

const LABEL = 12.5;
const TALL = 18;

function draw(stage) {
  const { spec, height, narrow, width } = stage;
  const layers = stacked(spec);
  const y = linear(layers.flat(3), { ticks: 6, fixed: spec.domain }).range([height, 0]);
  const ticks = tickWords(y, spec.unit, 6);
  const [left, right] = [tickRoom(ticks), width - 10];
  const x = along(spec.x, [left, right]);
  const xs = spec.x.values.map(x);
  valueAxis(stage.body, y, ticks, [left, right]);
  alongAxis(stage.body, spec.x, x, height, { narrow });
  stage.within([left, 0, right, height], spec.domain);
  const area = d3.area((_, at) => xs[at], (one) => y(one[0]), (one) => y(one[1])).digits(2);
  const key = [];
  spec.parts.forEach((part, at) => {
    const tone = toneOf(part, at);
    const sides = layers[at].filter((one) => one.some(([from, to]) => from !== to));
    for (const side of sides) stage.add(svg("path", { class: `area ${tone}`, "data-series": part.name, d: area(side) }));
    const spot = sides.map((one) => widest(xs, one, y, textWidth(part.name, LABEL, 600) + 8)).find(Boolean);
    if (spot) stage.add(words(...spot, part.name, { class: `on ${tone}`, "text-anchor": "middle" }));
    else key.push({ shape: "area", tone, label: part.name });
  });
  stage.within(null);
  stage.add(svg("line", { class: "zero", x1: left, x2: right, y1: round(y(0)), y2: round(y(0)) }));
  return { height: height + 26, key, domain: y.domain(), probe: probeOf(spec, xs, layers, y, height) };
}

const toneOf = (part, at) => `tone-${part.tone ?? at + 1}`;

// Each part twice: what is above zero on top of those before it, what is below zero under them.
function stacked({ parts, x }) {
  const tops = x.values.map(() => 0);
  const feet = x.values.map(() => 0);
  const pile = (sums, values) => values.map((value, at) => [sums[at], (sums[at] += value)]);
  return parts.map(({ values }) => [
    pile(tops, values.map((one) => Math.max(0, one ?? 0))),
    pile(feet, values.map((one) => Math.min(0, one ?? 0))),
  ]);
}

// Where an area holds its name: the place at which it is thickest over the width of the words.
function widest(xs, layer, y, wide) {
  const [tops, feet] = [layer.map((one) => Math.min(y(one[0]), y(one[1]))), layer.map((one) => Math.max(y(one[0]), y(one[1])))];
  let best = null;
  xs.forEach((middle) => {
    const corners = [0, 0.25, 0.5, 0.75, 1].map((part) => middle + (part - 0.5) * wide);
    const top = Math.max(...corners.map((each) => heightAt(xs, tops, each) ?? Infinity));
    const foot = Math.min(...corners.map((each) => heightAt(xs, feet, each) ?? -Infinity));
    if (foot - top >= TALL && foot - top > (best?.thick ?? 0)) best = { thick: foot - top, spot: [middle, (top + foot) / 2 + 4.5] };
  });
  return best?.spot;
}

function probeOf(spec, xs, layers, y, height) {
  const stop = (at) => {
    const parts = spec.parts.map((part, index) => ({ name: part.name, words: say(part.values[at], spec.unit), tone: toneOf(part, index) }));
    const total = spec.parts.reduce((sum, part) => sum + (part.values[at] ?? 0), 0);
    const lines = [...parts.reverse(), { name: spec.total, words: say(total, spec.unit) }];
    const guide = svg("line", { class: "guide", x1: round(xs[at]), x2: round(xs[at]), y1: 0, y2: height });
    return { x: xs[at], y: height / 3, heading: xWords(spec.x, at), lines, marks: [guide] };
  };
  return { count: xs.length, start: 0, find: (x) => nearest(xs, x), stop };
}

function table({ x, parts, unit }) {
  const head = [{ name: x.title }, ...parts.map(({ name }) => ({ name, unit }))];
  return { head, rows: x.values.map((value, at) => [x.words?.[at] ?? value, ...parts.map((one) => one.values[at])]) };
}

export const relay = { draw, table };
