// Answers from the server: one websocket, the newest question wins, B waits until A is answered.
import { normal, wire } from "./normal.js";
import { controlsOf, sellersOf } from "./schema.js";

const FIRST_WAIT = 500; // before the first try to connect again [ms]
const LONGEST_WAIT = 8000;
const CROWDED = 5000; // where the server has too many clients [ms]

export class Socket {
  constructor(base = new URL(".", location.href)) {
    Object.assign(this, { base, isLive: true, ids: 0, wanted: {}, flying: null, isMoving: false, held: null, wait: FIRST_WAIT });
  }

  listen(hears) {
    this.hears = hears;
    this.connect();
  }

  offers() {
    return true;
  }

  // Any question can be asked.
  near(question) {
    return question;
  }

  connect() {
    const address = new URL("ws", this.base);
    address.protocol = address.protocol.replace("http", "ws");
    this.socket = new WebSocket(address);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", ({ data }) => this.hear(JSON.parse(data)));
    this.socket.addEventListener("close", ({ code }) => this.closed(code));
  }

  // After a break the question in hand is asked again.
  opened() {
    this.wait = FIRST_WAIT;
    this.flying = null;
    this.hears.line("open");
    this.next();
  }

  closed(code) {
    this.flying = null;
    if (code === 1008) return this.hears.line("The server refuses this page: open the address that it printed when it started");
    this.hears.line("lost");
    setTimeout(() => this.connect(), code === 1013 ? CROWDED : this.wait);
    this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
    for (const slot of Object.keys(this.wanted)) this.wanted[slot].isDraft = false;
    return undefined;
  }

  // Slot "a" is what the hand moves, "b" what stands beside it.
  ask(slot, question, isDraft) {
    this.wanted[slot] = { question, isDraft };
    if (slot === "a") this.isMoving = isDraft; // B would keep the engine from the next draft
    const isBusy = this.flying && (slot === "b" || (isDraft && this.flying.isDraft && this.flying.slot === "a"));
    if (!isBusy) this.next();
  }

  next() {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const slot = (this.isMoving ? ["a"] : ["a", "b"]).find((one) => this.wanted[one]);
    if (!slot || (this.flying && this.flying.slot === slot && this.flying.asked === this.wanted[slot])) return;
    const asked = this.wanted[slot];
    this.ids += 1;
    this.flying = { id: this.ids, slot, asked, isDraft: asked.isDraft };
    this.socket.send(JSON.stringify({ type: "ask", id: this.ids, question: wire(asked.question), full: !asked.isDraft }));
  }

  hear(said) {
    if (said.type === "hello" || said.type === "state") this.hears.line(said.state === "ready" ? "open" : said.step ? `The model warms up: ${said.step.toLowerCase()}` : "warming");
    if (said.id === undefined || said.id !== this.flying?.id) return;
    const { slot, asked, isDraft } = this.flying;
    if (said.type === "answer") {
      if (isDraft || (said.stage === "full" && !said.more)) this.landed(slot, asked);
      this.hears.answer(slot, normal(said));
    } else if (said.type === "refused" && said.status === 429) {
      this.flying = null;
      setTimeout(() => this.next(), 1000 * (said.retry_after_s ?? 1));
      return;
    } else if (said.type === "refused" || said.type === "failed") {
      this.landed(slot, asked);
      this.hears.problems(said.problems.length ? said.problems.map(problem) : [{ text: said.title }]);
    } else if (said.type === "progress") {
      if (slot === "a") this.hears.progress(said.done / said.of);
    } else if (said.type === "dropped") {
      this.flying = null;
    } else return;
    if (!this.flying) this.next();
  }

  landed(slot, asked) {
    this.flying = null;
    if (this.wanted[slot] === asked) delete this.wanted[slot];
  }

  async fetch(address, body, method) {
    return (await this.reply(address, body, method)).json();
  }

  async reply(address, body, method = body ? "POST" : "GET") {
    const how = body ? { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : { method };
    const reply = await fetch(new URL(address, this.base), how);
    if (reply.ok) return reply;
    const found = await reply.json();
    const [first] = (found.problems ?? []).map(problem);
    throw Object.assign(new Error(first?.text ?? found.title ?? "The server gave no answer"), { problems: found.problems ?? [] });
  }

  async controls() {
    const [schema, outlines, cards] = await Promise.all([this.fetch("api/schema"), this.fetch("charts/outlines.json"), this.fetch("api/story")]);
    return { ...controlsOf(schema), outlines, cards };
  }

  // Who can sell how much by the books of a month.
  async sellers(month) {
    return sellersOf(await this.fetch(month ? `api/schema?m=${month}` : "api/schema"));
  }

  // What is wrong with a scenario, by line; nothing where it can be asked.
  async check(yaml) {
    try {
      await this.fetch("api/check", { question: { yaml } });
      return { problems: [] };
    } catch (error) {
      return { problems: error.problems?.length ? error.problems.map(problem) : [{ text: error.message }] };
    }
  }

  // One number at each point of two inputs, from few draws.
  async number(question, name, draws) {
    const { numbers } = await this.fetch("api/run", { question: wire(question), full: false, draws, only: ["numbers"] });
    return numbers.find((one) => one.name === name);
  }

  // A file of the question in hand, for which the server works it out once more.
  async file(what, question) {
    return (await this.reply(`api/${what}`, { question: wire(question) })).blob();
  }

  // A study of the lab: begun, looked at, ended.
  study(name, question, given) {
    return this.fetch(`api/study/${name}`, { ...given, question: wire(question) });
  }

  studied(id, method) {
    return this.fetch(`api/study/${id}`, undefined, method);
  }

  async parameters() {
    this.known ??= (await this.fetch("api/parameters")).parameters;
    return this.known;
  }

  monitor() {
    return this.fetch("api/monitor");
  }
}

const problem = ({ where, given, allowed, remedy, line, field }) => ({ line, field, text: `${where}: got ${given}; allowed: ${allowed}. ${remedy}` });
