// One readout for pointer, touch and keyboard: a guide over the picture and the numbers beside it.
import { html } from "./dom.js";

const LEAP = 10; // stops that PageUp and PageDown pass
const GAP = 14; // between a point and the box [pixels]

// A probe: {count, start, find(x, y) -> stop or null, stop(index) ->
// {x, y, heading, lines: [{name, words, tone}], marks, below}}
export class Probe {
  constructor(place, overlay, box) {
    Object.assign(this, { place, overlay, box, probe: null, at: null });
    place.addEventListener("pointermove", (event) => this.point(event));
    place.addEventListener("pointerdown", (event) => this.point(event));
    place.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.clear());
    place.addEventListener("keydown", (event) => this.press(event));
    place.addEventListener("blur", () => this.clear());
  }

  serve(probe, overlay, origin) {
    Object.assign(this, { probe, overlay, origin });
    const { place } = this;
    place.setAttribute("aria-valuemin", 0);
    place.setAttribute("aria-valuemax", Math.max(0, probe.count - 1));
    const kept = this.at === null ? null : Math.min(this.at, probe.count - 1);
    this.speak(kept ?? probe.start ?? 0);
    if (kept !== null) this.show(kept);
  }

  speak(at) {
    if (!this.probe.count) return;
    const { heading, lines } = this.probe.stop(at);
    this.place.setAttribute("aria-valuenow", at);
    const said = lines.map(({ name, words }) => (name ? `${name} ${words}` : words));
    this.place.setAttribute("aria-valuetext", [heading, ...said].join("; "));
  }

  show(at) {
    this.at = at;
    const { x, y, heading, lines, marks, below } = this.probe.stop(at);
    this.overlay.replaceChildren(...marks);
    const rows = lines.map(({ name, words, tone }) =>
      html("div", {}, html("i", { class: `swatch ${tone ?? "none"}` }), html("span", {}, name), html("b", {}, words)),
    );
    this.box.replaceChildren(html("strong", {}, heading), ...rows);
    this.box.hidden = false;
    this.moveBox(x, y, below);
    this.speak(at);
    this.tell(at);
  }

  // So that a page can move its other charts too.
  tell(at) {
    this.place.dispatchEvent(new CustomEvent("chart-step", { bubbles: true, detail: { at } }));
  }

  // Beside the point, on the side with more room; of a row below it; without room above the picture.
  moveBox(x, y, below) {
    const { box, place } = this;
    const [width, height] = [place.clientWidth, place.clientHeight];
    const [wide, high] = [box.offsetWidth, box.offsetHeight];
    const middle = y + this.origin;
    const within = (at, most) => Math.max(0, Math.min(most, at));
    const side = x + GAP + wide <= width ? x + GAP : x - GAP - wide;
    let [left, top] = [side, within(middle - high / 2, height - high)];
    if (below) {
      left = within(x - wide / 2, width - wide);
      top = middle + below + high <= height ? middle + below : middle - below - high;
    } else if (side < 0) {
      left = within(x - wide / 2, width - wide);
      top = place.getBoundingClientRect().top > high ? -high : height;
    }
    box.style.transform = `translate(${Math.round(left)}px,${Math.round(top)}px)`;
  }

  clear() {
    if (this.at !== null) this.tell(null);
    this.at = null;
    this.box.hidden = true;
    this.overlay.replaceChildren();
  }

  point(event) {
    const frame = this.place.getBoundingClientRect();
    const at = this.probe.find(event.clientX - frame.left, event.clientY - frame.top - this.origin);
    if (at === null) this.clear();
    else if (at !== this.at) this.show(at);
  }

  press(event) {
    const last = this.probe.count - 1;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: LEAP, PageUp: -LEAP }[event.key];
    if (event.key === "Escape" && this.at !== null) this.clear();
    else if (event.key === "Home") this.show(0);
    else if (event.key === "End") this.show(last);
    else if (step && last >= 0) {
      const from = this.at ?? (this.probe.start ?? 0) - Math.sign(step);
      this.show(Math.max(0, Math.min(last, from + step)));
    } else return;
    event.preventDefault();
  }
}

// The stop nearest to a place on the horizontal axis.
export function nearest(xs, x) {
  let best = 0;
  for (let at = 1; at < xs.length; at += 1) if (Math.abs(xs[at] - x) < Math.abs(xs[best] - x)) best = at;
  return best;
}
