// Fans over time: outlined 5-95% and 25-75% bands, medians, records, the ghost of a second run.
// A draft has a 10-90% band with dashed edges.
import { along, alongAxis, linear, tickRoom, tickWords, valueAxis } from "../axes.js";
import { d3 } from "../d3.js";
import { svg } from "../dom.js";
import { nearest } from "../probe.js";
import { quantileCells, quantileHead } from "../table.js";
import { Room, heightAt, round, textWidth, words } from "../text.js";
import { estimate, say, xWords } from "../words.js";

const BANDS = [
  ["p05", "p95", "band"],
  ["p10", "p90", "band draft"],
  ["p25", "p75", "band inner"],
];
const LABEL = 13; // size of a name in the picture [pixels]
const TALL = 17; // room one takes [pixels]

function draw(stage) {
  const { spec, height, narrow, width } = stage;
  const y = linear(reachOf(spec), { fixed: spec.domain, ticks: 6 }).range([height, 0]);
  const ticks = tickWords(y, spec.unit, 6);
  const [left, right] = [tickRoom(ticks), width - 10];
  const x = along(spec.x, [left, right]);
  const xs = spec.x.values.map(x);
  valueAxis(stage.body, y, ticks, [left, right]);
  alongAxis(stage.body, spec.x, x, height, { narrow });
  stage.within([left, 0, right, height], spec.domain);
  drawPaths(stage, xs, y);
  const lines = spec.series.map((one, at) => drawSeries(stage, one, tone(one, at), xs, y));
  stage.within(null);
  const room = new Room(left + 2, 0, right, height - 2);
  lines.forEach((ys) => room.trace(xs, ys));
  const key = [
    ...records(stage, room, y, [left, right]),
    ...marks(stage, room, x, y),
    ...names(stage, room, lines, xs, y),
  ];
  return { height: height + 26, key, domain: y.domain(), probe: probeOf(spec, xs, y, height) };
}

const tone = (one, at) => (one.ghost ? "tone-ghost" : `tone-${at + 1}`);

const reachOf = (spec) => [
  ...spec.series.flatMap((one) => [...(one.p05 ?? one.p10 ?? one.p50), ...(one.p95 ?? one.p90 ?? one.p50)]),
  ...(spec.paths ?? []).flat(),
  ...(spec.records ?? []).map((one) => one.y),
  ...(spec.marks ?? []).map((one) => one.y),
];

// Single runs, thin and behind all else.
function drawPaths(stage, xs, y) {
  for (const values of stage.spec.paths ?? []) {
    const line = d3.line((_, at) => xs[at], (_, at) => y(values[at])).defined((_, at) => values[at] !== null);
    stage.add(svg("path", { class: "line path tone-1", d: line.digits(1)(xs) }));
  }
}

function drawSeries(stage, one, name, xs, y) {
  const known = (part) => (_, at) => one[part][at] !== null;
  for (const [low, high, look] of BANDS) {
    if (!one[low]) continue;
    const area = d3.area((_, at) => xs[at], (_, at) => y(one[low][at]), (_, at) => y(one[high][at]));
    stage.add(svg("path", { class: `${look} edge ${name}`, "data-series": one.name, "data-part": low + high, d: area.defined(known(low)).digits(2)(xs) }));
  }
  const line = d3.line((_, at) => xs[at], (_, at) => y(one.p50[at]));
  stage.add(svg("path", { class: `line ${name}`, "data-series": one.name, "data-part": "p50", d: line.defined(known("p50")).digits(2)(xs) }));
  return one.p50.map((value) => (value === null ? NaN : y(value)));
}

// Records as dashed lines, each named above or below itself where there is room.
function records(stage, room, y, [left, right]) {
  for (const { y: value, label } of stage.spec.records ?? []) {
    const at = round(y(value));
    stage.add(svg("line", { class: "record", x1: left, x2: right, y1: at, y2: at }));
    const wide = textWidth(label, LABEL);
    const spots = [right - wide, (left + right - wide) / 2, left + 4];
    const places = spots.flatMap((x, cost) => [{ x, y: at - TALL - 1, cost }, { x, y: at + 3, cost: cost + 0.5 }]);
    write(stage, room.place(wide, TALL, places), label, "quiet");
  }
  return [];
}

// Points worth a mark, such as the median of the peaks.
function marks(stage, room, x, y) {
  return (stage.spec.marks ?? []).flatMap(({ x: day, y: value, label }) => {
    const [px, py] = [round(x(day)), round(y(value))];
    stage.add(svg("path", { class: "diamond", d: `M${px} ${py - 6}l6 6-6 6-6-6z`, "data-mark": label }));
    room.block(px - 7, py - 7, 14, 14);
    const wide = textWidth(label, LABEL, 600);
    const beside = [{ x: px + 10, y: py - 9 }, { x: px - wide - 10, y: py - 9, cost: 1 }];
    const around = [{ x: px - wide / 2, y: py - 26, cost: 2 }, { x: px + 6, y: py - 26, cost: 1 }, { x: px + 6, y: py + 8, cost: 2 }];
    const spot = room.place(wide, TALL, [...beside, ...around]);
    write(stage, spot, label, "strong");
    return spot ? [] : [{ shape: "line", tone: "tone-ink", label }];
  });
}

