// The two views that are not of one answer alone: the monitor, and how far to trust the model.
import { Place } from "./place.js";
import { Said, Table } from "./said.js";
import { Section } from "./section.js";
import { html, useEffect, useState } from "./vendor/htm-preact.module.js";

export function Monitor({ room }) {
  const found = useOnce(() => room.source.monitor());
  if (!found) return html`<p class="quiet">Reading the monitor.</p>`;
  if (found.wrong) return html`<p class="wrong">${found.wrong}</p>`;
  return html`<div class="view">MONITOR</div>`;
}

export function Trust({ room }) {
  const { answer } = room.state;
  const found = answer?.views.trust;
  if (!found) return html`<p class="quiet">This view comes with the full answer, when the hand lets go.</p>`;
  return html`<div class=${`view ${answer.phase}`}><${Section} room=${room} found=${found} />
    ${answer.views.desk && html`<${Section} room=${room} found=${answer.views.desk} />`}
    ${answer.warnings.length > 0 && html`<h2>Beyond what was ever observed</h2><ul class="warnings">${answer.warnings.map((one) => html`<li>${one}</li>`)}</ul>`}</div>`;
}

// What is asked for once, when the view is first opened.
export function useOnce(ask) {
  const [found, keep] = useState(null);
  useEffect(() => {
    let isWanted = true;
    ask().then(
      (one) => isWanted && keep(one),
      (error) => isWanted && keep({ wrong: error.message }),
    );
    return () => (isWanted = false);
  }, []);
  return found;
}
