// The table twin of a chart, made when it is first opened, and the same numbers as CSV.
import { html } from "./dom.js";
import { bare } from "./words.js";

// A table: {head: [{name, unit}], rows: [[number or text]]}; the first cell of a row names it.
export function fillTable(chart) {
  const { head, rows } = chart.table();
  const titles = head.map((one) => html("th", { scope: "col" }, title(one)));
  const body = rows.map(([first, ...rest]) =>
    html("tr", {}, html("th", { scope: "row" }, cell(first, head[0])), ...rest.map((one, at) => html("td", {}, cell(one, head[at + 1])))),
  );
  const table = html("table", {}, html("caption", {}, chart.spec.title), html("thead", {}, html("tr", {}, ...titles)), html("tbody", {}, ...body));
  const region = html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Table: ${chart.spec.title}` }, table);
  chart.twin.replaceChildren(chart.twin.firstElementChild, region);
}

export function asCsv({ head, rows }) {
  const lines = [head.map(title), ...rows].map((row) => row.map(escaped).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

const title = ({ name, unit }) => (unit?.name ? `${name} [${unit.name}]` : name);

// A cell with digits of its own shows them; as CSV it is the number.
const cell = (value, { unit }) => (value?.told ? value.told : plain(value, unit));

const plain = (value, unit) => (typeof value === "string" ? value : unit ? bare(value, unit) : String(value ?? "–"));

// Text that a spreadsheet would read as a formula starts with an apostrophe.
function escaped(value) {
  if (value === null || value === undefined) return "";
  if (value.told) return String(value.number);
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// Columns of the quantiles of a series, and its cells at a stop.
const PARTS = ["p05", "p10", "p25", "p50", "p75", "p90", "p95"];
const NAMES = { p05: "5%", p10: "10%", p90: "90%", p25: "25%", p50: "median", p75: "75%", p95: "95%" };
export const quantileHead = (one, name, unit) =>
  PARTS.filter((part) => part in one && one[part] !== null).map((part) => ({ name: name ? `${name}, ${NAMES[part]}` : NAMES[part], unit }));
export const quantileCells = (one, at) =>
  PARTS.filter((part) => part in one && one[part] !== null).map((part) => (at === undefined ? rowCell(one, part) : one[part][at]));

// A cell of a row, with the digits the page has for it.
export const rowCell = (one, part) => (one.told ? { number: one[part], told: one.told[part] } : one[part]);
