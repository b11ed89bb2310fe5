// The table of controls and what they choose from, as the page needs it.
import { ALL, standard } from "./question.js";

const CENT = 0.01; // of a billion, within which an amount is the whole book

export function controlsOf(schema) {
  const fields = schema.controls.map((one) => ({ ...one, start: startOf(one), least: Number(one.least ?? 0), most: Number(one.most ?? 0) }));
  return {
    version: schema.version,
    vintage: schema.month,
    months: schema.months.map((id) => ({ id, label: id })).reverse(),
    fields,
    who: sellersOf(schema),
    into: schema.assets.map(({ word, label }) => ({ id: word, label: label[0].toUpperCase() + label.slice(1) })),
    presets: schema.presets.map((one) => presetOf(one, fields, schema.sellers)),
    studies: schema.studies,
    pages: schema.pages,
    observed: schema.observed.usd_per_month,
  };
}

export const sellersOf = ({ sellers }) => sellers.map(({ id, name, usd_bn: book }) => ({ id, label: name, book }));

const startOf = ({ kind, default: given }) => {
  if (["percent", "size", "days", "years"].includes(kind)) return Number(given);
  return given ?? "";
};

// What the controls cannot say of a scenario: then it is asked by its name.
const UNSAID = /^(rules|currency_flows|fed_programme|shocks):\s*$|^\s+(kind: "?(exponential|custom)|participation_cap_frac:|buckets:\s*$)/m;

function presetOf({ name, title, asked, yaml }, fields, sellers) {
  const said = fields.filter((one) => asked[one.name] !== null && asked[one.name] !== undefined);
  const question = { ...standard(fields), ...Object.fromEntries(said.map((one) => [one.name, told(one, asked[one.name])])) };
  const book = sellers.find((one) => one.id === question.who)?.usd_bn ?? 0;
  if (question.usd !== ALL && question.usd >= book - CENT) question.usd = ALL;
  const isPlain = yaml.match(/holder:/g)?.length === 1 && !UNSAID.test(yaml);
  const label = name[0].toUpperCase() + name.slice(1).replaceAll("-", " ");
  return { name, title, label, question: isPlain ? question : { ...question, preset: name, over: {} } };
}

const told = ({ kind }, value) => {
  if (kind === "switch") return value ? "on" : "off";
  if (kind === "assets" && typeof value === "object") return mixed(Object.entries(value));
  return value;
};
const mixed = (pairs) => (pairs.length === 1 ? pairs[0][0] : pairs.map(([asset, share]) => `${asset}:${share}`).join(","));
