// The question: values of the controls, and their way into a link and back.
export const MONTH = 21; // business days
export const YEAR = 252;
export const ALL = "all";
const MAIN = "main";

// `fields` is the table of controls: rows of name, kind, start, least, most, group, writes.
export const standard = (fields) => Object.fromEntries(fields.map((one) => [one.name, one.start]));

// A value as a control takes it, or null where it does not.
export function allowed({ kind, least, most }, given) {
  if (kind === "switch") return ["on", "off"].includes(given) ? given : null;
  if (kind === "amount" && given === ALL) return ALL;
  if (kind === "assets") return /^[a-z]+(:[\d.]+)?(,[a-z]+:[\d.]+)*$/.test(given) ? given : null;
  if (kind === "seller" || kind === "month") return /^[\w-]{0,64}$/.test(given) ? given : null;
  const number = Number(given);
  if (given === "" || !Number.isFinite(number)) return null;
  const within = Math.min(most, Math.max(least, number));
  return kind === "days" ? Math.round(within) : within;
}

// The whole question as a query that can be read: the first six always, the others where they differ.
export function toQuery(question, fields) {
  const said = fields.filter((one) => one.group === MAIN || question[one.name] !== one.start);
  const pairs = said.map((one) => [one.name, question[one.name]]);
  if (question.yaml) return "";
  if (question.preset) return encoded(Object.entries({ preset: question.preset, ...question.over }));
  return encoded(pairs);
}

const encoded = (pairs) => new URLSearchParams(pairs).toString().replaceAll("%3A", ":").replaceAll("%2C", ",");

// A change by hand: of a preset that the controls cannot say it is noted apart.
export function changed({ yaml, ...question }, patch) {
  if (question.preset) return { ...question, ...patch, over: { ...question.over, ...patch } };
  return { ...question, ...patch };
}

// What a query asks; what it does not say keeps its start, what it says wrong is named.
export function fromQuery(text, fields, start = standard(fields)) {
  const given = new URLSearchParams(text);
  const question = { ...start };
  const wrong = [];
  for (const field of fields.filter((one) => given.has(one.name))) {
    const value = allowed(field, given.get(field.name));
    if (value === null) wrong.push(`${field.name}=${given.get(field.name)}`);
    else question[field.name] = value;
  }
  return { question, wrong, version: given.get("v") ?? "", seed: Number(given.get("seed") ?? 0) || 0 };
}

export const same = (one, other, fields) => toQuery(one, fields) === toQuery(other, fields);

// Shares of what the dollars become, in percent: "jpy" or "jpy:40,eur:60".
export const sharesOf = (into) => Object.fromEntries(into.split(",").map((one) => one.split(":")).map(([asset, share = 100]) => [asset, Number(share)]));
