// Answers held inside the file: the nearest of the questions that were worked out beforehand.
import { normal } from "./normal.js";
import { ALL } from "./question.js";
import { controlsOf } from "./schema.js";

export class Grid {
  constructor(text) {
    Object.assign(this, { text, isLive: false });
  }

  async controls() {
    const held = await unpacked(this.text);
    Object.assign(this, held);
    const known = controlsOf(held.schema);
    const fields = known.fields.filter(({ name }) => this.axes[name]?.length > 1);
    const start = { ...Object.fromEntries(known.fields.map((one) => [one.name, one.start])), ...this.start };
    this.count = Object.keys(this.answers).length;
    this.book = known.who.find((one) => one.id === start.who).book;
    const into = known.into.filter(({ id }) => this.axes.into.includes(id));
    const presets = known.presets.filter(({ question }) => !question.preset && this.isOn(question));
    return { ...known, fields, rest: start, into, presets, months: [{ id: known.vintage, label: known.vintage }], cards: held.story };
  }

  listen(hears) {
    this.hears = hears;
  }

  offers(view) {
    return view === "answer";
  }

  // The nearest question on the grid: amounts and paces by their ratio.
  near(question) {
    const near = { ...question };
    const nearest = (values, given, turn) => values.reduce((best, one) => (Math.abs(turn(one) - turn(given)) < Math.abs(turn(best) - turn(given)) ? one : best));
    near.days = nearest(this.axes.days, question.days, Math.log);
    near.usd = nearest(this.axes.usd, question.usd, (one) => Math.log(Math.max(1, one === ALL ? this.book : one)));
    for (const name of ["into", "fed"]) if (!this.axes[name].includes(question[name])) near[name] = this.axes[name][0];
    return near;
  }

  isOn(question) {
    return Object.keys(this.axes).every((name) => this.axes[name].includes(question[name]));
  }

  keyOf(question) {
    return Object.keys(this.axes).map((name) => question[name]).join("|");
  }

  ask(slot, question) {
    const said = this.answers[this.keyOf(this.near(question))];
    const whole = { ...this.shared, ...said, views: said.views.map((one) => ({ ...one, charts: one.charts.map((chart) => (chart.x === "days" ? { ...chart, x: this.ruler } : chart)) })) };
    const numbers = whole.numbers.map((one) => ({ ...this.told[one.name], ...one }));
    queueMicrotask(() => this.hears.answer(slot, normal({ ...whole, numbers, stage: "full" })));
  }

  parameters() {
    return Promise.resolve([]);
  }
}

// The grid is gzip in base64, which every browser of these years unpacks by itself.
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
