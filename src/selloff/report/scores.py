"""How far the model was from history, on the page of every run."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from selloff.report.charts import Chart
from selloff.report.style import (
    FIRST,
    INK,
    SECOND,
    Figure,
    axis,
    bars,
    folded,
    frame,
    rounded,
    tint,
)
from selloff.report.tables import Table
from selloff.vocab import EPISODE_LABELS, RIVALS

_ROW: Final = 30
_FOLD: Final = 40


@dataclass(frozen=True)
class Scores:
    """What the page says of the backtest."""

    sentence: str
    aggregates: Table
    episodes: Table
    charts: tuple[Chart, ...]


def scores(dataset: xr.Dataset) -> Scores | None:
    """Lay out the backtest that a result carries."""
    raw = dataset.attrs.get("backtest")
    if raw is None:
        return None
    found = json.loads(str(raw))
    cases = found["episodes"]
    return Scores(
        sentence=_sentence(found["scores"], len(cases)),
        aggregates=_aggregates(found["scores"]),
        episodes=_episodes(cases),
        charts=(
            _chart(cases, "us_10y_bp", "The US 10-year yield in episodes with flows", "bp"),
            _chart(cases, "usdjpy_pct", "Yen per dollar in episodes with flows", "percent"),
        ),
    )


def _sentence(scores: Mapping[str, Any], n: int) -> str:
    every = scores["all"]
    low, high = every["against_walk_range"]
    return (
        f"The same model was held against {n} episodes of the past, each scored without what it "
        f"taught. {every['coverage']:.0%} of {every['n']} outcomes lay inside the 5–95% range "
        f"(90% would be right). Its error is {every['against_walk']:.2f} of that of a random walk "
        f"({low:.2f} to {high:.2f}), {every['against_rule']:.2f} of that of a flat rule of 6 bp "
        f"per $100bn and {every['against_simple']:.2f} of that of one published elasticity of "
        f"purchases and one of the yen; where it claimed a direction it was right "
        f"{every['signs_right']} times of {every['signs_claimed']}."
    )


def _aggregates(scores: Mapping[str, Any]) -> Table:
    rows = [(label, scores["variables"][name]) for name, label in EPISODE_LABELS.items()]
    rows += [("All, variables alike", scores["all"]), ("Episodes with flows", scores["with_flows"])]
    return Table(
        head=(
            *("", "Outcomes", "Inside 5–95%"),
            *(f"Error / {name}" for name in RIVALS.values()),
            "Signs right",
        ),
        rows=tuple(
            (
                label,
                str(each["n"]),
                "–" if each["coverage"] is None else f"{each['coverage']:.0%}",
                *(_ratio(each[f"against_{rival}"]) for rival in RIVALS),
                f"{each['signs_right']} of {each['signs_claimed']}",
            )
            for label, each in rows
        ),
    )


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _episodes(cases: Sequence[Mapping[str, Any]]) -> Table:
    lines = []
    for case in cases:
        ten, yen = case["rows"]
        dates = f"{case['start']} to {case['end']}"
        lines.append(
            (case["title"], dates, *_cells(ten, 0), ten["verdict"], *_cells(yen, 1), yen["verdict"])
        )
    return Table(
        head=(
            "Episode",
            "Window",
            "US 10-year, bp: model",
            "Observed",
            "Verdict",
            "Yen per dollar, %: model",
            "Observed",
            "Verdict",
        ),
        rows=tuple(lines),
        words=(0, 1, 4, 7),
    )


def _cells(row: Mapping[str, Any], places: int) -> tuple[str, str]:
    low, mid, high = (_signed(x, places) for x in row["model"])
    observed = row["observed"]
    return f"{mid} ({low} to {high})", "–" if observed is None else _signed(observed, places)


def _signed(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text.replace("-", "−")


def _chart(cases: Sequence[Mapping[str, Any]], name: str, heading: str, unit: str) -> Chart:
    caption = (
        "Bar: 5–95% of draws, flows and noise. Line in it: median. Dot: what happened. Episodes "
        "without a flow that moves this are in the table only."
    )
    return Chart(f"backtest_{name}", heading, caption, _figure(cases, name, unit))


def _figure(cases: Sequence[Mapping[str, Any]], name: str, unit: str) -> Figure:
    shown = [
        (case["title"], row)
        for case in cases
        for row in case["rows"]
        if row["variable"] == name and row["observed"] is not None and abs(row["effect"][1]) > 0.0
    ]
    labels = [folded(title, _FOLD) for title, _ in shown]
    low, mid, high = ([row["model"][i] for _, row in shown] for i in range(3))
    seen = [row["observed"] for _, row in shown]
    ranges = bars(
        [h - b for h, b in zip(high, low, strict=True)],
        labels,
        base=rounded(low, 2),
        marker={"color": tint(FIRST, 0.25)},
        name="model, 5–95%",
        hoverinfo="skip",
    )
    middle = _marks(mid, labels, name="median", symbol="line-ns-open", colour=FIRST)
    dots = _marks(seen, labels, name="what happened", symbol="circle", colour=SECOND)
    layout = frame(
        height=150 + _ROW * max(len(shown), 1),
        xaxis=axis(unit, zeroline=True, zerolinecolor=INK),
        yaxis=axis("", showgrid=False) | {"autorange": "reversed", "type": "category"},
        showlegend=True,
        barmode="overlay",
        meta={"narrow": {"xaxis.nticks": 4, "yaxis.tickfont.size": 10}},
    )
    return {"data": [ranges, middle, dots], "layout": layout}


def _marks(
    values: Sequence[float], labels: Sequence[str], *, name: str, symbol: str, colour: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rounded(values, 2),
        "y": list(labels),
        "name": name,
        "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2}},
        "hovertemplate": "%{y}: %{x}<extra>" + name + "</extra>",
    }
