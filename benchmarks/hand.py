"""A hand at the room in a browser: from a move of the slider to new charts on the screen."""

import os
import statistics
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright
from pydantic import TypeAdapter

from selloff import charts
from selloff.report.plotly import figure

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
PLAIN = ("fan", "relay", "dots")
"""Kinds that the basic part of plotly can draw."""
PATIENCE_MS = 180_000
LISTEN = """() => {
  const Plain = window.WebSocket;
  window.seen = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", async ({ data }) => {
        const said = JSON.parse(data);
        if (said.type !== "answer") return;
        const got = performance.now();
        await new Promise((done) => setTimeout(done)); // the page has heard it
        await painted();
        seen.push({ stage: said.stage, usd: said.asked.usd, got, drawn: performance.now(), said });
      });
    }
  };
}"""
"""Notes when each answer came and when the frame with it was painted."""
MOVE = """async ([usd, kind, stage]) => {
  const slider = document.getElementById("usd");
  const from = seen.length;
  slider.value = usd;
  const began = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  if (kind === "change") slider.dispatchEvent(new Event("change", { bubbles: true }));
  const isIt = (one) => one.stage === stage && Math.abs(one.usd - usd) < 1;
  const found = () => seen.slice(from).find(isIt);
  while (!found()) await new Promise((done) => setTimeout(done, 4));
  const { got, drawn, said } = found();
  const charts = said.views[0].charts;
  return { came: got - began, all: drawn - began, drawing: drawn - got, charts };
}"""
"""Moves the slider and waits for the charts of that very amount."""
PLACES = """(count) => {
  document.body.replaceChildren();
  const place = () => document.body.appendChild(document.createElement("section"));
  window.places = Array.from({ length: count }, place);
}"""
PLOTLY = """async (figures) => {
  const began = performance.now();
  const config = { displayModeBar: false };
  for (const [at, one] of figures.entries())
    await Plotly.react(places[at], one.data, one.layout, config);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


async def at_the_slider(
    address: str, *, moves: int, releases: int, plotly: Path | None
) -> dict[str, list[float]]:
    """Open the page, move its slider, let go; draw the same charts by plotly where it is given."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE_MS)
        await page.add_init_script(f"({LISTEN})()")
        await page.goto(address)
        await page.locator("[data-chart=us_10y] svg").wait_for()
        first = await page.evaluate("performance.now()")
        await page.locator(".body:not(.waits) .numbers .b").first.wait_for()  # B is there too
        drafts = [await _move(page, 200 + 17 * at, "input", "draft") for at in range(moves)]
        full = [await _move(page, 905 + 7 * at, "change", "full") for at in range(releases)]
        found = {
            "page usable, from its address": [first],
            "slider to new charts, draft": [one["all"] for one in drafts],
            "  until the draft is there": [one["came"] for one in drafts],
            "  drawing it": [one["drawing"] for one in drafts],
            "release to full answer": [one["all"] for one in full],
        }
        if plotly is not None:
            beside = await browser.new_page(viewport={"width": 1280, "height": 900})
            found |= await _by_plotly(beside, plotly, drafts)
        await browser.close()
    return found


async def _move(page: Page, usd: float, kind: str, stage: str) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate(MOVE, [usd, kind, stage])
    return found


async def _by_plotly(page: Page, library: Path, drafts: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw the charts of each draft by plotly, and add the time in which the draft came."""
    await page.add_script_tag(path=str(library))
    known, drawing = TypeAdapter(list[charts.AnyChart]), []
    for at, one in enumerate(drafts):
        plain = [each for each in one["charts"] if each["kind"] in PLAIN]
        bare = [{key: held for key, held in each.items() if key != "method"} for each in plain]
        figures = [figure(each) for each in known.validate_python(bare)]
        if not at:
            await page.evaluate(PLACES, len(figures))
        drawing.append(await page.evaluate(PLOTLY, figures))
    return {
        "slider to new charts by plotly": [
            one["came"] + own for one, own in zip(drafts, drawing, strict=True)
        ],
        "  drawing them by plotly": drawing,
    }


def say(found: dict[str, list[float]]) -> None:
    """Print medians and the time within which 95% came."""
    print(f"{'milliseconds':36}{'median':>9}{'p95':>9}{'count':>7}")
    for name, each in found.items():
        late = statistics.quantiles(each, n=20)[-1] if len(each) > 1 else each[0]
        print(f"{name:36}{statistics.median(each):9.0f}{late:9.0f}{len(each):7}")
