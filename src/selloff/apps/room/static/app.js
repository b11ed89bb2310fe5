// The page: controls at the left, the answer at the right; on a phone a sheet from below.
import { Numbers, Sentence, onDay } from "./answer.js";
import { Clock } from "./clock.js";
import { Controls } from "./controls.js";
import { YEAR } from "./question.js";
import { Share } from "./share.js";
import { Story } from "./story.js";
import { Trace } from "./trace.js";
import { html, useEffect, useReducer, useState } from "./vendor/htm-preact.module.js";
import { Tabs, View } from "./views.js";
import { questionWords } from "./words.js";

const LINES = {
  opening: "Connecting", open: "", lost: "The connection is lost; your question is kept and asked again as soon as it is back",
  warming: "The model is warming up; the first answer takes a little longer", still: "",
};

export function App({ room, cards }) {
  const [, anew] = useReducer((count) => count + 1, 0);
  const isNarrow = useMedia("(max-width: 820px)");
  useEffect(() => {
    room.listeners.add(anew);
    anew(); // an answer may have come before the page listened
    return () => room.listeners.delete(anew);
  }, []);
  const { question, answer, card, line, waiting, problems, notes } = room.state;
  const named = questionWords(question, room.controls);
  useEffect(() => {
    document.title = `${named} · Selloff`;
  }, [named]);
  const last = answer?.last ?? YEAR * question.years;
  const controls = html`<${Controls} room=${room} question=${question} controls=${room.controls} />`;
  return html`
    <header class="top"><h1>${named}</h1>
      <div class="acts"><button type="button" aria-pressed=${card > 0} onClick=${() => room.turn(card ? 0 : 1)}>Story</button><${Share} room=${room} /></div></header>
    <${Told} line=${LINES[line] ?? line} notes=${notes} problems=${problems} room=${room} />
    <div class=${`body ${waiting ? "waits" : ""}`}>
      ${!isNarrow && html`<aside class="side" aria-label="Controls">${controls}<${Steps} room=${room} /></aside>`}
      <main>
        ${card > 0 && html`<${Story} room=${room} cards=${cards} />`}
        <${Sentence} room=${room} /><${Numbers} room=${room} />
        <${Tabs} room=${room} />
        <${View} room=${room} isNarrow=${isNarrow}><${Clock} room=${room} last=${last} sold=${answer?.numbers.days_to_complete?.p50} told=${onDay(answer, room.state.day)} /><//>
      </main>
    </div>
    ${isNarrow && html`<${Sheet} room=${room} named=${named}>${controls}<${Steps} room=${room} /><//>`}
    <${Trace} room=${room} />`;
}

function Told({ line, notes, problems, room }) {
  return html`<div class="told" role="status">
    ${line && html`<p class="line">${line}.</p>`}
    ${notes.map((one) => html`<p class="note">${one} <button type="button" class="quiet" aria-label="Take the note away" onClick=${() => room.set({ notes: notes.filter((each) => each !== one) })}>×</button></p>`)}
    ${problems.map((one) => html`<p class="wrong">${one.line ? `Line ${one.line}: ` : ""}${one.text}</p>`)}
  </div>`;
}

function Steps({ room }) {
  const { b, canUndo, paths, answer } = room.state;
  return html`<div class="steps">
    <button type="button" disabled=${!canUndo} onClick=${() => room.undo()}>Undo</button>
    <button type="button" onClick=${() => room.pin()}>Pin as B</button>
    ${b && html`<button type="button" onClick=${() => room.swap()}>Swap A and B</button><button type="button" onClick=${() => room.unpin()}>Drop B</button>`}
    ${answer?.paths.length > 0 && html`<label class="tick"><input type="checkbox" checked=${paths} onChange=${(event) => room.set({ paths: event.target.checked })} /> 20 single runs</label>`}
    ${b && html`<p class="pinned"><b>B</b> ${questionWords(b.question, room.controls)}</p>`}
  </div>`;
}

// Controls from below: closed it shows the question, open the sliders.
function Sheet({ named, children }) {
  const [isOpen, open] = useState(false);
  return html`<div class=${`drawer ${isOpen ? "open" : ""}`}>
    <button type="button" class="handle" aria-expanded=${isOpen} aria-controls="drawer" onClick=${() => open(!isOpen)}><span>${isOpen ? "Close" : "Change the question"}</span><small>${named}</small></button>
    <div id="drawer" hidden=${!isOpen}>${children}</div>
  </div>`;
}

function useMedia(query) {
  const media = window.matchMedia(query);
  const [holds, tell] = useState(media.matches);
  useEffect(() => {
    const hear = () => tell(media.matches);
    media.addEventListener("change", hear);
    return () => media.removeEventListener("change", hear);
  }, []);
  return holds;
}
