// Where a number comes from: definition, twenty of its draws, pages of the model, parameters, CSV.
import { Place } from "./place.js";
import { Said } from "./said.js";
import { CSV, save, written } from "./share.js";
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { unitOf } from "./words.js";

export function Trace({ room }) {
  const { trace, answer } = room.state;
  const box = useRef(null);
  const [rows, keep] = useState([]);
  useEffect(() => {
    if (!trace) return;
    if (!box.current.open) box.current.showModal();
    room.source.parameters().then(keep, () => keep([]));
  }, [trace]);
  const number = answer?.numbers[trace];
  const press = (event) => event.target === box.current && box.current.close();
  return html`<dialog class="trace" ref=${box} aria-labelledby="trace-name" onClose=${() => room.trace(null)} onClick=${press}>
    ${trace && (number ? html`<${Inside} room=${room} number=${number} rows=${rows.filter((one) => moves(one, number))} />` : html`<h2 id="trace-name">${trace}</h2><p>It stands in the tables of this view alone.</p>`)}
    <form method="dialog"><button>Close</button></form>
  </dialog>`;
}

const moves = (row, { name, variable }) => row.moves.split(" ").some((one) => one === name || one === variable);

function Inside({ room, number, rows }) {
  const { answer } = room.state;
  const level = number.level ? ` (${number.level.text}, from ${number.level.start})` : "";
  const dots = dotsOf(number);
  const quantiles = number.dots?.map((one, at) => [(100 * (at + 0.5)) / 20, one]);
  const csv = () => save(`${number.name}.csv`, written([["share of runs below [%]", `${number.name} [${number.unit}]`], ...quantiles]), CSV);
  return html`<h2 id="trace-name">${number.label}</h2>
    <p class="trace-value"><b>${number.text}</b>${level} <span class="range">nine in ten runs: ${number.range}</span></p>
    ${number.beyond && html`<p class="wrong">${number.beyond[0].toUpperCase() + number.beyond.slice(1)}.</p>`}
    <dl>
      ${number.definition && html`<dt>Definition</dt><dd>${number.definition}${number.note ? html`; ${number.note}` : ""}.</dd>`}
      ${number.pages?.length > 0 && html`<dt>The model</dt><dd>${number.pages.map((one, at) => html`${at ? ", " : ""}<span title=${`docs/model/${one}.md`}>${room.controls.pages[one] ?? one}</span>`)} <span class="quiet">(docs/model)</span></dd>`}
      ${answer.copy?.command && html`<dt>Again</dt><dd><code>${answer.copy.command}</code></dd>`}
    </dl>
    ${!number.definition && answer.phase === "draft" && html`<p class="quiet">Its draws and definition come with the full answer.</p>`}
    ${dots && html`<${Place} room=${room} spec=${dots} heights=${[150, 150]} />`}
    ${number.dots && html`<p><button type="button" onClick=${csv}>Twenty equally likely draws as CSV</button></p>`}
    ${rows.length > 0 && html`<${Parameters} rows=${rows} />`}`;
}

// Twenty equally likely draws as dots; none where a draw never ends.
function dotsOf({ name, label, unit, dots }) {
  if (!dots?.length || dots.some((one) => one === null) || dots[0] === dots.at(-1)) return null;
  return { kind: "quantiles", id: `dots-${name}`, title: "Twenty equally likely runs", subtitle: `${label}: each dot stands for one run in twenty`, source: "Selloff", unit: unitOf(unit, dots), values: dots };
}

function Parameters({ rows }) {
  const assumed = rows.filter((one) => one.standing === "assumption").length;
  return html`<details class="fold" open=${rows.length <= 6}><summary>${rows.length} parameters move it: ${rows.length - assumed} from data, ${assumed} assumed</summary>
    <div class="table" tabindex="0" role="region" aria-label="Parameters"><table>
      <thead><tr><th scope="col">Parameter</th><th scope="col">Stands on</th><th scope="col" class="number">Median (5–95%)</th><th scope="col">Source</th></tr></thead>
      <tbody>${rows.map((one) => html`<tr key=${one.name}><th scope="row">${one.name.replaceAll("_", " ")}</th>
        <td data-head="Stands on"><span class=${one.standing === "assumption" ? "tag assumption" : "tag data"}>${one.standing}</span></td>
        <td data-head="Median (5–95%)" class="number">${brief(one.p50)} <span class="range">${brief(one.p05)} to ${brief(one.p95)}</span> ${one.unit}</td>
        <td data-head="Source"><${Said} room=${null} text=${one.source || "assumption"} /></td></tr>`)}</tbody>
    </table></div></details>`;
}

const brief = (number) => (number === null || number === undefined ? "–" : String(Number(Number(number).toPrecision(3))));
