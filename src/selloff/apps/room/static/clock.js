// The clock of all views: a bent slider over business days, stops worth seeing, and a play button.
import { dayWords } from "../charts/words.js";
import { html, useEffect, useState } from "./vendor/htm-preact.module.js";

const STOPS = [[1, "d1", "Day 1"], [9, "d9", "Day 9"], [252, "1y", "A year"], [1260, "5y", "5 years"], [2520, "10y", "10 years"]];
const SOLD = [14, 160]; // days at which the end of the sale has room among the stops
const ROOM = 0.06; // of the track, which the words of a stop need
const FRAMES = 220; // from end to end
const BEAT = 40; // between frames [ms]
const PAUSE = 1200; // at a stop, where motion is not wanted [ms]

// Whether motion is unwanted.
export const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export function Clock({ room, last, sold, told }) {
  const { day } = room.state;
  const [playing, play] = useState(false);
  const stops = stopsOf(last, sold);
  const to = Math.cbrt(last);
  useEffect(() => {
    if (!playing) return undefined;
    const step = () => {
      const now = room.state.day ?? 0;
      if (now >= last) return play(false);
      const next = still() ? stops.find(([at]) => at > now)?.[0] ?? last : Math.min(last, (Math.cbrt(now) + to / FRAMES) ** 3);
      return room.set({ day: next });
    };
    const timer = setInterval(step, still() ? PAUSE : BEAT);
    return () => clearInterval(timer);
  }, [playing, last]);
  const begin = () => {
    if (!playing && (day ?? 0) >= last) room.set({ day: 0 });
    play(!playing);
  };
  return html`<div class="clock" role="group" aria-label="Time, for all charts">
    <button type="button" class="play" aria-pressed=${playing} aria-label=${playing ? "Stop the clock" : "Play from day to day"} onClick=${begin}>${playing ? "❚❚" : "▶"}</button>
    <div class="track">
      <input type="range" min="0" max=${to} step="any" value=${Math.cbrt(day ?? 0)} aria-label="Business day" aria-valuetext=${day === null ? "not set" : dayWords(day)}
        style=${{ "--at": `${(100 * Math.cbrt(day ?? 0)) / to}%` }} onKeyDown=${(event) => keys(event, room, last)} onInput=${(event) => room.set({ day: Number(event.target.value) ** 3 })} />
      <div class="stops">${stops.map(([at, word, whole]) => html`<button type="button" aria-label=${whole} aria-pressed=${day !== null && Math.abs(day - at) < 0.5} style=${{ "--place": Math.cbrt(at) / to }} onClick=${() => room.set({ day: at })}>${word}</button>`)}</div>
    </div>
    <p class="now" aria-live="off">${day === null ? "Move the clock: every chart follows" : html`<b>${dayWords(day)}</b> ${told}`}</p>
    ${day !== null && html`<button type="button" class="quiet" onClick=${() => (play(false), room.set({ day: null }))}>Clear</button>`}
  </div>`;
}

// Stops worth seeing; the day on which the median sale is done is one of them.
function stopsOf(last, sold) {
  const day = Math.round(sold ?? 0);
  const own = day >= SOLD[0] && day <= SOLD[1] ? [[day, `d${day}`, `Day ${day}, when the sale is done`]] : [[26, "d26", "Day 26"]];
  const free = ([at]) => at <= last && !own.some(([other]) => other !== at && Math.abs(Math.cbrt(at) - Math.cbrt(other)) < ROOM * Math.cbrt(last));
  return [...STOPS, ...own].filter(free).sort(([one], [other]) => one - other);
}

function keys(event, room, last) {
  const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  const now = Math.round(room.state.day ?? 0);
  const next = now < 21 ? now + way : Math.round(now * (1 + 0.1 * way));
  room.set({ day: Math.min(last, Math.max(0, next)) });
}
