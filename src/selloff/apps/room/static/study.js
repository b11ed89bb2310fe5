// Studies of the lab: each asks many questions in turns; the form is made of what the server says of each.
import { Place } from "./place.js";
import { ALL } from "./question.js";
import { Table } from "./said.js";
import { html } from "./vendor/htm-preact.module.js";
import { questionWords } from "./words.js";

const LOOK = 400; // how often to ask how far a study is [ms]
const PAGE = crypto.getRandomValues(new Uint32Array(2)).join("-"); // the newest study of a page wins

export function Study({ room }) {
  const { studies } = room.controls;
  const { name, typed, job, run } = heldBy(room);
  const study = studies.find((one) => one.name === name);
  const given = { ...startsOf(study, room), ...typed[name] };
  const problems = job?.problems ?? [];
  const isWorking = job?.state === "running";
  const put = (field, value) => keep(room, { typed: { ...typed, [name]: { ...typed[name], [field]: value } } });
  const stop = () => job.id && room.source.studied(job.id, "DELETE").catch(() => {}); // it may have ended by itself
  const choose = (other) => {
    if (isWorking) stop();
    keep(room, { name: other, job: null, run: {} });
  };
  const ask = (event) => {
    event.preventDefault();
    follow(room, study, given);
  };
  return html`<section class="bench" aria-labelledby="study-name"><h3 id="study-name">A study of the question in hand</h3>
    <form class="row ask" onSubmit=${ask} novalidate>
      <label>Study<select id="study" value=${name} onChange=${(event) => choose(event.target.value)}>${studies.map((one) => html`<option value=${one.name} selected=${one.name === name}>${one.label}</option>`)}</select></label>
      ${study.fields.map((field) => html`<${Field} key=${`${name}-${field.name}`} room=${room} field=${field} value=${given[field.name]} wrong=${problems.find((one) => one.where === field.name)} put=${(value) => put(field.name, value)} />`)}
      <button type="submit" disabled=${isWorking}>${isWorking ? "Working" : "Ask"}</button>
    </form>
    <p class="hint">${study.words}</p>
    ${isWorking && html`<${Progress} job=${job} stop=${stop} />`}
    <div role="status">${problems.filter((one) => !study.fields.some((field) => field.name === one.where)).map((one) => html`<p class="wrong">${one.where ? `${one.where}: ` : ""}${words(one)}</p>`)}
      ${job?.state === "dropped" && html`<p class="quiet">Stopped.</p>`}
      ${job?.sentences && html`<div class="found"><h4>${job.title}</h4><p class="quiet">The question in hand was: ${run.of}.</p>${job.sentences.map((text) => html`<p class="lead">${text}</p>`)}</div>`}</div>
    ${job?.charts?.map((spec) => html`<${Place} key=${`${job.id}-${spec.id}`} room=${room} spec=${spec} heights=${[300, 260]} heading=${4} />`)}
    ${job?.tables?.map((table) => html`<${Table} key=${`${job.id}-${table.title}`} room=${room} table=${table} />`)}
  </section>`;
}

function Progress({ job, stop }) {
  return html`<div class="progress"><progress max=${Math.max(job.usual_turns, job.turns + 1)} value=${job.turns} aria-label="Questions asked so far"></progress>
    <span>${job.turns} of about ${Math.max(job.usual_turns, job.turns + 1)} questions asked</span><button type="button" onClick=${stop} disabled=${!job.id}>Stop</button></div>`;
}

// What the page holds of its studies; it stays when another view is opened.
const heldBy = (room) => room.state.study ?? { name: room.controls.studies[0].name, typed: {}, job: null };
const keep = (room, patch) => room.set({ study: { ...heldBy(room), ...patch } });

// Start a study, and look how far it is until it ends or another is wanted.
async function follow(room, study, given) {
  const { question } = room.state;
  const run = { of: questionWords(question, room.controls) };
  const tell = (job) => heldBy(room).run === run && keep(room, { job });
  keep(room, { run, job: { state: "running", turns: 0, usual_turns: 1 } });
  const said = study.fields.map((one) => [one.name, valueOf(one, given[one.name])]).filter(([, value]) => value !== null);
  try {
    let job = await room.source.study(study.name, room.asked(question), { ...Object.fromEntries(said), page: PAGE });
    while (tell(job) !== false && job.state === "running") {
      await new Promise((go) => setTimeout(go, LOOK));
      job = await room.source.studied(job.id);
    }
  } catch (error) {
    tell({ state: "refused", problems: error.problems?.length ? error.problems : [{ text: error.message }] });
  }
}

function valueOf({ kind }, value) {
  if (value === "" || (kind === "amount" && value.trim().toLowerCase() === ALL)) return null;
  return kind === "amount" ? Number(value.replace(/[$,]|bn/g, "")) || value : value;
}

const words = ({ text, given, allowed, remedy }) => text ?? `got ${given}; allowed: ${allowed}. ${remedy}`;

// What stands in the fields at first: of the question in hand where it says so.
const startsOf = (study, room) => Object.fromEntries(study.fields.map(({ name, kind, start }) => [name, kind === "seller" && start ? room.state.question.who ?? start : start]));

function Field({ room, field, value, wrong, put }) {
  const id = `study-${field.name}`;
  const about = { id, value, "aria-invalid": Boolean(wrong), "aria-describedby": wrong ? `${id}-wrong` : undefined };
  const options = optionsOf(field, room);
  const hear = (event) => put(event.target.value);
  const control = options
    ? html`<select ...${about} onChange=${hear}>${options.map((one) => html`<option value=${one.id} selected=${one.id === value}>${one.label}</option>`)}</select>`
    : html`<input type="text" ...${about} list=${field.kind === "event" ? "study-numbers" : undefined} placeholder=${field.kind === "amount" ? ALL : ""} autocomplete="off" spellcheck=${false} onInput=${hear} />`;
  return html`<label class=${field.kind}>${field.label}${control}
    ${field.kind === "event" && html`<datalist id="study-numbers">${metricsOf(room).map((one) => html`<option value=${`${one.id} >= `}>${one.label}</option>`)}</datalist>`}
    ${wrong && html`<span class="wrong" id=${`${id}-wrong`} role="alert">${words(wrong)}</span>`}</label>`;
}

const metricsOf = (room) => Object.values(room.state.answer?.numbers ?? {}).map(({ name, label }) => ({ id: name, label }));

function optionsOf({ kind, options, start }, room) {
  if (kind === "metric") return metricsOf(room);
  if (kind === "seller") return start ? room.controls.who : [{ id: "", label: "As in the question" }, ...room.controls.who];
  return kind === "choice" ? options.map((id) => ({ id, label: id })) : null;
}
