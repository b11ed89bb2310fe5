// Text as the answer hands it out: plain, or in pieces of which some are numbers with a trace.
import { CSV, save, written } from "./share.js";
import { html } from "./vendor/htm-preact.module.js";

export function Said({ room, text }) {
  if (typeof text === "string") return text;
  return text.map((one) => piece(room, one));
}

export const plain = (text) => (typeof text === "string" ? text : text.map((one) => one.text).join(""));

function piece(room, { text, number, range, strong, beyond }) {
  if (number) return html`<button type="button" class="n" aria-label=${`${text}: where it comes from`} onClick=${() => room.trace(number)}>${text}</button>`;
  if (range) return html`<span class="range">${text}</span>`;
  if (strong) return html`<strong>${text}</strong>`;
  return beyond ? html`<abbr title=${beyond}>${text}</abbr>` : text;
}

// A table of the answer, which can be taken away: cells are text in pieces too; on a phone each row is a card.
export function Table({ room, table }) {
  const { head, rows, words = [0] } = table;
  const grid = html`<div class="table" tabindex="0" role="region" aria-label=${table.title || head[0]}><table>
    <thead><tr>${head.map((one, at) => html`<th scope="col" class=${words.includes(at) ? "" : "number"}>${one}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => {
      const held = html`<${Said} room=${room} text=${cell} />`;
      return at ? html`<td data-head=${head[at]} class=${words.includes(at) ? "" : "number"}>${held}</td>` : html`<th scope="row">${held}</th>`;
    })}</tr>`)}</tbody></table></div>
    <p class="take"><button type="button" onClick=${() => save(`${table.title || head[0]}.csv`, csvOf(table), CSV)}>CSV</button></p>`;
  return table.title ? html`<details class="fold"><summary>${table.title}</summary>${grid}</details>` : grid;
}

const csvOf = ({ head, rows }) => written([head, ...rows.map((row) => row.map(plain))]);
