// The tabs: each view is what the answer says of it, drawn; what nothing happened in is one line.
import { Answer, awaited } from "./answer.js";
import { Lab } from "./lab.js";
import { Section } from "./section.js";
import { Monitor, Trust } from "./trust.js";
import { html, useEffect, useRef } from "./vendor/htm-preact.module.js";

// Each tab, its word, and the views of an answer that it shows.
const VIEWS = [
  ["answer", "Answer", []], ["markets", "Markets", ["story", "worlds"]], ["seller", "Seller", ["seller"]], ["america", "America", ["america"]],
  ["japan", "Japan", ["japan"]], ["world", "World", ["countries", "world"]], ["reserves", "Reserves", ["reserves"]],
  ["monitor", "Monitor", []], ["trust", "Trust", ["trust", "desk"]], ["lab", "Lab", []],
];
const OWN = { answer: Answer, monitor: Monitor, trust: Trust, lab: Lab };

// Views that the clock moves.
const TIMED = ["answer", "markets", "america", "japan", "world"];

export function Tabs({ room }) {
  const { view } = room.state;
  const bar = useRef(null);
  useEffect(() => {
    const tab = bar.current?.querySelector(`#tab-${view}`);
    if (tab) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.offsetWidth) / 2; // where not all have room
  }, [view]);
  const offered = VIEWS.filter(([id]) => room.source.offers(id));
  if (offered.length < 2) return null;
  const keys = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const at = offered.findIndex(([id]) => id === view);
    const [next] = offered[(at + way + offered.length) % offered.length];
    room.show(next);
    event.currentTarget.querySelector(`#tab-${next}`).focus();
  };
  return html`<div class="tabs" ref=${bar} role="tablist" aria-label="Views" onKeyDown=${keys}>
    ${offered.map(([id, name]) => html`<button type="button" role="tab" id=${`tab-${id}`} aria-controls="view" aria-selected=${id === view} tabindex=${id === view ? 0 : -1} onClick=${() => room.show(id)}>${name}</button>`)}
  </div>`;
}

// The view in hand, with the clock beneath it; on a phone the clock comes right under the first chart.
export function View({ room, isNarrow, children }) {
  const { view } = room.state;
  const Own = room.source.offers(view) ? OWN[view] ?? Told : Served;
  const isFirst = isNarrow && view === "answer";
  return html`<section id="view" role="tabpanel" aria-label="The view in hand" tabindex="-1"><${Own} key=${view} room=${room} isNarrow=${isNarrow} id=${view}>${isFirst && children}<//></section>
    ${!isFirst && TIMED.includes(view) && children}`;
}

// What a page without a server cannot show.
function Served() {
  return html`<p class="quiet">This view needs the server: run selloff serve.</p>`;
}

function Told({ room, id }) {
  const { answer } = room.state;
  const shown = VIEWS.find(([one]) => one === id)?.[2] ?? [];
  const found = shown.map((one) => answer?.views[one]).filter(Boolean);
  if (!found.length) return html`<p class="quiet">${answer?.phase === "full" ? "Nothing happens here in this question." : awaited(room.state)}</p>`;
  return html`<div class=${`view ${answer.phase}`}>${found.map((one) => html`<${Section} key=${one.id} room=${room} found=${one} />`)}</div>`;
}
