// Points on two scales, named where there is room.
import { alongAxis, linear, tickRoom, tickWords, valueAxis } from "../axes.js";
import { svg } from "../dom.js";
import { nearest } from "../probe.js";
import { Room, round, textWidth, words, wrap } from "../text.js";
import { say } from "../words.js";

const LINE = 15; // height of a line of an axis' title [pixels]

function draw(stage) {
  const { spec, height, narrow, width } = stage;
  const across = wrap(`${spec.x.title}, ${spec.x.unit.name} →`, width - 14);
  const upward = wrap(`↑ ${spec.y_title}, ${spec.unit.name}`, width);
  const top = 20 + LINE * (upward.length - 1);
  const y = linear(spec.points.map((one) => one.y), { ticks: 6, zero: spec.zero }).range([height, top]);
  const ticks = tickWords(y, spec.unit, 6);
  const [left, right] = [tickRoom(ticks), width - 14];
  const x = linear(spec.points.map((one) => one.x), { zero: spec.zero }).range([left + 6, right]);
  valueAxis(stage.body, y, ticks, [left, right]);
  const axis = { kind: "number", values: x.domain(), unit: spec.x.unit };
  alongAxis(stage.body, axis, x, height, { narrow });
  stage.add(
    ...upward.map((one, at) => words(0, 8 + LINE * at, one, { class: "tick" })),
    ...across.map((one, at) => words(right, height + 36 + LINE * at, one, { class: "tick", "text-anchor": "end" })),
  );
  const room = new Room(left, top - 6, width, height);
  const places = spec.points.map((one) => ({ ...one, px: round(x(one.x)), py: round(y(one.y)) }));
  places.forEach(({ px, py }) => room.block(px - 4, py - 4, 8, 8));
  const onTop = [...places].sort((one, other) => Boolean(one.named) - Boolean(other.named));
  onTop.forEach(({ name, px, py, tone }) => {
    stage.add(svg("circle", { class: `dot tone-${tone ?? 1}`, cx: px, cy: py, r: 5, "data-row": name }));
  });
  places.forEach((one) => one.named && writeName(stage, room, one));
  return { height: height + 46 + LINE * (across.length - 1), probe: probeOf(spec, places) };
}

function writeName(stage, room, { name, px, py }) {
  const wide = textWidth(name, 12);
  const around = [[px + 8, py - 8], [px - wide - 8, py - 8], [px - wide / 2, py - 22], [px - wide / 2, py + 7]];
  const spot = room.place(wide, 15, around.map(([x, y], cost) => ({ x, y, cost })));
  if (spot) stage.add(words(spot.x, spot.y + 12, name, { class: "tick" }));
}

function probeOf(spec, places) {
  const stop = (at) => {
    const one = places[at];
    const lines = [{ name: spec.x.title, words: say(one.x, spec.x.unit) }, { name: spec.y_title, words: say(one.y, spec.unit) }];
    return { x: one.px, y: one.py, heading: one.name, lines, marks: [svg("circle", { class: "ring", cx: one.px, cy: one.py, r: 8 })] };
  };
  const find = (x, y) => nearest(places.map((one) => Math.hypot(one.px - x, one.py - y)), 0);
  return { count: places.length, start: 0, find, stop };
}

function table({ points, unit, x, y_title: title }) {
  const head = [{ name: "Name" }, { name: x.title, unit: x.unit }, { name: title, unit }];
  return { head, rows: points.map((one) => [one.name, one.x, one.y]) };
}

export const scatter = { draw, table };
