// One chart of the room: dressed with the ghost of B, held still under the hand, moved by the clock.
import { draw } from "../charts/index.js";
import { html, useEffect, useRef } from "./vendor/htm-preact.module.js";

export function Place({ room, spec, other, heights, heading = 3, paths, broad }) {
  const place = useRef(null);
  const chart = useRef(null);
  const held = useRef(null);
  const { dragging, day, b } = room.state;
  const worn = dressed(spec, b ? other : null, dragging ? held.current : null, paths);
  useEffect(() => {
    chart.current = draw(place.current, worn, { outlines: room.controls.outlines, heading, heights });
    const hear = ({ detail }) => spec.x?.kind === "days" && room.state.day !== dayAt(chart.current, detail.at) && room.set({ day: dayAt(chart.current, detail.at) });
    place.current.addEventListener("chart-step", hear);
    return () => chart.current.destroy();
  }, []);
  useEffect(() => chart.current.update(worn), [spec, b?.answer, dragging, paths]);
  useEffect(() => {
    if (!dragging) held.current = chart.current.domain;
  });
  useEffect(() => {
    if (spec.x?.kind === "days") chart.current.show(day === null ? null : stopOf(spec.x.values, day));
  }, [day, spec]);
  return html`<div class=${broad ? "place broad" : "place"} data-chart=${spec.id} ref=${place}></div>`;
}

const dayAt = (chart, at) => (at === null ? null : chart.spec.x.values[at]);

// The last stop not after a day.
export function stopOf(values, day) {
  let at = 0;
  while (at + 1 < values.length && values[at + 1] <= day + 0.5) at += 1;
  return at;
}

// A chart with B behind it, single runs, and the axis it had when the hand began to move.
export function dressed(spec, other, held, paths) {
  if (spec.kind !== "fan") return held && spec.kind === "relay" ? { ...spec, domain: held } : spec;
  const ghost = other?.kind === "fan" && spec.series.length === 1 ? [{ ...onto(spec.x, other.x, other.series[0]), name: "B", ghost: true }] : [];
  const series = ghost.length ? [{ ...spec.series[0], name: "A" }, ...ghost] : spec.series;
  const domain = held ?? around(spec.domain, ghost.length ? other.domain : null);
  return { ...spec, series, ...(domain ? { domain } : {}), ...(paths ? { paths: paths.map((one) => onto(spec.x, one.x, { p50: one.values }).p50) } : {}) };
}

const around = (one, other) => (one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : one);

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
