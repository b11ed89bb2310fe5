// Medians with their ranges, one row each.
import { svg } from "../dom.js";
import { layRows, rowProbe } from "../rows.js";
import { quantileCells, quantileHead } from "../table.js";
import { round } from "../text.js";
import { estimate } from "../words.js";

function draw(stage) {
  const { rows, unit } = stage.spec;
  const texts = rows.map((one) => estimate(one, unit));
  const ground = layRows(stage, rows.map((one) => one.name), rows.flatMap((one) => [one.p05, one.p95]), { notes: texts, height: 28 });
  const { x, middle } = ground;
  rows.forEach((one, at) => {
    const y = middle(at);
    const row = { "data-row": one.name };
    stage.add(svg("path", { class: "reach tone-1", ...row, d: `M${round(x(one.p05))} ${y}H${round(x(one.p95))}` }));
    if (one.p25 !== undefined) stage.add(svg("path", { class: "reach half tone-1", d: `M${round(x(one.p25))} ${y}H${round(x(one.p75))}` }));
    stage.add(svg("circle", { class: "dot tone-1", ...row, cx: round(x(one.p50)), cy: y, r: 5 }));
  });
  const describe = (at) => {
    const one = rows[at];
    const half = one.p25 === undefined ? [] : [{ name: "50% range", words: estimate({ p50: one.p50, p05: one.p25, p95: one.p75 }, unit).replace(/^[^(]*/, "") }];
    const note = one.note ? [{ name: one.note, words: "" }] : [];
    return { x: x(one.p50), heading: one.name, lines: [{ name: "Median, 90% range", words: texts[at] }, ...half, ...note] };
  };
  return { height: ground.height, probe: rowProbe(stage, ground, describe) };
}

function table({ rows, unit }) {
  const head = [{ name: "Name" }, ...quantileHead(rows[0], "", unit)];
  return { head, rows: rows.map((one) => [one.name, ...quantileCells(one)]) };
}

export const dots = { draw, table };
