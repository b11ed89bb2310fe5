// One control: a slider with the exact value typed beside it.
import { html, useEffect, useState } from "./vendor/htm-preact.module.js";

const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

// `toPlace` and `toValue` bend the scale, `hop` is where an arrow key leads, `mark` is where the unseen begins.
export function Dial({ id, label, value, least, most, step = 1, toPlace = same, toValue = same, hop, say, read, round = same, mark, note, isLoud, title, onDrag, onSet }) {
  const [from, to] = [toPlace(least), toPlace(most)];
  const known = Math.min(to, Math.max(from, toPlace(value)));
  const beyond = mark === undefined ? 1 : Math.min(1, Math.max(0, (toPlace(mark) - from) / (to - from || 1)));
  const tell = (event, how) => how(tidy(toValue(Number(event.target.value)), least, most));
  const keys = (event) => {
    const steps = ARROWS[event.key];
    if (!steps) return;
    event.preventDefault();
    onSet(tidy(hop ? hop(value, steps) : value + steps * step, least, most));
  };
  return html`<div class="dial">
    <label for=${id} title=${title}>${label}</label>
    <${Typed} id=${`${id}-exact`} label=${`${label}, exact`} shown=${say(value)} read=${read} onSet=${(given) => onSet(tidy(round(given), least, most))} />
    <input id=${id} type="range" min=${from} max=${to} step="any" value=${known} aria-valuetext=${note ? `${say(value)}, ${note}` : say(value)}
      class=${beyond < 1 ? "hatched" : ""} style=${{ "--mark": `${(100 * beyond).toFixed(1)}%`, "--at": `${(100 * (known - from)) / (to - from || 1)}%` }}
      onKeyDown=${keys} onInput=${(event) => tell(event, onDrag)} onChange=${(event) => tell(event, onSet)} />
    ${note && html`<p class=${isLoud ? "note loud" : "note"}>${note}</p>`}
  </div>`;
}

const same = (value) => value;
const tidy = (value, least, most) => Math.min(most, Math.max(least, value));

// A value as words that turns into a field when it is pressed into.
function Typed({ id, label, shown, read, onSet }) {
  const [text, type] = useState(null);
  const [wrong, blame] = useState(false);
  useEffect(() => type(null), [shown]);
  const done = () => {
    if (text === null) return;
    const value = read(text);
    blame(value === null);
    if (value === null) return;
    type(null);
    onSet(value);
  };
  const keys = (event) => {
    if (event.key === "Enter") done();
    if (event.key === "Escape") {
      type(null);
      blame(false);
    }
  };
  return html`<input id=${id} class="exact" type="text" inputmode="text" autocomplete="off" spellcheck=${false} aria-label=${label} aria-invalid=${wrong}
    value=${text ?? shown} onInput=${(event) => type(event.target.value)} onFocus=${(event) => event.target.select()} onBlur=${done} onKeyDown=${keys} />`;
}

// A choice of two or more words.
export function Choice({ id, label, value, options, title, onSet }) {
  return html`<fieldset class="choice"><legend title=${title}>${label}</legend><div>
    ${options.map((one) => html`<label class=${one.id === value ? "on" : ""}><input type="radio" name=${id} value=${one.id} checked=${one.id === value} onChange=${() => onSet(one.id)} /><span>${one.label}</span></label>`)}
  </div></fieldset>`;
}

export function Pick({ id, label, value, options, title, onSet }) {
  return html`<div class="pick"><label for=${id} title=${title}>${label}</label>
    <select id=${id} value=${value} onChange=${(event) => onSet(event.target.value)}>
      ${options.map((one) => html`<option value=${one.id} selected=${one.id === value}>${one.label}</option>`)}
    </select></div>`;
}
