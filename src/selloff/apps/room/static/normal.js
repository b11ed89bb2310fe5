// An answer as the page holds it, made of what the server or a snapshot says; a question as it is sent.
import { YEAR } from "./question.js";

const NAMES = ["sentences", "chances", "caveats", "headline", "paths"];

export function normal(said) {
  const listed = Object.fromEntries(NAMES.map((name) => [name, said[name] ?? []]));
  const views = said.views ?? [];
  const charts = views.flatMap((one) => one.charts).map(sourced);
  return {
    ...said,
    ...listed,
    phase: said.stage,
    sentence: listed.sentences.join(" "),
    numbers: byName(said.numbers ?? [], listed.headline),
    headline: listed.headline.map((one) => one.name),
    charts: Object.fromEntries(charts.map((one) => [one.id, one])),
    views: Object.fromEntries(views.map((one) => [one.id, { lead: [], whys: [], tables: [], quiet: "", ...one, charts: one.charts.map(({ id }) => id) }])),
    last: Math.round(YEAR * said.years),
  };
}

// The page of the model that explains a chart is a file of the source tree: named, not linked.
const sourced = ({ method, ...chart }) => (method ? { ...chart, source: `${chart.source}, docs/model/${method}.md` } : chart);

// Every number once; the headline adds those in the seller's own currency.
function byName(numbers, headline) {
  const found = Object.fromEntries(numbers.map((one) => [one.name, one]));
  for (const one of headline) found[one.name] = { ...found[one.name], ...one };
  return found;
}

// A question for the server: a scenario written by hand, a preset and what the hand changed, or the controls.
export function wire({ yaml, preset, over, seed, ...controls }) {
  if (yaml) return { yaml, seed };
  if (preset) return { preset, ...over, seed };
  const said = Object.entries(controls).filter(([, one]) => one !== "" && one !== undefined);
  return { ...Object.fromEntries(said), seed };
}
