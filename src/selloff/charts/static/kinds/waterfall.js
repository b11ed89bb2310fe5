// The parts of one number, each bar from where the one before it ends.
import { svg } from "../dom.js";
import { layRows, rowProbe } from "../rows.js";
import { rowCell } from "../table.js";
import { round, textWidth, words } from "../text.js";
import { estimate, median } from "../words.js";

const THICK = 18; // height of a bar [pixels]
const isRange = (one) => one.total && one.p05 < one.p95;

function draw(stage) {
  const { rows } = stage.spec;
  const starts = startsOf(rows);
  const unit = (at) => (at === 0 || rows[at].total ? { ...stage.spec.unit, signed: false } : { ...stage.spec.unit, signed: true });
  const texts = rows.map((one, at) => (isRange(one) ? estimate(one, unit(at)) : median(one, unit(at))));
  const numbers = rows.flatMap((one, at) => [starts[at], starts[at] + one.p50, ...(one.total ? [one.p05, one.p95] : [])]);
  const wide = 14 + Math.max(...texts.map((one, at) => (isRange(rows[at]) ? 0 : textWidth(one, 13, 600))));
  const ground = layRows(stage, rows.map((one) => one.name), numbers, { right: wide });
  const { x, middle } = ground;
  const tight = middle(1) - middle(0) < 2 * THICK;
  rows.forEach((one, at) => {
    const [from, to] = [x(starts[at]), x(starts[at] + one.p50)];
    const y = middle(at);
    const box = { x: round(Math.min(from, to)), y: y - THICK / 2, width: round(Math.abs(to - from)), height: THICK };
    if (at + 1 < rows.length) stage.add(svg("path", { class: "join", d: `M${round(to)} ${y + THICK / 2}V${middle(at + 1) - THICK / 2}` }));
    stage.add(svg("rect", { class: `bar ${look(rows, at)}`, "data-row": one.name, ...box }));
    let end = Math.max(from, to);
    if (isRange(one)) {
      stage.add(svg("path", { class: "whisker", d: `M${round(x(one.p05))} ${y}H${round(x(one.p95))}m0-5v10M${round(x(one.p05))} ${y - 5}v10` }));
      end = Math.max(end, x(one.p95));
    }
    const fits = end + 6 + textWidth(texts[at], 13, 600) <= stage.width;
    const short = isRange(one) && one.p50 < 0 && !fits && tight; // above it would lie on the row before
    const above = one.p50 < 0 ? [x(one.p05), y - 9, { class: "label" }] : [stage.width, y - 9, { class: "label", "text-anchor": "end" }];
    const place = fits || short ? [end + 6, y + 4.5, { class: "label" }] : above;
    stage.add(words(place[0], place[1], short ? median(one, unit(at)) : texts[at], place[2]));
  });
  const describe = (at) => ({ x: x(starts[at] + rows[at].p50), heading: rows[at].name, lines: [{ name: "", words: estimate(rows[at], unit(at)) }] });
  return { height: ground.height, probe: rowProbe(stage, ground, describe) };
}

function startsOf(rows) {
  let sum = 0;
  return rows.map((one) => {
    const start = one.total ? 0 : sum;
    sum += one.p50;
    return start;
  });
}

const look = (rows, at) => (rows[at].total ? "total" : at === 0 ? "first" : rows[at].p50 > 0 ? "rise" : "fall");

function table({ rows, unit }) {
  const head = [{ name: "Part" }, { name: "median", unit }, { name: "5%", unit }, { name: "95%", unit }];
  return { head, rows: rows.map((one) => [one.name, ...["p50", "p05", "p95"].map((part) => rowCell(one, part))]) };
}

export const waterfall = { draw, table };
