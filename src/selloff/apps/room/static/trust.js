// The two views that are not of one answer alone: the monitor, and how far to trust the model.
import { awaited } from "./answer.js";
import { Place } from "./place.js";
import { Section } from "./section.js";
import { html, useEffect, useState } from "./vendor/htm-preact.module.js";

const PERCENT = { name: "percent", after: "%", decimals: 0 };
const DOLLARS = { name: "USD bn", before: "$", after: "bn", decimals: 0, signed: true };

// Who sells quietly, from public data: it does not hang on the question.
export function Monitor({ room }) {
  const found = useOnce(() => room.source.monitor());
  if (!found) return html`<p class="quiet">Reading the monitor.</p>`;
  if (found.wrong) return html`<p class="wrong">${found.wrong}</p>`;
  const day = found.as_of;
  const holders = found.holders.filter((one) => one.flag !== "unknown");
  const watched = holders.filter((one) => one.flag !== "none");
  return html`<div class="view"><h2>${watched.length ? `To watch: ${watched.map((one) => one.label).join(", ")}` : "Nobody is seen to sell"}</h2>
    <p class="lead">As known on ${day}, from TIC and other public data. It does not depend on the question.</p>
    <div class="charts"><${Place} room=${room} spec=${chancesOf(holders)} heights=${[240, 240]} /><${Place} room=${room} spec=${flowsOf(holders)} heights=${[240, 240]} /></div>
    <ul class="warnings">${found.holders.flatMap((one) => one.reasons.map((reason) => html`<li><b>${one.label}</b>: ${reason}.</li>`))}</ul></div>`;
}

function chancesOf(holders) {
  const row = ({ label, chance: { adjusted } }) => ({ name: label, ...quantiles(adjusted.none, (one) => 100 * (1 - one), true) });
  const rows = holders.map(row).sort((one, other) => other.p50 - one.p50);
  return { kind: "dots", id: "monitor_chance", title: `Likeliest to be selling: ${rows[0].name}, ${Math.round(rows[0].p50)}%`, subtitle: "Chance of a quiet or fast sale now, interventions added back. Lines hold 90%.", source: "Selloff, from TIC", unit: PERCENT, rows };
}

function flowsOf(holders) {
  const rows = holders.map(({ label, three_months: { adjusted } }) => ({ name: label, ...quantiles(adjusted, (one) => one) })).sort((one, other) => one.p50 - other.p50);
  return { kind: "dots", id: "monitor_flow", title: `Least bought in three months: ${rows[0].name}`, subtitle: "Net purchases of three months, interventions added back, USD bn. Below zero, sold.", source: "Selloff, from TIC", unit: DOLLARS, rows };
}

const quantiles = ({ p05, p50, p95 }, turn, isTurned = false) => ({ p05: turn(isTurned ? p95 : p05), p50: turn(p50), p95: turn(isTurned ? p05 : p95) });

export function Trust({ room }) {
  const { answer } = room.state;
  const found = answer?.views.trust;
  if (!found) return html`<p class="quiet">${awaited(room.state)}</p>`;
  return html`<div class=${`view ${answer.phase}`}><${Section} room=${room} found=${found} />
    ${answer.views.desk && html`<${Section} room=${room} found=${answer.views.desk} />`}</div>`;
}

// What is asked for once, when the view is first opened.
function useOnce(ask) {
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
