"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const drawn = JSON.parse(document.getElementById("drawn").textContent);
  const places = Array.from(document.querySelectorAll("[data-figure]"));
  const config = { displayModeBar: false, displaylogo: false, responsive: true };
  const phone = 480; // below this many pixels a chart takes its narrow settings
  const column = 330; // half an A4 page inside its margins, in CSS pixels
  const third = 212; // likewise a third

  const at = (layout, path) => path.split(".").reduce((part, key) => part?.[key], layout);

  // The settings a chart needs at a width: its own, or those kept for narrow ones.
  const settings = (place, width) => {
    const layout = drawn[place.dataset.figure].layout;
    const narrow = layout.meta?.narrow ?? {};
    const pick = (path) => (width < phone ? narrow[path] : at(layout, path) ?? null);
    return Object.fromEntries(Object.keys(narrow).map((path) => [path, pick(path)]));
  };

  const isNarrow = new Map();
  const fit = (place) => {
    const width = place.clientWidth;
    if (isNarrow.get(place) === width < phone) return;
    isNarrow.set(place, width < phone);
    Plotly.relayout(place, settings(place, width));
  };

  // One chart at a time, from the top, so that the page answers while it is drawn.
  const waiting = [...places];
  const drawNext = () => {
    const place = waiting.shift();
    if (place) {
      const figure = structuredClone(drawn[place.dataset.figure]);
      Plotly.newPlot(place, figure.data, figure.layout, config);
      fit(place);
    }
    if (!waiting.length) document.documentElement.dataset.drawn = "all";
  };
  const drawAll = () => { do drawNext(); while (waiting.length); };
  const drawSoon = () => { drawNext(); if (waiting.length) setTimeout(drawSoon); };
  drawSoon();
  window.addEventListener("resize", () => places.filter((one) => isNarrow.has(one)).forEach(fit));

  let opened = [];
  window.addEventListener("beforeprint", () => {
    drawAll();
    opened = Array.from(document.querySelectorAll("details:not([open]):not(.long)"));
    for (const details of opened) details.open = true;
    for (const place of places) {
      const { height, yaxis } = drawn[place.dataset.figure].layout;
      const small = place.closest(".multiples") !== null;
      const low = yaxis.type === "category" ? height : Math.min(height, small ? 170 : 260);
      const size = { autosize: false, width: small ? third : column, height: low };
      Plotly.relayout(place, { ...settings(place, column), ...size });
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    for (const place of places) {
      const { height } = drawn[place.dataset.figure].layout;
      const size = { autosize: true, width: null, height };
      Plotly.relayout(place, { ...settings(place, place.clientWidth), ...size });
    }
  });
})();
