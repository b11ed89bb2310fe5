// Two scenarios beside each other, one row a number.
import { svg } from "../dom.js";
import { layRows, rowProbe } from "../rows.js";
import { quantileCells, quantileHead } from "../table.js";
import { round } from "../text.js";
import { estimate, median } from "../words.js";

const APART = 5; // distance of each range from the middle of its row [pixels]

function draw(stage) {
  const { rows, unit, names } = stage.spec;
  const numbers = rows.flatMap(({ a, b }) => [a.p05, a.p95, b.p05, b.p95]);
  const texts = rows.map(({ a, b }) => `${median(a, unit)} → ${median(b, unit)}`);
  const ground = layRows(stage, rows.map((one) => one.name), numbers, { notes: texts, height: 36 });
  const { x } = ground;
  rows.forEach(({ name, a, b }, at) => {
    const y = ground.middle(at);
    stage.add(svg("path", { class: "link", d: `M${round(x(a.p50))} ${y}H${round(x(b.p50))}` }));
    for (const [one, shift, tone] of [[a, -APART, "tone-1"], [b, APART, "tone-2"]]) {
      const row = { "data-row": name, "data-side": tone === "tone-1" ? "a" : "b" };
      stage.add(svg("path", { class: `reach ${tone}`, ...row, d: `M${round(x(one.p05))} ${y + shift}H${round(x(one.p95))}` }));
      stage.add(mark(tone, round(x(one.p50)), y, row));
    }
  });
  const describe = (at) => ({
    x: x(rows[at].b.p50),
    heading: rows[at].name,
    lines: [
      { name: names[0], words: estimate(rows[at].a, unit), tone: "tone-1" },
      { name: names[1], words: estimate(rows[at].b, unit), tone: "tone-2" },
    ],
  });
  const key = names.map((label, at) => ({ shape: at ? "square" : "disc", tone: `tone-${at + 1}`, label }));
  return { height: ground.height, key, probe: rowProbe(stage, ground, describe) };
}

// A disc for the first scenario, a square for the second: apart without colour too.
const mark = (tone, x, y, row) =>
  tone === "tone-1"
    ? svg("circle", { class: `dot ${tone}`, ...row, cx: x, cy: y, r: 6 })
    : svg("rect", { class: `dot ${tone}`, ...row, x: x - 5.5, y: y - 5.5, width: 11, height: 11 });

function table({ rows, unit, names }) {
  const sides = (make) => ["a", "b"].flatMap(make);
  const head = [{ name: "Name" }, ...sides((side) => quantileHead(rows[0][side], names[side === "a" ? 0 : 1], unit))];
  return { head, rows: rows.map((one) => [one.name, ...sides((side) => quantileCells(one[side]))]) };
}

export const dumbbell = { draw, table };
