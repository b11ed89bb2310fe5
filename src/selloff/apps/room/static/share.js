// What can be taken away: a link, YAML, Python, the numbers.
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";

export function save(name, text, kind = "text/plain;charset=utf-8") {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const addressOf = (room) => `${location.origin === "null" || location.protocol === "file:" ? location.href.split("?")[0] : location.origin + location.pathname}?${room.query}`;

// What the server works out anew: it keeps answers, and not what they rest on.
const FILES = [["workbook", "what-if.xlsx", "Tables for banks, as Excel"], ["pdf", "what-if.pdf", "Report as PDF"]];

export function Share({ room }) {
  const [done, tell] = useState("");
  const copy = async (text, what) => {
    await navigator.clipboard.writeText(text).then(() => tell(`${what} copied`), () => tell("Copying is not allowed here: take it from the field"));
    setTimeout(() => tell(""), 3000);
  };
  const [fetched, wait] = useState("");
  const [wrong, blame] = useState("");
  const fetchIt = async (what, name) => {
    wait(what);
    blame("");
    const question = room.asked(room.state.question);
    await room.source.file(what, question).then((found) => save(name, found, found.type), (error) => blame(error.message));
    wait("");
  };
  const copies = room.state.answer?.copy ?? {};
  const menus = useRef(null);
  useEffect(() => {
    const shut = (event) => {
      const isElsewhere = event.type === "keydown" ? event.key === "Escape" : !menus.current.contains(event.target);
      if (isElsewhere) for (const one of menus.current.querySelectorAll("[open]")) one.open = false;
    };
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, shut);
    return () => ["pointerdown", "keydown"].forEach((kind) => document.removeEventListener(kind, shut));
  }, []);
  return html`<div class="menus" ref=${menus}>
    <details class="menu" name="menu"><summary>Share</summary><div class="sheet">
      <label>The whole question as a link<input type="text" readonly value=${addressOf(room)} onFocus=${(event) => event.target.select()} /></label>
      <button type="button" onClick=${() => copy(addressOf(room), "Link")}>Copy the link</button>
      <button type="button" disabled=${!copies.python} onClick=${() => copy(copies.python, "Python")}>Copy as Python</button>
      <p class="quiet">It holds the question, the version and the month of the balance sheets, and no token.</p>
    </div></details>
    <details class="menu" name="menu"><summary>Download</summary><div class="sheet">
      <button type="button" disabled=${!copies.yaml} onClick=${() => save("what-if.yaml", copies.yaml)}>Question as YAML</button>
      <button type="button" onClick=${() => save("what-if.csv", numbersCsv(room.state), CSV)}>Numbers as CSV</button>
      ${room.source.isLive && FILES.map(([what, name, label]) => html`<button type="button" disabled=${fetched} onClick=${() => fetchIt(what, name)}>${fetched === what ? "Working it out: up to a minute" : label}</button>`)}
      ${wrong && html`<p class="wrong">${wrong}</p>`}
      <p class="quiet">Each chart has its own PNG, SVG and CSV beneath it.</p>
    </div></details>
    <span role="status" class="done">${done}</span>
  </div>`;
}

// Rows as a table that spreadsheets open: text in quotes, numbers bare.
export const CSV = "text/csv;charset=utf-8";
export const written = (rows) => `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
const quoted = (cell) => (typeof cell === "number" ? cell : `"${String(cell ?? "").replaceAll('"', '""')}"`);

function numbersCsv({ answer, b }) {
  const cells = (one) => (one ? [one.p05, one.p50, one.p95] : ["", "", ""]);
  const head = ["number", "what", "unit", "A 5%", "A median", "A 95%", ...(b?.answer ? ["B 5%", "B median", "B 95%"] : [])];
  const rows = Object.entries(answer?.numbers ?? {}).map(([name, one]) => [name, one.label, one.unit, ...cells(one), ...(b?.answer ? cells(b.answer.numbers[name]) : [])]);
  return written([head, ...rows]);
}
