// What a person reads first: the sentence, four numbers, and the answer's charts.
import { say } from "../charts/words.js";
import { still } from "./clock.js";
import { stopOf, Place } from "./place.js";
import { Said } from "./said.js";
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";

const FIRST = ["us_10y", "parts_us_10y", "relay_a", "usdjpy", "parts_usdjpy", "peak_dots"];

export function Sentence({ room }) {
  const { answer, dragging, b } = room.state;
  const [told, tell] = useState("");
  useEffect(() => {
    if (!dragging && answer?.phase === "full") tell(answer.sentence);
  }, [answer, dragging]);
  if (!answer) return html`<p class="sentence waiting">The model is working out the first answer.</p>`;
  return html`<div class="said">
    <p class="sentence">${answer.sentence}</p>
    <p class="spoken" role="status" aria-live="polite">${told}</p>
    <p class="facts">${factsOf(room, answer)}${answer.phase === "full" && html`<span class="hint"> Press a number to see where it comes from.</span>`}</p>
    ${b?.answer && html`<p class="other"><b>B</b> ${b.answer.title}</p>`}
  </div>`;
}

const counted = (number) => number.toLocaleString("en");

// When the rest comes, and how much of it is worked out.
export function awaited({ dragging, part }) {
  if (dragging) return "The full answer follows when the hand lets go.";
  return `The full answer is on its way${percent(part)}.`;
}

const percent = (part) => (part > 0 ? `: ${Math.round(100 * part)}%` : "");

function factsOf(room, { phase, draws, failed, month, more }) {
  const lost = failed ? `; ${counted(failed)} gave no answer and are left out` : "";
  if (phase === "draft") return `Draft of ${counted(draws)} runs: dashed bands hold eight in ten${lost}. ${awaited(room.state)}`;
  const held = room.source.isLive ? "" : ` One of ${counted(room.source.count)} questions worked out beforehand.`;
  const split = more ? ` What each mechanism adds follows${percent(room.state.part)}.` : "";
  return `Balance sheets of ${month}; ${counted(draws)} runs, nine in ten of them lie in the ranges${lost}.${held}${split}`;
}

const SHORTER = { us_10y_peak_bp: "10-year yield, highest", "lowest:delta_par_yield[tenor=10Y]": "10-year yield, lowest", usdjpy_trough_pct: "Dollar in yen, lowest", usdjpy_peak_pct: "Dollar in yen, highest", days_to_complete: "Time to sell", seller_total_cost_lc_bn: "Bill of the sellers", seller_total_cost_usd_bn: "Bill of the sellers" };

export function Numbers({ room }) {
  const { answer, b } = room.state;
  if (!answer) return html`<div class="numbers"></div>`;
  return html`<div class="numbers" role="group" aria-label="Four numbers">
    ${answer.headline.map((name) => html`<${Figure} key=${name} room=${room} number=${answer.numbers[name]} other=${b?.answer?.numbers[name]} />`)}
  </div>`;
}

const big = (number) => number.level?.text ?? number.text.replace("business days", "days");
const spanOf = (number) => number.level?.range ?? number.range;

function Figure({ room, number, other }) {
  const label = SHORTER[number.name] ?? number.label;
  return html`<div class="figure">
    <p class="label">${label}</p>
    <button type="button" class="big" aria-label=${`${label}: ${big(number)}. Where it comes from`} onClick=${() => room.trace(number.name)}>${big(number)}</button>
    <p class="span">${spanOf(number)}</p>
    ${number.level && html`<p class="change">${number.text} from ${number.level.start}</p>`}
    ${other && html`<p class="b"><b>B</b> ${big(other)} <span class="range">${spanOf(other)}</span></p>`}
  </div>`;
}

// How often what happens, in runs of ten.
function Chances({ answer }) {
  if (!answer.chances.length) return null;
  return html`<ul class="chances" aria-label="How often">${answer.chances.filter((one) => one.frac < 1).map((one) => html`<li>${one.text}</li>`)}</ul>`;
}

// The fan, the waterfall, the relay and the yen; twenty dots beneath.
export function Answer({ room, isNarrow, children }) {
  const { answer, b, paths } = room.state;
  if (!answer) return null;
  const shown = FIRST.filter((id) => answer.charts[id] || ((answer.phase === "draft" || answer.more) && room.drawn.includes(id)));
  const places = shown.map((id) => !answer.charts[id] ? html`<p key=${`${id}-awaits`} class="place awaits">${SHORT[id]}: ${answer.more ? "follows" : "with the full answer"}</p>` : html`<${Place} key=${id} room=${room} spec=${answer.charts[id]} other=${b?.answer?.charts[id]} heights=${[HEIGHTS[id] ?? 250, 220]} paths=${paths ? pathsOf(answer, id) : null} />`);
  return html`<div class=${`view answer ${answer.phase}`}>
    ${isNarrow ? html`<${Swipe} names=${shown.map((id) => SHORT[id])}>${places}<//>` : html`<div class="charts first">${places}</div>`}
    ${children}
    <${Chances} answer=${answer} />
    ${answer.caveats.length > 0 && html`<ul class="caveats">${answer.caveats.map((one) => html`<li><b>${one.head}.</b> <${Said} room=${room} text=${one.text} /></li>`)}</ul>`}
  </div>`;
}

const HEIGHTS = { us_10y: 280 };
const SHORT = { us_10y: "10-year", parts_us_10y: "Who moved it", relay_a: "Who holds it", usdjpy: "Yen", parts_usdjpy: "Who moved the yen", peak_dots: "Chances" };

// Single runs of a chart, as lines on its axis.
export function pathsOf(answer, id) {
  const found = answer.paths.find((one) => one.chart === id);
  return found ? found.values.map((values) => ({ x: { values: found.x }, values })) : null;
}

// One chart at a time on a phone: swipe, or press a name.
function Swipe({ names, children }) {
  const strip = useRef(null);
  const [at, go] = useState(0);
  useEffect(() => {
    const chart = strip.current.children[at];
    const fit = new ResizeObserver(() => (strip.current.style.height = `${chart.offsetHeight}px`));
    fit.observe(chart);
    return () => fit.disconnect();
  }, [at, names.length]);
  const seen = () => go(Math.round(strip.current.scrollLeft / Math.max(1, strip.current.clientWidth)));
  const to = (next) => strip.current.scrollTo({ left: next * strip.current.clientWidth, behavior: still() ? "auto" : "smooth" });
  return html`<div class="swipe">
    <div class="names" role="group" aria-label="Charts">${names.map((name, index) => html`<button type="button" aria-pressed=${index === at} onClick=${() => to(index)}>${name}</button>`)}</div>
    <div class="strip" ref=${strip} onScroll=${seen} tabindex="0" role="region" aria-label="Charts, side by side">${children}</div>
  </div>`;
}

// What the charts of the answer say on a day, for the line under the clock.
export function onDay(answer, day) {
  if (!answer || day === null) return "";
  return ["us_10y", "usdjpy"]
    .map((id) => answer.charts[id])
    .filter((spec) => spec?.x?.kind === "days")
    .map((spec) => {
      const at = stopOf(spec.x.values, day);
      const value = spec.series[0].p50[at];
      return value === null ? "" : `${SHORT[spec.id] ?? spec.id} ${say(value, spec.unit)}`;
    })
    .filter(Boolean)
    .join(" · ");
}
