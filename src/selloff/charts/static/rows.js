// The ground of charts of named rows: names at the left or above, a value axis below.
import { alongAxis, linear, tickWords } from "./axes.js";
import { svg } from "./dom.js";
import { round, textWidth, words, wrap } from "./text.js";

const NAME = 13;
const WIDE = 32; // height of a row [pixels]
const TIGHT = 46; // likewise with its name above it
const SHARES = [0.34, 0.42]; // what names may take of the width; more, where they fill three lines
const tallest = (lines) => Math.max(...lines.map((one) => one.length));

// Lay rows out: `names` of the rows, all `numbers` to reach, `notes` or else room at the right.
export function layRows(stage, names, numbers, { notes = [], right: room = 0, height = WIDE } = {}) {
  const { spec, width, asked } = stage;
  const narrow = stage.narrow && !asked;
  const noted = Math.max(0, ...notes.map((one) => textWidth(one) + 16));
  const right = narrow && notes.length ? 0 : Math.max(room, noted);
  const longest = 16 + Math.max(...names.map((one) => textWidth(one, NAME)));
  const set = (column) => names.map((one) => wrap(one, narrow ? width - noted : column - 12, NAME));
  const columns = narrow ? [0] : SHARES.map((share) => Math.min(width * share, longest));
  const column = columns.find((one) => tallest(set(one)) <= 2) ?? columns.at(-1);
  const lines = set(column);
  const most = tallest(lines);
  const more = 17 * (most - 1); // room of names in several lines
  const step = asked ? asked / names.length : narrow ? TIGHT + more : Math.max(height, 18 * most + 6);
  const bottom = names.length * step;
  const x = linear(numbers, { ticks: narrow ? 4 : 6 }).range([column + 6, width - right - 6]);
  const ticks = tickWords(x, spec.unit, narrow ? 4 : 6);
  const axis = { kind: "number", values: x.domain(), unit: spec.unit };
  alongAxis(stage.body, axis, x, bottom, { narrow, grid: bottom });
  if (x.domain()[0] <= 0 && x.domain()[1] >= 0) {
    stage.add(svg("line", { class: "zero", x1: round(x(0)), x2: round(x(0)), y1: 0, y2: bottom }));
  }
  const middle = (at) => at * step + (narrow ? 31 + more : step / 2);
  lines.forEach((each, at) => {
    const first = narrow ? at * step + 15 : middle(at) + 4.5 - (each.length - 1) * 8.5;
    each.forEach((line, index) => {
      stage.add(words(0, first + 17 * index, line, { class: "row-name", "data-row": names[at] }));
    });
  });
  notes.forEach((one, at) => {
    const y = narrow ? at * step + 15 : middle(at) + 4;
    stage.add(words(width, y, one, { class: "row-note", "text-anchor": "end" }));
  });
  return { x, middle, step, bottom, height: bottom + 26, ticks };
}

// Stops at rows: the row lit, and its numbers.
export function rowProbe(stage, ground, describe) {
  const count = stage.spec.rows.length;
  const stop = (at) => {
    const lit = svg("rect", { class: "lit", x: 0, y: at * ground.step, width: stage.width, height: ground.step });
    const { x, heading, lines } = describe(at);
    return { x, y: (at + 0.5) * ground.step, heading, lines, marks: [lit], below: ground.step / 2 + 3 };
  };
  const find = (_, y) => (y >= 0 && y < count * ground.step ? Math.floor(y / ground.step) : null);
  return { count, start: 0, find, stop };
}
