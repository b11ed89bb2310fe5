// Words of the question and of chance.
import { ALL, MONTH, YEAR, sharesOf } from "./question.js";

const LENGTHS = { d: 1, day: 1, w: 5, week: 5, m: MONTH, month: MONTH, y: YEAR, year: YEAR };

const trimmed = (number, digits) => String(Number(number.toFixed(digits)));

export const amountWords = (usd) => (usd === 0 ? "nothing" : usd >= 1000 ? `$${trimmed(usd / 1000, 2)}tn` : `$${trimmed(usd, usd < 10 ? 1 : 0)}bn`);

const many = (count, noun) => (count === 1 ? `a ${noun}` : `${trimmed(count, 1)} ${noun}s`);

// Days of business as people say them.
export function paceWords(days) {
  if (days <= 1) return "at once";
  return `over ${spanWords(days)}`;
}

function spanWords(days) {
  if (days < 10) return many(days, "day");
  if (days < MONTH) return `${Math.round(days)} days`;
  if (days < YEAR * 0.95) return days / MONTH < 1.05 ? "a month" : many(days / MONTH, "month");
  return many(days / YEAR, "year");
}

// "26", "3 months", "2y", "at once": in business days, or null.
export function readPace(text) {
  const plain = text.trim().toLowerCase().replace(/^over\s+/, "").replace(/^an?\s+/, "1 ");
  if (/^(at )?once$/.test(plain)) return 1;
  const found = /^([\d.]+)\s*(d|day|w|week|m|month|y|year)?s?$/.exec(plain);
  if (!found) return null;
  return Number(found[1]) * LENGTHS[found[2] ?? "d"];
}

// "1.1tn", "$300bn", "1,104": in USD bn, or null.
export function readAmount(text) {
  const found = /^\$?([\d.,]+)\s*(bn|tn)?$/.exec(text.trim().toLowerCase());
  if (!found) return null;
  const number = Number(found[1].replaceAll(",", ""));
  return Number.isFinite(number) ? number * (found[2] === "tn" ? 1000 : 1) : null;
}

export const readNumber = (text) => {
  const plain = text.trim().replace(/%$/, "");
  return plain === "" || !Number.isFinite(Number(plain)) ? null : Number(plain);
};

// The amount beyond which a month of the sale is more than was ever sold in one [USD bn].
export const recordAmount = (days, usdPerMonth) => usdPerMonth * Math.max(1, days / MONTH);

const nameOf = (list, id) => list.find((one) => one.id === id)?.label ?? id;

// The whole question on one line.
export function questionWords(question, controls) {
  if (question.yaml) return "A scenario of your own";
  if (question.preset && !Object.keys(question.over).length) return controls.presets.find((one) => one.name === question.preset)?.title ?? question.preset;
  const book = controls.who.find((one) => one.id === question.who)?.book;
  const amount = question.usd === ALL ? (book ? amountWords(Math.round(book)) : "the whole book") : amountWords(question.usd);
  const assets = Object.keys(sharesOf(question.into)).map((one) => nameOf(controls.into, one).toLowerCase().replace(/bitcoin|japanese/, capital));
  const parts = [
    nameOf(controls.who, question.who),
    amount,
    paceWords(question.days),
    `into ${assets.join(", ")}`,
    question.announced ? `${question.announced}% announced` : "",
    question.fed === "off" ? "the Fed stays away" : "",
    question.squeeze ? "in a squeeze" : "",
    question.doubt ? "in doubt of America" : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

// A chance as a count of runs: tens where that is honest, else hundreds.
export function chanceWords(share) {
  if (!(share > 0)) return "in no run";
  if (share >= 1) return "in every run";
  if (share < 0.01) return "in fewer than 1 of 100 runs";
  if (share > 0.99) return "in more than 99 of 100 runs";
  if (share < 0.1 || share > 0.9) return `in ${Math.round(share * 100)} of 100 runs`;
  return `in ${Math.round(share * 10)} of 10 runs`;
}

const AROUND = { bp: ["", "bp"], percent: ["", "%"], "USD bn": ["$", "bn"], "JPY tn": ["¥", "tn"], "JPY bn": ["¥", "bn"], "business days": ["", " days"], "percentage points": ["", "pp"] };

// What stands around numbers of a unit, and the digits that they deserve.
export function unitOf(name, numbers) {
  const [before, after] = AROUND[name] ?? ["", ` ${name}`];
  const wide = Math.max(0, ...numbers.filter((one) => one !== null).map(Math.abs));
  return { name, before, after, decimals: wide < 10 ? 1 : 0 };
}