// Names beside the medians and inside the bands; what finds no place goes to the key.
function names(stage, room, lines, xs, y) {
  const { series } = stage.spec;
  const alone = series.length === 1;
  const key = [];
  series.forEach((one, at) => {
    const label = alone ? "Median" : one.name;
    const name = tone(one, at);
    if (alone && one.p05) key.push(...bandNames(stage, room, one, name, xs, y));
    const wide = textWidth(label, LABEL, 600);
    const others = lines.filter((each) => each !== lines[at]);
    const spot = room.place(wide, TALL, beside(xs, lines[at], others, wide));
    write(stage, spot, label, name);
    if (!spot) key.push({ shape: "line", tone: name, label });
  });
  return key;
}

// Places along a line, cheapest where other lines are far.
function beside(xs, ys, others, wide) {
  const places = [];
  const span = xs.at(-1) - xs[0];
  for (let part = 0.95; part > 0.05; part -= 0.05) {
    const x = xs[0] + part * span - wide / 2;
    const around = [0, 0.5, 1].map((step) => heightAt(xs, ys, x + step * wide)).filter(Number.isFinite);
    if (!around.length) continue;
    const middle = heightAt(xs, ys, x + wide / 2);
    const near = Math.min(200, ...others.map((each) => Math.abs(heightAt(xs, each, x + wide / 2) - middle)));
    const cost = 2 - near / 100 + (1 - part);
    places.push({ x, y: Math.min(...around) - TALL - 2, cost }, { x, y: Math.max(...around) + 3, cost: cost + 0.2 });
  }
  return places;
}

function bandNames(stage, room, one, name, xs, y) {
  const sides = [["p75", "p95", "90% range", "band"], ["p50", "p90", "80% range", "band"], ["p50", "p75", "50% range", "inner"]];
  return sides.flatMap(([low, high, label, shape]) => {
    if (!one[low] || !one[high]) return [];
    const wide = textWidth(label, LABEL);
    const [tops, feet] = [one[high].map(y), one[low].map(y)];
    const places = xs.flatMap((middle, at) => {
      if (at % 3) return [];
      const x = middle - wide / 2;
      const corners = [0, 0.25, 0.5, 0.75, 1].map((part) => x + part * wide);
      const top = Math.max(...corners.map((each) => heightAt(xs, tops, each) ?? Infinity));
      const foot = Math.min(...corners.map((each) => heightAt(xs, feet, each) ?? -Infinity));
      return foot - top >= TALL + 2 ? [{ x, y: (top + foot - TALL) / 2, cost: -(foot - top) / 100 }] : [];
    });
    const spot = room.place(wide, TALL, places);
    write(stage, spot, label, `${name} plain`);
    return spot ? [] : [{ shape, tone: name, label }];
  });
}

function write(stage, spot, label, look) {
  if (spot) stage.add(words(spot.x, spot.y + TALL - 4, label, { class: `label ${look}` }));
}

function probeOf(spec, xs, y, height) {
  const stop = (at) => {
    const shown = spec.series.map((one, index) => ({ one, name: tone(one, index) }));
    const lines = shown.map(({ one, name }) => ({ name: one.name, words: told(one, at, spec.unit), tone: name }));
    const guide = svg("line", { class: "guide", x1: round(xs[at]), x2: round(xs[at]), y1: 0, y2: height });
    const dots = shown
      .filter(({ one }) => one.p50[at] !== null)
      .map(({ one, name }) => svg("circle", { class: `dot ${name}`, cx: round(xs[at]), cy: round(y(one.p50[at])), r: 4.5 }));
    return { x: xs[at], y: 40, heading: xWords(spec.x, at), lines, marks: [guide, ...dots] };
  };
  return { count: xs.length, start: 0, find: (x) => nearest(xs, x), stop };
}

const told = (one, at, unit) => {
  const [low, high] = [one.p05 ?? one.p10, one.p95 ?? one.p90];
  return low ? estimate({ p05: low[at], p50: one.p50[at], p95: high[at] }, unit) : say(one.p50[at], unit);
};

function table({ x, series, unit }) {
  const head = [{ name: x.title }, ...series.flatMap((one) => quantileHead(one, series.length > 1 ? one.name : "", unit))];
  const rows = x.values.map((value, at) => [x.words?.[at] ?? value, ...series.flatMap((one) => quantileCells(one, at))]);
  return { head, rows };
}

export const fan = { draw, table };
