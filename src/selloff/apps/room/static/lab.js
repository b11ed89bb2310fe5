// The lab: one number by two inputs, a scenario written by hand, paths of single draws.
import { pathsOf } from "./answer.js";
import { bookOf } from "./controls.js";
import { Place } from "./place.js";
import { ALL } from "./question.js";
import { Study } from "./study.js";
import { html, useEffect, useRef, useState } from "./vendor/htm-preact.module.js";
import { amountWords, paceWords, unitOf } from "./words.js";

const INPUTS = [{ id: "usd", label: "How much" }, { id: "days", label: "How fast" }, { id: "announced", label: "Announced" }, { id: "hostility", label: "Hostility" }];

export function Lab({ room }) {
  return html`<div class="view lab"><h2>The lab: ask what the sliders cannot</h2>
    <div class="benches"><${Written} room=${room} /><${Grid} room=${room} /></div><${Study} room=${room} /><${Paths} room=${room} /></div>`;
}

// One number by two inputs, as classes of colour; filled in from left to right as answers come.
function Grid({ room }) {
  const { answer, question } = room.state;
  const [asked, put] = useState({ metric: "us_10y_peak_bp", across: "days", up: "usd" });
  const [found, keep] = useState(null);
  const run = useRef(0);
  useEffect(() => () => (run.current = 0), []);
  const metrics = Object.values(answer?.numbers ?? {}).map(({ name, label }) => ({ id: name, label }));
  const ask = () => {
    run.current += 1;
    const mine = run.current;
    keep({ waits: true });
    fill(room, question, asked, (one) => run.current === mine && keep(one));
  };
  const list = (key, label, options) => html`<label>${label}<select id=${`grid-${key}`} value=${asked[key]} onChange=${(event) => put({ ...asked, [key]: event.target.value })}>${options.map((one) => html`<option value=${one.id} selected=${one.id === asked[key]}>${one.label}</option>`)}</select></label>`;
  return html`<section class="bench" aria-labelledby="grid-name"><h3 id="grid-name">One number by two inputs</h3>
    <div class="row">${list("metric", "Number", metrics)}${list("across", "Across", INPUTS.filter((one) => one.id !== asked.up))}${list("up", "Up", INPUTS.filter((one) => one.id !== asked.across))}
      <button type="button" onClick=${ask} disabled=${found?.waits}>${found?.waits ? "Working" : "Work it out"}</button></div>
    ${found?.wrong && html`<p class="wrong">${found.wrong}</p>`}
    ${found?.chart && html`<${Place} room=${room} spec=${found.chart} heights=${[240, 240]} />`}
  </section>`;
}

const POINTS = { days: [1, 5, 21, 63, 126, 252, 756, 2520], usd: [0.1, 0.25, 0.5, 0.75, 1], announced: [0, 25, 50, 75, 100], hostility: [0, 25, 50, 75, 100] };
const DRAWS = 24; // of each point

// Ask point by point and hand out the chart after each column.
async function fill(room, question, { metric, across, up }, tell) {
  const book = bookOf(question, room.controls);
  const value = (name, one) => (name !== "usd" ? one : one === 1 ? ALL : Math.round(one * book));
  const say = { days: paceWords, usd: (one) => amountWords(one * book), announced: (one) => `${one}%`, hostility: (one) => `${one}%` };
  const [columns, rows] = [POINTS[across], [...POINTS[up]].reverse()];
  const cells = rows.map(() => columns.map(() => null));
  const label = room.state.answer.numbers[metric];
  for (const [x, one] of columns.entries()) {
    for (const [y, other] of rows.entries()) {
      const put = { ...question, seed: room.state.seed, [across]: value(across, one), [up]: value(up, other) };
      try {
        cells[y][x] = (await room.source.number(put, metric, DRAWS))?.p50 ?? null;
      } catch (error) {
        return tell({ wrong: error.message });
      }
    }
    const unit = unitOf(label.unit, cells.flat());
    const told = { kind: "heat", id: `grid-${metric}`, title: `${label.label}, by ${INPUTS.find((each) => each.id === across).label.toLowerCase()} and ${INPUTS.find((each) => each.id === up).label.toLowerCase()}`, subtitle: `Medians of ${DRAWS} runs at each point: colours tell, single numbers are rough.`, source: "Selloff" };
    tell({ waits: x < columns.length - 1, chart: { ...told, unit, x: { kind: "number", title: label.label, values: columns.map((_, at) => at), words: columns.map(say[across]) }, rows: rows.map((each, y) => ({ name: say[up](each), values: [...cells[y]] })) } });
  }
  return undefined;
}

// A scenario as YAML: what is wrong is said at its line.
function Written({ room }) {
  const [typed, write] = useState(null);
  const text = typed ?? room.state.question.yaml ?? room.state.answer?.copy?.yaml ?? "";
  const [told, tell] = useState(null);
  const gutter = useRef(null);
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
