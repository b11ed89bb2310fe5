// Fourteen claims as cards: guess, watch the sliders replay it, read verdict and evidence.
import { still } from "./clock.js";
import { bookOf } from "./controls.js";
import { ALL, fromQuery, standard } from "./question.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { chanceWords } from "./words.js";

const GUESSES = [["supported", "It holds"], ["contested", "It depends"], ["unsupported", "It does not"]];
const HOLDS = { "out of date": "unsupported", inconsistent: "unsupported" };
const STEPS = 14; // of the replay
const BEAT = 70; // between them [ms]

export function Story({ room, cards }) {
  const { card } = room.state;
  const within = (number) => Math.min(cards.length, Math.max(1, number));
  const at = within(card) - 1;
  const one = cards[at];
  const [guess, take] = useState(null);
  const head = useRef(null);
  const turn = (to) => room.turn(within(to));
  // Before the next key is read: a quick guess must not be taken back.
  useLayoutEffect(() => {
    take(null);
    head.current.focus({ preventScroll: true });
  }, [at]);
  useEffect(() => {
    const keys = (event) => {
      if (event.target.matches("input, select, textarea, [role=slider], [role=tab]")) return;
      if (event.key === "ArrowRight") turn(at + 2);
      else if (event.key === "ArrowLeft") turn(at);
      else if (event.key === "Escape") room.turn(0);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", keys);
    return () => document.removeEventListener("keydown", keys);
  }, [at]);
  const say = (answer) => {
    take(answer);
    replay(room, one);
  };
  return html`<section class="story" aria-labelledby="story-head">
    <p class="count">Claim ${at + 1} of ${cards.length}</p>
    <h2 id="story-head" tabindex="-1" ref=${head}>${one.claim}</h2>
    ${guess === null
      ? html`<div class="guess" role="group" aria-label="Your guess">${GUESSES.map(([id, word]) => html`<button type="button" onClick=${() => say(id)}>${word}</button>`)}</div>`
      : html`<${Verdict} one=${one} guess=${guess} />`}
    <div class="turn"><button type="button" disabled=${at === 0} onClick=${() => turn(at)}>← Before</button><button type="button" disabled=${at === cards.length - 1} onClick=${() => turn(at + 2)}>Next →</button><button type="button" class="quiet" onClick=${() => room.turn(0)}>Leave the story</button></div>
  </section>`;
}

function Verdict({ one, guess }) {
  const said = GUESSES.find(([id]) => id === guess)[1].toLowerCase();
  const isRight = guess === (HOLDS[one.verdict] ?? one.verdict);
  return html`<div class="judged" role="status">
    <p><span class=${`verdict ${one.verdict.replaceAll(" ", "-")}`}>${one.verdict}</span> You said: ${said}. ${isRight ? "So says the model." : "The model says otherwise."} Published evidence: ${one.evidence_verdict}.</p>
    <ul class="parts">${one.parts.map((part) => html`<li>${part.statement}${part.p === null ? "" : `: ${chanceWords(part.p)}`} <i>${part.verdict}</i></li>`)}</ul>
    <dl><dt>Watch</dt><dd>${one.watch}</dd>
      <dt>What is known</dt><dd>${one.evidence} <span class="quiet">${one.source}</span></dd>
      <dt>What would have to be true</dt><dd>${one.needs}</dd></dl>
  </div>`;
}

// The sliders go by themselves from a small slow sale to that of the card, and the answer with them.
function replay(room, one) {
  const { card } = room.state;
  const { question } = fromQuery(one.query, room.fields, { ...room.controls.rest, ...standard(room.fields) });
  if (room.source.offers(one.view)) room.show(one.view);
  if (still()) return room.put(question);
  const whole = bookOf(question, room.controls);
  const usd = question.usd === ALL ? whole : question.usd;
  const from = { usd: usd / 10, days: question.days > 100 ? 1 : 504 };
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    const isHere = room.state.card === card;
    if (!isHere || step >= STEPS) {
      clearInterval(timer);
      room.put(isHere ? question : room.state.question); // who turns on keeps what is in hand
      return;
    }
    const part = step / STEPS;
    const bend = (low, high) => Math.max(1, Math.round(low * (high / low) ** part));
    room.drag({ ...question, usd: bend(from.usd, usd), days: bend(from.days, question.days) });
  }, BEAT);
  return undefined;
}
