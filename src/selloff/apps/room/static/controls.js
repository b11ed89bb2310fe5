// The six controls in their order, presets as chips, and the drawer of the rest.
import { Choice, Dial, Pick } from "./dial.js";
import { ALL, YEAR, changed } from "./question.js";
import { html } from "./vendor/htm-preact.module.js";
import { amountWords, paceWords, readAmount, readNumber, readPace, recordAmount } from "./words.js";

const ON = [{ id: "on", label: "Yes" }, { id: "off", label: "No" }];
const NOTCHES = [1, 5, 10, 21, 42, 63, 126, 252, 504, 756, 1260, 1764, 2520]; // paces people speak of [business days]
const NEAR = 0.025; // of the log scale, within which a notch catches
const LONGEST = 10 * YEAR;

const log = Math.log;
const fives = (place) => 5 * Math.round(place / 5);
const quarters = (place) => Math.round(place * 4) / 4;
const tenths = (place) => Math.round(place * 10) / 10;
const fine = (days) => Math.max(1, Math.round(days));

// A place on the log slider as days; near a notch the notch itself.
function paceAt(place) {
  const caught = NOTCHES.find((one) => Math.abs(log(one) - place) < NEAR * log(LONGEST));
  return caught ?? fine(Math.exp(place));
}

// An arrow key: a day below ten, else a tenth, and a notch on the way catches.
function paceAfter(days, steps) {
  const way = Math.sign(steps);
  let now = days;
  for (let left = Math.abs(steps); left > 0; left -= 1) {
    const next = now < 10 || (now === 10 && way < 0) ? now + way : fine(now * (1 + 0.1 * way));
    now = NOTCHES.find((one) => (one - now) * way > 0 && (one - next) * way < 0) ?? next;
  }
  return now;
}

export function Controls({ room, question, controls }) {
  const drag = (patch) => room.drag(changed(question, patch));
  const put = (patch) => room.put(changed(question, patch));
  const main = controls.fields.filter((one) => one.group === "main");
  const rest = controls.fields.filter((one) => one.group !== "main");
  const given = { room, question, controls, drag, put };
  return html`<form class="controls" aria-label="The question" onSubmit=${(event) => event.preventDefault()}>
    <${Presets} room=${room} question=${question} controls=${controls} />
    ${main.map((field, at) => html`<${Control} key=${field.name} ...${given} field=${field} label=${`${at + 1} ${field.label}`} />`)}
    ${rest.length > 0 && html`<details class="more"><summary>More</summary>${rest.map((field) => html`<${Control} key=${field.name} ...${given} field=${field} label=${field.label} />`)}</details>`}
  </form>`;
}

function Control({ field, label, ...given }) {
  const { room, question, controls, drag, put } = given;
  const { name, kind } = field;
  const value = question[name];
  const how = { id: name, label, value, title: field.help, onDrag: (one) => drag({ [name]: one }), onSet: (one) => put({ [name]: one }) };
  if (kind === "amount") return html`<${Amount} ...${given} how=${how} />`;
  const held = room.source.axes?.[name];
  if (kind === "days") return html`<${Dial} ...${how} least=${1} most=${LONGEST} toPlace=${log} toValue=${paceAt} hop=${held ? among(held) : paceAfter} say=${paceWords} read=${readPace} round=${fine} />`;
  if (kind === "percent") return html`<${Dial} ...${how} least=${0} most=${100} step=${5} toValue=${fives} say=${(one) => `${one}%`} read=${readNumber} />`;
  if (kind === "size") return html`<${Dial} ...${how} least=${field.least} most=${field.most} step=${0.1} toValue=${tenths} say=${(one) => (one ? `${one} × ${field.unit.replace("times ", "")}` : "none")} read=${(text) => (text === "none" ? 0 : readNumber(text.split("×")[0]))} />`;
  if (kind === "years") return html`<${Dial} ...${how} least=${field.least} most=${field.most} step=${0.25} toValue=${quarters} say=${(one) => (one === 1 ? "1 year" : `${one} years`)} read=${(text) => readNumber(text.replace(/\s*years?$/, ""))} />`;
  if (kind === "switch") return html`<${Choice} ...${how} options=${ON} />`;
  if (kind === "seller") return html`<${Pick} ...${how} options=${controls.who} onSet=${(who) => put({ who, usd: ALL })} />`;
  if (kind === "month") return html`<${Pick} ...${how} value=${value || controls.vintage} options=${controls.months} onSet=${(m) => put({ m: m === controls.vintage ? "" : m })} />`;
  const known = controls.into.some((one) => one.id === value);
  return html`<${Pick} ...${how} options=${known ? controls.into : [...controls.into, { id: value, label: "a mix" }]} />`;
}

export const bookOf = (question, controls) => controls.who.find((one) => one.id === question.who)?.book ?? 0;

// In a snapshot an arrow key leads to the next value that was worked out.
const among = (values) => (value, steps) => {
  const at = values.findIndex((one) => one >= value);
  return values[Math.min(values.length - 1, Math.max(0, at + Math.sign(steps)))];
};

function Amount({ room, question, controls, how }) {
  const book = Math.round(bookOf(question, controls)) || 1;
  const value = question.usd === ALL ? book : Math.min(book, question.usd);
  const month = amountWords(controls.observed); // the most that was sold in one
  const record = recordAmount(question.days, controls.observed);
  const whole = (one) => (one >= book ? ALL : one);
  const held = room.source.axes?.usd.map((one) => (one === ALL ? book : one));
  return html`<${Dial} ...${how} value=${value} least=${0} most=${book} step=${book > 200 ? 10 : 1} hop=${held && among(held)} toValue=${Math.round} read=${(text) => (/^(all|the whole book)/.test(text.trim()) ? book : readAmount(text))}
    say=${(one) => (one >= book ? `all, ${amountWords(one)}` : amountWords(one))} mark=${record} note=${value > record ? `hatched: over ${month} a month, beyond anything observed` : `within what was seen: ${month} or less a month`} isLoud=${value > record}
    onDrag=${(one) => how.onDrag(whole(one))} onSet=${(one) => how.onSet(whole(one))} />`;
}

// The first few as chips, the others in a list.
const CHIPS = ["japan-dump", "japan-slow", "fed-absent", "yen-defence"];

function Presets({ room, controls }) {
  const known = controls.presets;
  const chips = CHIPS.map((name) => known.find((one) => one.name === name)).filter(Boolean);
  const rest = known.filter((one) => !chips.includes(one));
  const take = (one) => one && room.put(one.question);
  return html`<div class="chips" role="group" aria-label="Presets">
    ${chips.map((one) => html`<button type="button" aria-pressed=${room.asks(one.question)} title=${one.title} onClick=${() => take(one)}>${one.label}</button>`)}
    ${rest.length > 0 && html`<select aria-label="More presets" value="" onChange=${(event) => take(known.find((one) => one.name === event.target.value))}>
      <option value="">More</option>${rest.map((one) => html`<option value=${one.name} selected=${room.state.question.preset === one.name}>${one.label}</option>`)}</select>`}
  </div>`;
}
