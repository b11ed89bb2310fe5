// One section of the answer: a finding, sentences, charts, what is odd and why, tables.
import { Place } from "./place.js";
import { Said, Table } from "./said.js";
import { html } from "./vendor/htm-preact.module.js";

const BROAD = ["heat"];

export function Section({ room, found }) {
  const { answer, b } = room.state;
  return html`<h2>${found.title}</h2>
    ${found.lead.map((text) => html`<p class="lead"><${Said} room=${room} text=${text} /></p>`)}
    <div class="charts">${found.charts.map((id) => html`<${Place} key=${id} room=${room} spec=${answer.charts[id]} other=${b?.answer?.charts[id]} heights=${[220, 200]} broad=${BROAD.includes(answer.charts[id].kind)} />`)}</div>
    ${found.quiet && html`<p class="quiet">${found.quiet}</p>`}
    ${found.whys.map((one) => html`<div class="why"><b><${Said} room=${room} text=${one.claim} /></b> ${one.why} <i>${one.trust}</i></div>`)}
    ${found.tables.map((table) => html`<${Table} room=${room} table=${table} />`)}`;
}
