// Numbers and times in words, as `report.estimate` writes them in Python.
const YEAR = 252; // business days

// Rounds half up what is written, as 0.15 is: its binary is a little less. Number formats of the
// browser do so too and take longer to make than all charts to draw.
const digits = (number, decimals) => {
  const steps = number < 1e-6 ? 0 : Math.round(Number(`${number}e${decimals}`));
  const [whole, rest] = (steps / 10 ** decimals).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest ? `${grouped}.${rest}` : grouped;
};

// Digits of a row: those the page has for them, or else those of the unit.
export const digitsOf = (one, part, unit) => one.told?.[part] ?? bare(one[part], { ...unit, signed: false });

// A number with thousands commas, a true minus and no minus zero.
export function bare(number, unit, decimals = unit.decimals) {
  if (number === null || !Number.isFinite(number)) return "–";
  const text = digits(Math.abs(number), decimals);
  if (!/[1-9]/.test(text)) return "0";
  const plus = unit.signed ? "+" : "";
  return `${number < 0 ? "−" : plus}${text}`;
}

export const say = (number, unit, decimals = unit.decimals) => around(bare(number, unit, decimals), unit);

// The median of a row with its unit, and a plus where the unit asks for one.
export function median(one, unit) {
  const text = digitsOf(one, "p50", unit);
  const plus = unit.signed && one.p50 > 0 && /[1-9]/.test(text) ? "+" : "";
  return around(`${plus}${text}`, unit);
}

function around(text, unit) {
  if (text === "–") return text;
  const sign = /^[−+]/.test(text) ? text[0] : "";
  return `${sign}${unit.before ?? ""}${text.slice(sign.length)}${unit.after ?? ""}`;
}

// "20–160" or "−5 to 20", as Python writes ranges.
function ends(one, unit) {
  const [from, to] = ["p05", "p95"].map((part) => digitsOf(one, part, unit));
  return from.startsWith("−") ? `${from} to ${to}` : `${from}–${to}`;
}

// The words of a median with its 5-95% range.
export const estimate = (one, unit) => `${median(one, unit)} (${ends(one, unit)})`;

export const dayWords = (day) =>
  day <= YEAR ? `Day ${Math.round(day)}` : `Year ${digits(day / YEAR, 1)}`;

export const xWords = (axis, at) => {
  if (axis.words) return axis.words[at];
  const value = axis.values[at];
  if (axis.kind === "days") return dayWords(value);
  return axis.unit ? say(value, axis.unit) : String(value);
};
