// Classes of equal width with zero in the middle, for the colours of maps.
import { bare } from "./words.js";

const MOST = 5; // colours on each side of zero
const REACH = 8; // most steps the farthest number may be out; the last class is open
const NICE = [1, 2, 5, 10];

export function classes(numbers, unit) {
  const known = numbers.filter((one) => one !== null && Number.isFinite(one));
  const top = Math.max(0, ...known);
  const bottom = Math.max(0, ...known.map((one) => -one));
  const need = Math.max(top / REACH, bottom / REACH, 1e-4);
  const power = 10 ** Math.floor(Math.log10(need));
  const step = power * NICE.find((one) => one * power >= need * (1 - 1e-9));
  const count = (end) => Math.min(MOST, Math.floor(end / step + 1e-9));
  const [up, down] = [count(top), count(bottom)];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const word = (steps) => bare(steps * step, { decimals, signed: false });

  // 0 within a step of zero, positive above, negative below.
  const of = (number) => {
    const steps = Math.floor(Math.abs(number) / step + 1e-9);
    return number > 0 ? Math.min(up, steps) : -Math.min(down, steps);
  };
  const name = (at) => {
    if (at === 0) return "still";
    const most = at > 0 ? up : down;
    return `${at > 0 ? "up" : "down"}-${Math.floor((MOST - most) / 2) + Math.abs(at)}`;
  };
  const all = Array.from({ length: up + down + 1 }, (_, index) => index - down);
  return { step, up, down, of, name, word, all, unit };
}
