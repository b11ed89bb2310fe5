"""How fast the charts draw in a browser, beside plotly in the same run.

python benchmarks/charts.py --plotly FILE [--report FILE] [--rounds 20]

The first FILE is plotly-basic.min.js of https://github.com/plotly/plotly.js. All charts of a report
are drawn too where one is named, and by plotly those of them that its basic part can draw.
"""

import argparse
import json
import os
import statistics
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright
from pydantic import TypeAdapter

from selloff import charts
from selloff.charts import Ruler, Unit, Words
from selloff.report.plotly import figure

FANS, STEPS = 6, 361
PLAIN = ("fan", "relay", "dots", "dumbbell")
"""Kinds that the basic part of plotly can draw."""
GOAL_MS = 150.0
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
PLACES = """() => {
  document.body.replaceChildren();
  window.drawn = [];
  window.places = Array.from({ length: COUNT }, () => {
    const place = document.createElement('section');
    place.style.width = '560px';
    document.body.append(place);
    return place;
  });
}"""
OWN = """async ([specs, again, outlines]) => {
  const { draw } = await import('/index.js');
  const began = performance.now();
  if (again) window.drawn.forEach((one, at) => one.update(specs[at]));
  else window.drawn = places.map((place, at) => draw(place, specs[at], { outlines, room: 560 }));
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""
PLOTLY = """async ([figures, again]) => {
  const config = { displayModeBar: false, responsive: true };
  const draw = again ? Plotly.react : Plotly.newPlot;
  const began = performance.now();
  for (const [at, one] of figures.entries()) await draw(places[at], one.data, one.layout, config);
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--plotly", type=Path, required=True)
    parser.add_argument("--report", type=Path)
    asked = parser.parse_args()
    rounds, library, load = asked.rounds, asked.plotly.read_text("utf-8"), os.getloadavg()[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.route("**/*", lambda route: _serve(route, library))
        page.goto("http://charts.test/")
        found = time_both(page, rounds)
        if asked.report:
            found |= time_report(page, rounds, asked.report.read_text("utf-8"))
        browser.close()
    loads = [load, os.getloadavg()[0]]
    own, plotly = (len(one.encode()) for one in (charts.script(), library))
    busy = " to ".join(f"{one:.1f}" for one in loads)
    print(f"{FANS} fans of {STEPS} steps, {rounds} rounds, {os.cpu_count()} cores, load {busy}")
    print(f"own {own / 1e3:.0f} kB, plotly basic {plotly / 1e3:.0f} kB; goal: {GOAL_MS:.0f} ms")
    print(f"{'':44}{'median':>10}{'p95':>10}  ms")
    for name, times in found.items():
        print(f"{name:44}{statistics.median(times):10.1f}{np.quantile(times, 0.95):10.1f}")


def time_both(page, rounds: int) -> dict[str, list[float]]:
    """Take turns, so that what else the machine does falls on both; the first round warms up."""
    times = {
        f"{who}, {what}": []
        for what in ("first drawing", "new numbers")
        for who in ("own", "plotly")
    }
    for turn in range(rounds + 1):
        for who, script, asked in (("own", OWN, own_specs), ("plotly", PLOTLY, plotly_figures)):
            page.evaluate(PLACES.replace("COUNT", str(FANS)))
            for again, what in ((False, "first drawing"), (True, "new numbers")):
                spent = page.evaluate(script, [asked(2 * turn + again), again])
                if turn:
                    times[f"{who}, {what}"].append(spent)
    return times


def time_report(page, rounds: int, text: str) -> dict[str, list[float]]:
    """Draw the charts of a report anew in each round, in turns with plotly."""
    specs, outlines = (held(text, name) for name in ("charts", "chart-outlines"))
    plain = [one for one in specs if one["kind"] in PLAIN]
    figures = [figure(one) for one in TypeAdapter(list[charts.AnyChart]).validate_python(plain)]
    asked = {
        f"own, all {len(specs)} of the report": (OWN, [specs, False, outlines]),
        f"own, {len(plain)} of them that plotly can draw": (OWN, [plain, False, outlines]),
        f"plotly, the same {len(plain)}": (PLOTLY, [figures, False]),
    }
    times = {name: [] for name in asked}
    for turn in range(rounds + 1):
        for name, (script, given) in asked.items():
            page.evaluate(PLACES.replace("COUNT", str(len(given[0]))))
            spent = page.evaluate(script, given)
            if turn:
                times[name].append(spent)
    return times


def held(page: str, name: str) -> Any:
    """Read the JSON that a page holds under a name."""
    return json.loads(page.split(f'id="{name}">')[1].split("</script>")[0])


def levels(seed: int, fan: int) -> np.ndarray:
    rng = np.random.default_rng([seed, fan])
    walk = rng.normal(0.0, 3.0, STEPS).cumsum()
    wide = np.sqrt(np.arange(STEPS) + 1.0) * np.array([-3.0, -1.2, 0.0, 1.2, 3.0])[:, None]
    return walk + wide


def days() -> np.ndarray:
    return np.r_[np.arange(252.0), 252.0 + 21.0 * np.arange(STEPS - 252)]


def fans(seed: int) -> list[charts.AnyChart]:
    x = Ruler(kind="days", title="Business day", values=tuple(days()))
    unit = Unit(name="bp", after="bp")
    said = [
        Words(id=f"fan-{fan}", title="It rises", subtitle="bp", source="made up", unit=unit)
        for fan in range(FANS)
    ]
    return [charts.fan(one, x, [("Yield", levels(seed, at))]) for at, one in enumerate(said)]


def own_specs(seed: int) -> list[dict]:
    return json.loads(charts.charts_json(fans(seed)))


def plotly_figures(seed: int) -> list[dict]:
    return [figure(one) for one in fans(seed)]


def _serve(route, library: str) -> None:
    name = route.request.url.removeprefix("http://charts.test/")
    if name == "":
        route.fulfill(
            content_type="text/html",
            body=f"<!doctype html><style>{charts.stylesheet()}</style><script>{library}</script>",
        )
    elif name.endswith(".js"):
        body = charts.folder().joinpath(name).read_text("utf-8")
        route.fulfill(content_type="text/javascript", body=body)
    else:
        route.fulfill(status=404, body="")


if __name__ == "__main__":
    main()
