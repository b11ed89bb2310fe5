// A line the size of a word.
import { along } from "../axes.js";
import { d3 } from "../d3.js";
import { svg } from "../dom.js";

const [WIDTH, HEIGHT] = [120, 28];

export function spark({ x, values, title }) {
  const across = along(x, [2, WIDTH - 4]);
  const up = d3.scaleLinear().domain(d3.extent([0, ...values])).range([HEIGHT - 3, 3]);
  const line = d3.line((_, at) => across(x.values[at]), (value) => up(value)).digits(2);
  const size = { width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}` };
  const end = svg("circle", { class: "dot tone-1", cx: across(x.values.at(-1)), cy: up(values.at(-1)), r: 2.5 });
  const zero = svg("line", { class: "grid", x1: 0, x2: WIDTH, y1: up(0), y2: up(0) });
  const drawn = svg("path", { class: "line tone-1", d: line(values) });
  return svg("svg", { ...size, class: "chart spark", role: "img", "aria-label": title }, zero, drawn, end);
}
