// Twenty dots, each one run in twenty, stacked where runs are many.
import { alongAxis, linear } from "../axes.js";
import { svg } from "../dom.js";
import { nearest } from "../probe.js";
import { Room, round, textWidth, words } from "../text.js";
import { say } from "../words.js";

function draw(stage) {
  const { spec, narrow, width } = stage;
  const records = spec.records ?? [];
  const x = linear([...spec.values, ...records.map((one) => one.x)], { ticks: narrow ? 4 : 7 }).range([14, width - 14]);
  const radius = narrow ? 9 : 11;
  const dots = stack(spec.values.map(x), 2 * radius + 1);
  const most = Math.max(...dots.map((one) => one.level)) + 1;
  const bottom = Math.max(110, 40 + most * (2 * radius + 1));
  const axis = { kind: "number", values: x.domain(), unit: spec.unit };
  alongAxis(stage.body, axis, x, bottom, { narrow });
  stage.add(svg("line", { class: "zero", x1: 0, x2: width, y1: bottom, y2: bottom }));
  dots.forEach((one, at) => {
    one.y = bottom - radius - 1 - one.level * (2 * radius + 1);
    const beyond = spec.beyond !== undefined && spec.beyond !== null && spec.values[at] > spec.beyond;
    stage.add(svg("circle", { class: `dot ${beyond ? "tone-2" : "tone-1"}`, cx: round(one.x), cy: round(one.y), r: radius, "data-value": spec.values[at] }));
  });
  nameRecords(stage, records, dots, x, radius, bottom);
  return { height: bottom + 26, probe: probeOf(spec, dots, radius) };
}

// Dots that would overlap stand on top of each other, at the middle of their pile.
function stack(places, wide) {
  const dots = [];
  let pile = [];
  const settle = () => pile.forEach((at, level) => dots.push({ x: pile.reduce((sum, one) => sum + one, 0) / pile.length, level, at }));
  for (const at of places) {
    if (pile.length && at - pile[0] >= wide) {
      settle();
      pile = [];
    }
    pile.push(at);
  }
  settle();
  for (let index = 1; index < dots.length; index += 1) {
    const before = dots[index - 1];
    dots[index].x = dots[index].level ? before.x : Math.max(dots[index].x, before.x + wide);
  }
  return dots;
}

function nameRecords(stage, records, dots, x, radius, bottom) {
  const room = new Room(0, 0, stage.width, bottom);
  dots.forEach((one) => room.block(one.x - radius, one.y - radius, 2 * radius, 2 * radius));
  for (const { x: value, label } of records) {
    const at = round(x(value));
    stage.add(svg("line", { class: "record", x1: at, x2: at, y1: 0, y2: bottom }));
    const wide = textWidth(label, 13);
    const places = [2, 20, 38].flatMap((y, cost) => [{ x: at + 6, y, cost }, { x: at - wide - 6, y, cost: cost + 0.5 }]);
    const spot = room.place(wide, 17, places);
    if (spot) stage.add(words(spot.x, spot.y + 13, label, { class: "label quiet" }));
  }
}

function probeOf(spec, dots, radius) {
  const stop = (at) => {
    const value = spec.values[at];
    const below = (100 * (at + 0.5)) / spec.values.length;
    const ring = svg("circle", { class: "ring", cx: round(dots[at].x), cy: round(dots[at].y), r: radius + 2 });
    const lines = [{ name: `${below.toFixed(1)}% lie below`, words: say(value, spec.unit) }];
    return { x: dots[at].x, y: dots[at].y, heading: `Dot ${at + 1} of ${spec.values.length}`, lines, marks: [ring] };
  };
  const find = (x, y) => {
    const far = dots.map((one) => Math.hypot(one.x - x, one.y - y));
    const best = nearest(far, 0);
    return far[best] <= 3 * radius ? best : null;
  };
  return { count: dots.length, start: 0, find, stop };
}

function table({ values, unit }) {
  const head = [{ name: "Share below [%]" }, { name: "Level", unit }];
  return { head, rows: values.map((value, at) => [(100 * (at + 0.5)) / values.length, value]) };
}

export const quantiles = { draw, table };
