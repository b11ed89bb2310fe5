// Who sold to whom by a date: streams as wide as what went.
import { d3 } from "../d3.js";
import { svg } from "../dom.js";
import { round, textWidth, words, wrap } from "../text.js";
import { say } from "../words.js";

const GAP = 14; // between neighbours in a column [pixels]
const LEAST = 15; // height a node's name takes [pixels]

function draw(stage) {
  const { spec, width, narrow } = stage;
  const height = Math.max(stage.height, 30 * Math.max(...columns(spec)));
  const names = [...new Set(spec.links.flatMap((one) => [one.source, one.target]))];
  const room = narrow ? 116 : 190;
  const layout = d3.sankey().nodeWidth(10).nodePadding(Math.max(GAP, LEAST)).nodeSort(null).extent([[room, 4], [width - room, height - 4]]);
  const graph = layout({
    nodes: names.map((name) => ({ name })),
    links: spec.links.map((one) => ({ value: one.value, source: names.indexOf(one.source), target: names.indexOf(one.target) })),
  });
  const stream = d3.sankeyLinkHorizontal();
  const paths = graph.links.map((one) => svg("path", { class: `stream tone-${toneOf(spec, one.source.index)}`, "stroke-width": round(Math.max(1, one.width)), d: stream(one), "data-link": `${one.source.name} → ${one.target.name}` }));
  stage.add(...paths);
  for (const node of graph.nodes) drawNode(stage, node, room);
  return { height, probe: probeOf(spec, graph, paths) };
}

const columns = ({ links }) => [new Set(links.map((one) => one.source)).size, new Set(links.map((one) => one.target)).size];

const toneOf = (spec, index) => spec.tones?.[index] ?? (index % 8) + 1;

function drawNode(stage, node, room) {
  const starts = node.sourceLinks.length > 0;
  stage.add(svg("rect", { class: "node", x: round(node.x0), y: round(node.y0), width: 10, height: round(Math.max(1, node.y1 - node.y0)) }));
  const amount = say(node.value, stage.spec.unit);
  const [x, anchor] = starts ? [node.x0 - 8, "end"] : [node.x1 + 8, "start"];
  const middle = (node.y0 + node.y1) / 2;
  const single = textWidth(`${node.name} ${amount}`, 12, 600) <= room - 10;
  const lines = single ? [`${node.name} ${amount}`] : [...wrap(node.name, room - 10, 12, 600), amount];
  const fits = lines.length * 15 <= node.y1 - node.y0 + LEAST;
  const shown = fits ? lines : [shortened(node.name, amount, room - 10)];
  shown.forEach((line, at) => {
    stage.add(words(x, middle + 4 + 15 * (at - (shown.length - 1) / 2), line, { class: "small", "text-anchor": anchor }));
  });
}

function shortened(name, amount, room) {
  let kept = name;
  while (kept.length > 3 && textWidth(`${kept}… ${amount}`, 12, 600) > room) kept = kept.slice(0, -1);
  return `${kept}… ${amount}`;
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
