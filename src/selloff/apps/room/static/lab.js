// The lab: one number by two inputs, a scenario written by hand, paths of single draws.
import { pathsOf } from "./answer.js";
import { Place } from "./place.js";
import { html, useRef, useState } from "./vendor/htm-preact.module.js";

const INPUTS = [{ id: "usd", label: "How much" }, { id: "days", label: "How fast" }, { id: "announced", label: "Announced" }, { id: "hostility", label: "Hostility" }];

export function Lab({ room }) {
  return html`<div class="view lab"><h2>The lab: ask what the sliders cannot</h2>
    <div class="benches"><${Written} room=${room} /><${Grid} room=${room} /></div><${Paths} room=${room} /></div>`;
}

// One number by one or two inputs, as classes of colour.
function Grid({ room }) {
  const { answer, question } = room.state;
  const [metric, name] = useState("us_10y_peak_bp");
  const [across, pick] = useState("days");
  const [up, choose] = useState("usd");
  const [found, keep] = useState(null);
  if (!room.source.isLive) return null;
  const metrics = Object.entries(answer?.numbers ?? {}).map(([id, one]) => ({ id, label: one.label }));
  const ask = () => {
    keep({ waits: true });
    room.source.grid(question, { metric, across, up }).then(keep, (error) => keep({ wrong: error.message }));
  };
  const list = (id, label, value, options, set) => html`<label>${label}<select id=${id} value=${value} onChange=${(event) => set(event.target.value)}>${options.map((one) => html`<option value=${one.id} selected=${one.id === value}>${one.label}</option>`)}</select></label>`;
  return html`<section class="bench" aria-labelledby="grid-name"><h3 id="grid-name">One number by two inputs</h3>
    <div class="row">${list("grid-metric", "Number", metric, metrics, name)}${list("grid-across", "Across", across, INPUTS.filter((one) => one.id !== up), pick)}${list("grid-up", "Up", up, INPUTS.filter((one) => one.id !== across), choose)}
      <button type="button" onClick=${ask} disabled=${found?.waits}>${found?.waits ? "Working" : "Work it out"}</button></div>
    ${found?.wrong && html`<p class="wrong">${found.wrong}</p>`}
    ${found?.kind && html`<${Place} key=${found.id} room=${room} spec=${found} heights=${[240, 240]} />`}
  </section>`;
}

// A scenario as YAML: what is wrong is said at its line.
function Written({ room }) {
  const [text, write] = useState(room.state.question.yaml ?? room.state.answer?.copy?.yaml ?? "");
  const [told, tell] = useState(null);
  const gutter = useRef(null);
  if (!room.source.isLive) return null;
  const lines = text.split("\n").length;
  const wrong = new Map((told?.problems ?? []).filter((one) => one.line).map((one) => [one.line, one]));
  const check = async () => {
    tell({ waits: true });
    const found = await room.source.check(text).catch((error) => ({ problems: [{ where: "", text: error.message }] }));
    tell(found);
    if (!found.problems.length) room.put({ ...room.state.question, yaml: text });
  };
  const load = async (event) => {
    const [file] = event.target.files;
    if (file) write(await file.text());
    tell(null);
  };
  return html`<section class="bench" aria-labelledby="yaml-name"><h3 id="yaml-name">A scenario of your own</h3>
    <div class="editor"><pre class="gutter" ref=${gutter} aria-hidden="true">${Array.from({ length: lines }, (_, at) => html`<span class=${wrong.has(at + 1) ? "wrong" : ""}>${at + 1}\n</span>`)}</pre>
      <textarea id="yaml" aria-labelledby="yaml-name" spellcheck=${false} rows=${Math.min(26, Math.max(12, lines))} wrap="off" aria-invalid=${wrong.size > 0} aria-describedby="yaml-told" value=${text}
        onInput=${(event) => (write(event.target.value), tell(null))} onScroll=${(event) => (gutter.current.scrollTop = event.target.scrollTop)}></textarea></div>
    <div class="row"><button type="button" onClick=${check} disabled=${told?.waits}>Ask this</button>
      <label class="file">Open a file<input type="file" accept=".yaml,.yml,.json" onChange=${load} /></label></div>
    <ul id="yaml-told" class="problems" role="status">${(told?.problems ?? []).map((one) => html`<li>${one.line ? html`<b>Line ${one.line}</b> ` : ""}${one.text}</li>`)}
      ${told && !told.waits && !told.problems.length && html`<li class="right">Asked.</li>`}</ul>
  </section>`;
}

// Twenty single draws, so that a range is not taken for a path.
function Paths({ room }) {
  const { answer } = room.state;
  const spec = answer?.charts.us_10y;
  if (!spec || !answer.paths.length) return null;
  const own = { ...spec, id: "paths", marks: [], title: "Single runs of the 10-year: none follows the median", series: [{ name: spec.series[0].name, p50: spec.series[0].p50 }] };
  return html`<section class="bench" aria-label="Single runs"><${Place} room=${room} spec=${own} heights=${[280, 220]} paths=${pathsOf(answer, "us_10y")} /></section>`;
}
