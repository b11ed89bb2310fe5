// Who sold to whom by a date: streams as wide as what went.
import { d3 } from "../d3.js";
import { svg } from "../dom.js";
import { round, shortened, textWidth, words } from "../text.js";
import { say } from "../words.js";

const GAP = 16; // between neighbours in a column, a line of words high [pixels]
const MOST = 230; // widest a column of names may be [pixels]

function draw(stage) {
  const { spec, width, narrow } = stage;
  const names = [...new Set(spec.links.flatMap((one) => [one.source, one.target]))];
  const [sources, targets] = sides(spec);
  const [gap, step] = narrow ? [2 * GAP, 58] : [GAP, 34];
  const height = Math.max(stage.height, step * Math.max(sources.size, targets.size));
  const rooms = [sources, targets].map((side) => roomFor(stage, side));
  const layout = d3.sankey().nodeWidth(10).nodePadding(gap).nodeSort(null).extent([[rooms[0], GAP], [width - rooms[1], height - GAP]]);
  const graph = layout({
    nodes: names.map((name) => ({ name })),
    links: spec.links.map((one) => ({ value: one.value, source: names.indexOf(one.source), target: names.indexOf(one.target) })),
  });
  const tones = new Map([...sources.keys()].map((name, at) => [name, (at % 8) + 1]));
  const stream = d3.sankeyLinkHorizontal();
  const paths = graph.links.map((one) => svg("path", { class: `stream tone-${tones.get(one.source.name)}`, "stroke-width": round(Math.max(1, one.width)), d: stream(one), "data-link": `${one.source.name} → ${one.target.name}` }));
  stage.add(...paths);
  for (const node of graph.nodes) drawNode(stage, node, rooms);
  return { height, probe: probeOf(spec, graph, paths) };
}

// What each seller gave and each holder took, by name.
function sides({ links }) {
  const total = (end) => links.reduce((sums, one) => sums.set(one[end], (sums.get(one[end]) ?? 0) + one.value), new Map());
  return [total("source"), total("target")];
}

function roomFor({ narrow, spec }, side) {
  const whole = [...side].map(([name, value]) => {
    const amount = say(value, spec.unit);
    return 12 + (narrow ? Math.max(textWidth(name), textWidth(amount)) : textWidth(`${name} ${amount}`));
  });
  return Math.min(narrow ? 140 : MOST, Math.max(...whole));
}

function drawNode(stage, node, rooms) {
  const starts = node.sourceLinks.length > 0;
  stage.add(svg("rect", { class: "node", x: round(node.x0), y: round(node.y0), width: 10, height: round(Math.max(1, node.y1 - node.y0)) }));
  const amount = say(node.value, stage.spec.unit);
  const [x, anchor, room] = starts ? [node.x0 - 8, "end", rooms[0]] : [node.x1 + 8, "start", rooms[1]];
  const middle = (node.y0 + node.y1) / 2;
  const single = textWidth(`${node.name} ${amount}`, 12) <= room - 8;
  const lines = single ? [`${node.name} ${amount}`] : [shortened(node.name, room - 8), amount];
  lines.forEach((line, at) => {
    stage.add(words(x, middle + 4 + 15 * (at - (lines.length - 1) / 2), line, { "text-anchor": anchor }));
  });
}

function probeOf(spec, graph, paths) {
  const stop = (at) => {
    const { source, target, value, y0, y1 } = graph.links[at];
    const lit = paths[at].cloneNode();
    lit.classList.add("lit-stream");
    const x = (source.x1 + target.x0) / 2;
    return { x, y: (y0 + y1) / 2, heading: `${source.name} → ${target.name}`, lines: [{ name: "", words: say(value, spec.unit) }], marks: [lit] };
  };
  const find = (x, y) => {
    const at = paths.findIndex((one) => one.isPointInStroke(new DOMPoint(x, y)));
    return at >= 0 ? at : null;
  };
  return { count: paths.length, start: 0, find, stop };
}

function table({ links, unit }) {
  const head = [{ name: "From" }, { name: "To" }, { name: "Amount", unit }];
  return { head, rows: links.map((one) => [one.source, one.target, one.value]) };
}

export const sankey = { draw, table };
