// Swatches above the picture: for classes of colour, and for what could not be named in place.
import { svg } from "./dom.js";
import { shortened, textWidth, words } from "./text.js";

const ROW = 20;
const SIZE = 12;

const SHAPES = {
  area: (tone) => svg("rect", { class: `area ${tone}`, width: 14, height: 10, y: -9 }),
  band: (tone) => svg("rect", { class: `band edge ${tone}`, width: 14, height: 10, y: -9 }),
  inner: (tone) => svg("rect", { class: `band inner edge ${tone}`, width: 14, height: 10, y: -9 }),
  disc: (tone) => svg("circle", { class: `dot ${tone}`, cx: 7, cy: -4, r: 6 }),
  square: (tone) => svg("rect", { class: `dot ${tone}`, x: 1.5, y: -9.5, width: 11, height: 11 }),
  line: (tone) => svg("path", { class: `line ${tone}`, d: "M0-4H14" }),
  hatch: (_, id) => svg("rect", { class: "hatched", width: 14, height: 10, y: -9, fill: `url(#${id})` }),
};

// Draw entries {shape, tone, label} in rows; say how high they are.
export function drawKey(group, entries, width, hatch) {
  let [x, y] = [0, SIZE];
  for (const { shape, tone, label: whole } of entries) {
    const label = shortened(whole, width - 20);
    const wide = 20 + textWidth(label, SIZE) + 14;
    if (x > 0 && x + wide - 14 > width) [x, y] = [0, y + ROW];
    const swatch = SHAPES[shape](tone, hatch);
    group.append(svg("g", { transform: `translate(${x},${y})` }, swatch, words(20, 0, label, { class: "tick" })));
    x += wide;
  }
  return entries.length ? y + 10 : 0;
}

// A strip of classes with the bounds between them.
export function drawStrip(group, scale, width, rest) {
  const cell = Math.min(46, (width - (rest ? 90 : 20)) / scale.all.length);
  scale.all.forEach((at, index) => {
    group.append(svg("rect", { class: `cell ${scale.name(at)}`, x: index * cell, width: cell, height: 11 }));
    if (index === 0) return;
    const bound = at > 0 ? at : at - 1;
    const last = index === scale.all.length - 1;
    const word = last ? `${scale.word(bound)}${scale.unit.after ?? ""}` : scale.word(bound);
    const every = cell < textWidth(word, SIZE) + 8 ? 2 : 1;
    if (bound % every === 0 || last) {
      group.append(words(index * cell, 26, word, { class: "tick", "text-anchor": "middle" }));
    }
  });
  const end = scale.all.length * cell;
  if (rest) {
    group.append(
      svg("rect", { class: "hatched", x: end + 16, width: 14, height: 11, fill: `url(#${rest.id})` }),
      words(end + 36, 10, rest.label, { class: "tick" }),
    );
  }
  return 36;
}
