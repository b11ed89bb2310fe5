// What the page knows: the question in hand, answers to it and to B, what was asked before.
import { fromQuery, same, standard, toQuery } from "./question.js";

const SLOW = 2520; // days of the sale that stands beside the first question

export class Room {
  constructor(source, controls, address) {
    Object.assign(this, { source, controls, listeners: new Set(), past: [], drawn: [] });
    this.fields = controls.fields;
    const link = fromQuery(address.search, this.fields, { ...controls.rest, ...standard(this.fields) });
    link.question = source.near(link.question);
    const given = new URLSearchParams(address.search);
    const preset = controls.presets.find((one) => one.name === given.get("preset"));
    if (preset) link.question = taken(preset, link.question, given, this.fields);
    this.state = {
      question: link.question, answer: null, b: null, dragging: false, waiting: true, day: null, problems: [],
      view: given.get("view") ?? "answer", card: storyOf(given), paths: false, trace: null, line: source.isLive ? "opening" : "still",
      notes: notesOf(link, controls), canUndo: false, seed: link.seed, part: 0,
    };
    source.listen({
      answer: (slot, answer) => this.hear(slot, answer),
      problems: (problems) => this.set({ problems, waiting: false }),
      line: (line) => this.set({ line }),
      progress: (part) => this.set({ part }),
    });
    this.ask(false);
    const asked = bQuestion(given, link.question, this.fields);
    if (asked || !given.has("who")) this.askB(asked ?? { ...link.question, days: SLOW });
  }

  set(patch) {
    this.state = { ...this.state, ...patch };
    for (const one of this.listeners) one();
  }

  ask(isDraft) {
    this.source.ask("a", this.asked(this.state.question), isDraft);
  }

  asked(question) {
    return { ...question, seed: this.state.seed };
  }

  askB(question) {
    this.set({ b: { question, answer: null } });
    this.source.ask("b", this.asked(question), false);
  }

  hear(slot, answer) {
    if (slot === "b") {
      if (this.state.b) this.set({ b: { ...this.state.b, answer } });
      return;
    }
    const isFull = answer.phase === "full";
    this.set({ answer, problems: [], waiting: !isFull, part: 0 });
    if (isFull && !answer.more) this.drawn = Object.keys(answer.charts);
  }

  // The hand moves: a draft follows.
  drag(wanted) {
    const question = this.source.near(wanted);
    if (!this.state.dragging) this.before = this.state.question;
    this.set({ question, dragging: true, waiting: true });
    this.ask(true);
  }

  // The hand lets go: the full answer, a link, a step that can be undone.
  put(wanted) {
    const question = this.source.near(wanted);
    const before = this.before ?? this.state.question;
    this.before = undefined;
    if (!same(before, question, this.fields)) this.past.push(before);
    this.set({ question, dragging: false, waiting: true, canUndo: this.past.length > 0 });
    this.ask(false);
    this.link();
    if (before.m !== question.m) this.count(question.m);
  }

  // Books of another month are other books.
  async count(month) {
    this.controls.who = await this.source.sellers(month);
    this.set({});
  }

  undo() {
    const question = this.past.pop();
    if (!question) return;
    this.set({ question, dragging: false, waiting: true, canUndo: this.past.length > 0 });
    this.ask(false);
    this.link();
  }

  // What is seen now becomes the ghost beside all that follows.
  pin() {
    const { question, answer } = this.state;
    this.set({ b: { question, answer } });
    if (answer?.phase !== "full") this.source.ask("b", this.asked(question), false);
    this.link();
  }

  unpin() {
    this.set({ b: null });
    this.link();
  }

  swap() {
    const { question, answer, b } = this.state;
    if (!b) return;
    this.past.push(question);
    this.set({ question: b.question, answer: b.answer ?? answer, b: { question, answer }, canUndo: true });
    if (!b.answer) this.ask(false);
    this.link();
  }

  show(view) {
    this.set({ view });
    this.link();
  }

  // Where a number comes from.
  trace(name) {
    this.set({ trace: name });
  }

  turn(card) {
    this.set({ card });
    this.link();
  }

  // Whether a preset is what is asked.
  asks(preset) {
    return same(preset, this.state.question, this.fields);
  }

  // The address of all that is seen; the fields of B that differ stand behind `b.`.
  get query() {
    const { question, b, view, card } = this.state;
    const query = new URLSearchParams();
    if (!question.m) query.set("m", this.controls.vintage);
    query.set("seed", this.state.seed);
    query.set("v", this.controls.version);
    const differs = b ? this.fields.filter(({ name }) => b.question[name] !== question[name]) : [];
    for (const { name } of differs) query.set(`b.${name}`, b.question[name]);
    if (view !== "answer") query.set("view", view);
    if (card) query.set("story", card);
    return `${toQuery(question, this.fields)}&${query}`;
  }

  link() {
    history.replaceState(null, "", `?${this.query}`);
  }
}

const storyOf = (given) => (given.has("story") ? Math.max(1, Number(given.get("story")) || 1) : 0);

function bQuestion(given, question, fields) {
  const pairs = [...given].filter(([name]) => name.startsWith("b."));
  if (!pairs.length) return null;
  return fromQuery(new URLSearchParams(pairs.map(([name, value]) => [name.slice(2), value])), fields, question).question;
}

// What a link says that is not so here.
function notesOf({ question, wrong, version }, controls) {
  const notes = wrong.map((one) => `The link asks ${one}, which is not possible; the usual value stands there.`);
  if (version && version !== controls.version) notes.push(`The link was made with version ${version}; this is ${controls.version}. Numbers can differ.`);
  if (question.m && !controls.months.some((one) => one.id === question.m)) {
    notes.push(`The link asks for the balance sheets of ${question.m}, which are not here; those of ${controls.vintage} are used.`);
    question.m = "";
  } else if (question.m && question.m !== controls.vintage) notes.push(`Balance sheets of ${question.m}, not the newest, of ${controls.vintage}.`);
  if (question.m === controls.vintage) question.m = "";
  return notes;
}

// A preset from a link, with what the link changes of it.
function taken(preset, asked, given, fields) {
  const over = Object.fromEntries(fields.filter((one) => given.has(one.name)).map((one) => [one.name, asked[one.name]]));
  return preset.question.preset ? { ...preset.question, ...over, over } : { ...preset.question, ...over };
}
