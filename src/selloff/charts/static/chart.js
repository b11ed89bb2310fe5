// One chart on a page: title, picture, source, table twin, downloads.
import { html } from "./dom.js";
import { Probe } from "./probe.js";
import { downloads } from "./save.js";
import { Stage } from "./stage.js";
import { fillTable } from "./table.js";

const HINT = "arrow keys step through the numbers, Escape ends";

// One watch over all charts. Widths are read together, since to ask for one after a drawing lays the
// page out anew.
const charts = new Map();
const fit = (places) => {
  const found = places.map((place) => [charts.get(place), place.clientWidth]);
  for (const [chart, width] of found) chart?.fit(width);
};
const watcher = new ResizeObserver((seen) => fit(seen.map(({ target }) => target)));
window.matchMedia("print").addEventListener("change", () => fit([...charts.keys()]));

export class Chart {
  constructor(place, kinds, spec, options = {}) {
    Object.assign(this, { place, kinds, options, spec });
    this.width = options.width ?? options.room ?? place.clientWidth;
    this.build();
    this.update(spec);
    charts.set(place, this);
    watcher.observe(place);
  }

  fit(width) {
    if (this.options.width || width === this.width) return;
    this.width = width;
    this.paint();
  }

  build() {
    const level = this.options.heading ?? 3;
    this.title = html(`h${level}`, { class: "title" });
    this.subtitle = html("p", { class: "subtitle" });
    this.svgPlace = html("div", { class: "svg" });
    this.readout = html("div", { class: "readout", hidden: "" });
    this.plot = html("div", { class: "plot", tabindex: 0, role: "slider" }, this.svgPlace, this.readout);
    this.source = html("p", { class: "source" });
    this.twin = html("details", { class: "twin" }, html("summary", {}, "Table"));
    this.tools = html("div", { class: "tools" }, ...downloads(this));
    const foot = html("div", { class: "foot" }, this.source, this.tools, this.twin);
    this.figure = html("figure", { class: "chart" }, html("figcaption", {}, this.title, this.subtitle), this.plot, foot);
    this.twin.addEventListener("toggle", () => this.twin.open && fillTable(this));
    this.probe = new Probe(this.plot, null, this.readout);
    this.place.replaceChildren(this.figure);
  }

  update(spec) {
    this.spec = spec;
    this.figure.dataset.kind = spec.kind;
    this.title.textContent = spec.title;
    this.title.id = `${spec.id}-title`;
    this.figure.setAttribute("aria-labelledby", this.title.id);
    this.subtitle.textContent = spec.subtitle;
    this.plot.setAttribute("aria-label", `${spec.title}: ${HINT}`);
    this.source.replaceChildren(`Source: ${spec.source}`);
    if (spec.method) this.source.append(" ", html("a", { href: spec.method }, "Method"));
    this.twin.querySelector("summary").setAttribute("aria-label", `Table: ${spec.title}`);
    this.paint();
    if (this.twin.open) fillTable(this);
  }

  // Draw the picture anew; the width is asked for only when it may have changed, as asking is slow.
  paint() {
    if (!this.width) return;
    const stage = new Stage(this.spec, this.width, this.options);
    const drawn = this.kinds[this.spec.kind].draw(stage);
    const { root, origin } = stage.finish(drawn);
    this.svgPlace.replaceChildren(root);
    this.root = root;
    this.domain = drawn.domain; // ends of the vertical axis, for a page that holds them still
    this.probe.serve(drawn.probe, stage.overlay, origin);
  }

  // Put the readout at a stop, or take it away with null.
  show(at) {
    if (at === null) this.probe.clear();
    else if (at !== this.probe.at) this.probe.show(at);
  }

  table() {
    return this.kinds[this.spec.kind].table(this.spec);
  }

  destroy() {
    watcher.unobserve(this.place);
    charts.delete(this.place);
    this.place.replaceChildren();
  }
}
