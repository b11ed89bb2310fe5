// The world in classes of colour; hatched where there are no data.
import { classes } from "../classes.js";
import { svg } from "../dom.js";
import { drawStrip } from "../key.js";
import { quantileCells, quantileHead } from "../table.js";
import { estimate } from "../words.js";

function draw(stage) {
  const { spec, width, outlines } = stage;
  const [left, top, wide, high] = outlines.view;
  const size = width / wide;
  stage.hatchScale = 1 / size;
  const scale = classes(spec.rows.map((one) => one.p50), spec.unit);
  const above = drawStrip(stage.top, scale, width, { id: stage.hatch, label: "no data" });
  const known = new Map(spec.rows.map((one, at) => [one.code, at]));
  const land = svg("g", { transform: `scale(${size}) translate(${-left},${-top})` });
  const rest = Object.entries(outlines.paths).filter(([code]) => !known.has(code));
  land.append(svg("path", { class: "land hatched", fill: `url(#${stage.hatch}-land)`, d: rest.map(([, d]) => d).join("") }));
  const shapes = spec.rows.map((one) => shape(one, outlines, size, `cell ${one.p50 === null ? "missing" : scale.name(scale.of(one.p50))}`));
  land.append(...shapes.filter(Boolean));
  stage.add(land);
  return { height: high * size, above, probe: probeOf(stage, shapes, known, size) };
}

// A country's outline, or a dot of steady size where it is too small for one.
function shape(one, { paths, points }, size, look) {
  const row = { "data-row": one.code };
  if (paths[one.code]) return svg("path", { class: `land ${look}`, ...row, d: paths[one.code] });
  if (!points[one.code]) return null;
  const [cx, cy] = points[one.code];
  return svg("circle", { class: `land ${look}`, ...row, cx, cy, r: 4.5 / size });
}

function probeOf(stage, shapes, known, size) {
  const { spec, outlines } = stage;
  const [left, top] = outlines.view;
  const stop = (at) => {
    const one = spec.rows[at];
    const marks = shapes[at] ? [svg("g", { transform: `scale(${size}) translate(${-left},${-top})` }, outlined(shapes[at]))] : [];
    const place = (side) => (middle(shapes[at])[side] - outlines.view[side]) * size;
    const note = one.note ? [{ name: one.note, words: "" }] : [];
    const lines = [{ name: "", words: estimate(one, spec.unit) }, ...note];
    // A place is asked for only where it is shown: the box of a shape lays the page out anew.
    return { heading: one.name, lines, marks, get x() { return place(0); }, get y() { return place(1); } };
  };
  const find = (x, y) => {
    const point = new DOMPoint(x / size + left, y / size + top);
    const dot = shapes.findIndex((one) => one?.tagName === "circle" && Math.hypot(one.cx.baseVal.value - point.x, one.cy.baseVal.value - point.y) < 8 / size);
    if (dot >= 0) return dot;
    const land = shapes.findIndex((one) => one?.tagName === "path" && one.isPointInFill(point));
    return land >= 0 ? land : null;
  };
  return { count: spec.rows.length, start: 0, find, stop };
}

function outlined(one) {
  const copy = one.cloneNode();
  copy.setAttribute("class", "outline");
  return copy;
}

function middle(one) {
  if (!one) return [0, 0];
  const { x, y, width, height } = one.getBBox();
  return [x + width / 2, y + height / 2];
}

function table({ rows, unit }) {
  const head = [{ name: "Country" }, { name: "Code" }, ...quantileHead(rows[0], "", unit)];
  return { head, rows: rows.map((one) => [one.name, one.code, ...quantileCells(one)]) };
}

export const map = { draw, table };
