// The front door: `draw` one chart into a place, or `drawPage` all that a page holds as JSON.
import { Chart } from "./chart.js";
import { dots } from "./kinds/dots.js";
import { dumbbell } from "./kinds/dumbbell.js";
import { fan } from "./kinds/fan.js";
import { heat } from "./kinds/heat.js";
import { map } from "./kinds/map.js";
import { quantiles } from "./kinds/quantiles.js";
import { relay } from "./kinds/relay.js";
import { sankey } from "./kinds/sankey.js";
import { scatter } from "./kinds/scatter.js";
import { spark } from "./kinds/spark.js";
import { waterfall } from "./kinds/waterfall.js";

const KINDS = { dots, dumbbell, fan, heat, map, quantiles, relay, sankey, scatter, waterfall };

export { spark };

// Draw a chart; `update(spec)` of what comes back draws it anew, `destroy()` takes it away.
export function draw(place, spec, options = {}) {
  if (!(spec.kind in KINDS)) throw new Error(`kind: "${spec.kind}" is none of ${Object.keys(KINDS).join(", ")}`);
  return new Chart(place, KINDS, spec, options);
}

// Heights a page asks for: "250" or, of a wide and a narrow picture, "250 160" [pixels].
const heightsOf = (place) => place.dataset.height?.split(" ").map(Number);

// Draw into each [data-chart] the chart of that id from the JSON in #charts: what is on the screen
// at once, the rest after the screen has been painted.
export function drawPage(root = document) {
  const read = (id) => JSON.parse(root.getElementById(id)?.textContent ?? "null");
  const specs = new Map((read("charts") ?? []).map((spec) => [spec.id, spec]));
  const options = { outlines: read("chart-outlines") };
  // All widths before the first drawing: to ask after one would lay the page out anew.
  const places = [...root.querySelectorAll("[data-chart]")].map((place) => ({ place, room: place.clientWidth, top: place.getBoundingClientRect().top }));
  const seen = location.hash ? Infinity : window.innerHeight;
  const drawAll = (some) =>
    some.forEach(({ place, room }) => {
      const spec = specs.get(place.dataset.chart);
      if (spec.kind === "spark") place.replaceChildren(spark(spec));
      else draw(place, spec, { ...options, room, heading: place.dataset.heading, heights: heightsOf(place) });
    });
  const finish = () => {
    drawAll(places.filter(({ top }) => top >= seen));
    root.documentElement.dataset.drawn = "all";
  };
  drawAll(places.filter(({ top }) => top < seen));
  if (places.some(({ top }) => top >= seen)) setTimeout(finish);
  else finish();
}
