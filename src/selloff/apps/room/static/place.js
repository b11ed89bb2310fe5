// One chart of the room: dressed with the ghost of B, held still under the hand, moved by the clock.
import { draw } from "../charts/index.js";
import { html, useEffect, useRef } from "./vendor/htm-preact.module.js";

const TALL = ["fan", "relay", "waterfall"]; // kinds that take a height; rows with long names need their own

export function Place({ room, spec, other, heights, heading = 3, paths, broad }) {
  const place = useRef(null);
  const chart = useRef(null);
  const held = useRef(null);
  const led = useRef(false); // whether the clock moves this chart, and not a hand on it
  const { dragging, day, b } = room.state;
  const worn = dressed(spec, b ? other : null, dragging ? held.current : null, paths);
  useEffect(() => {
    chart.current = draw(place.current, worn, { outlines: room.controls.outlines, heading, heights: TALL.includes(spec.kind) ? heights : undefined });
    const hear = ({ detail }) => !led.current && spec.x?.kind === "days" && room.set({ day: dayAt(chart.current, detail.at) });
    place.current.addEventListener("chart-step", hear);
    return () => chart.current.destroy();
  }, []);
  useEffect(() => {
    led.current = true;
    chart.current.update(worn);
    led.current = false;
  }, [spec, b?.answer, dragging, Boolean(paths)]);
  useEffect(() => {
    if (!dragging) held.current = chart.current.domain;
  });
  useEffect(() => {
    if (spec.x?.kind !== "days") return;
    led.current = true;
    chart.current.show(day === null ? null : stopOf(spec.x.values, day));
    led.current = false;
  }, [day, spec]);
  return html`<div class=${broad ? "place broad" : "place"} data-chart=${spec.id} ref=${place}></div>`;
}

const dayAt = (chart, at) => (at === null ? null : chart.spec.x.values[at]);

// The stop nearest to a day.
export function stopOf(values, day) {
  let best = 0;
  for (let at = 1; at < values.length; at += 1) if (Math.abs(values[at] - day) < Math.abs(values[best] - day)) best = at;
  return best;
}

// A chart with B behind it, single runs, and the axis it had when the hand began to move.
function dressed(spec, other, held, paths) {
  if (spec.kind !== "fan") return held && spec.kind === "relay" ? { ...spec, domain: held } : spec;
  const ghost = other?.kind === "fan" && spec.series.length === 1 ? [{ ...onto(spec.x, other.x, other.series[0]), name: "B", ghost: true }] : [];
  const series = ghost.length ? [{ ...spec.series[0], name: "A" }, ...ghost] : spec.series;
  const single = paths?.map((one) => onto(spec.x, one.x, { p50: one.values }).p50);
  const domain = held ?? around(around(spec.domain, ghost.length ? other.domain : null), single && ends(single.flat()));
  return { ...spec, series, ...(domain ? { domain } : {}), ...(single ? { paths: single } : {}) };
}

const around = (one, other) => (one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : one);

function ends(numbers) {
  const known = numbers.filter((one) => one !== null);
  return [Math.min(...known), Math.max(...known)];
}

// Read quantiles at the places of another axis; beyond their end there is a gap.
function onto(axis, own, series) {
  if (axis.values.length === own.values.length && axis.values.every((one, at) => one === own.values[at])) return series;
  const read = (line) => axis.values.map((x) => between(own.values, line, x));
  return Object.fromEntries(Object.entries(series).map(([name, one]) => [name, Array.isArray(one) ? read(one) : one]));
}

function between(xs, ys, x) {
  if (x > xs.at(-1) || x < xs[0]) return null;
  const at = Math.min(Math.max(0, xs.findLastIndex((one) => one <= x)), xs.length - 2);
  const [low, high] = [ys[at], ys[at + 1]];
  if (low === null || high === null) return null;
  return low + ((x - xs[at]) / (xs[at + 1] - xs[at])) * (high - low);
}
