// Downloads: the numbers as CSV, the chart as SVG and PNG, light and 800 pixels wide.
import { html, svg } from "./dom.js";
import { asCsv } from "./table.js";
import { FAMILY, words, wrap } from "./text.js";

const WIDTH = 800;
const MARGIN = 24;
const SHARP = 2; // pixels of the PNG per unit
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin",
  "stroke-linecap", "vector-effect", "paint-order", "font-size", "font-weight", "text-anchor", "opacity",
];

export function downloads(chart) {
  const ways = { CSV: saveCsv, SVG: saveSvg, PNG: savePng };
  return Object.entries(ways).map(([name, save]) => {
    const label = `Download ${name}`;
    const button = html("button", { type: "button", "aria-label": label, title: label }, name);
    button.addEventListener("click", () => save(chart));
    return button;
  });
}

const saveCsv = (chart) => hand(chart, "csv", new Blob(["\ufeff", asCsv(chart.table())], { type: "text/csv;charset=utf-8" }));

const saveSvg = (chart) => hand(chart, "svg", asSvg(chart).blob);

async function savePng(chart) {
  const { blob, width, height } = asSvg(chart);
  const address = URL.createObjectURL(blob);
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = html("canvas", { width: width * SHARP, height: height * SHARP });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((png) => hand(chart, "png", png), "image/png");
}

function hand(chart, suffix, blob) {
  const address = URL.createObjectURL(blob);
  const link = html("a", { href: address, download: `${chart.spec.id}.${suffix}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// A picture that needs no stylesheet: title, subtitle, chart and source, every look written out.
function asSvg(chart) {
  const host = html("div", { class: "chart-export", "data-theme": "light" });
  document.body.append(host);
  const copy = new chart.constructor(host, chart.kinds, chart.spec, { ...chart.options, width: WIDTH });
  const head = [
    ...wrap(chart.spec.title, WIDTH, 18, 700).map((line) => [line, "title", 24]),
    ...wrap(chart.spec.subtitle, WIDTH, 14).map((line) => [line, "subtitle", 20]),
  ];
  const sheet = svg("g", { transform: `translate(${MARGIN},${MARGIN})` });
  let y = 0;
  for (const [line, name, step] of head) {
    y += step;
    sheet.append(words(0, y - 6, line, { class: `sheet-${name}` }));
  }
  const [picture, drawn] = [svg("g", { transform: `translate(0,${y + 6})` }), copy.root];
  const tall = Number(drawn.getAttribute("height"));
  picture.append(...drawn.childNodes);
  sheet.append(picture);
  y += tall + 10;
  for (const line of wrap(`Source: ${chart.spec.source}`, WIDTH, 12)) {
    y += 16;
    sheet.append(words(0, y, line, { class: "sheet-source" }));
  }
  const [width, height] = [WIDTH + 2 * MARGIN, Math.ceil(y + 2 * MARGIN)];
  const size = { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FAMILY };
  const root = svg("svg", size, svg("rect", { class: "sheet", width, height }), sheet);
  copy.svgPlace.replaceChildren(root);
  bare(root);
  const text = new XMLSerializer().serializeToString(root);
  copy.destroy();
  host.remove();
  return { blob: new Blob([text], { type: "image/svg+xml;charset=utf-8" }), width, height };
}

// Write the looks the stylesheet gives as attributes, and drop the classes.
function bare(root) {
  const all = [...root.querySelectorAll("*")].filter((one) => !["defs", "g"].includes(one.tagName));
  const looks = all.map((one) => {
    const style = getComputedStyle(one);
    return LOOKS.map((name) => [name, style.getPropertyValue(name)]);
  });
  for (const one of root.querySelectorAll("[class]")) one.removeAttribute("class");
  all.forEach((one, at) => {
    for (const [name, value] of looks[at]) if (value && value !== "normal") one.setAttribute(name, value);
  });
}
