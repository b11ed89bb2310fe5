"""Charts of amounts: who bought, and the seller's own bill."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.report.estimate import Estimate, from_draws
from selloff.report.holders import buyers_by_group, buyers_by_name
from selloff.report.style import (
    FIRST,
    INK,
    LEGEND,
    SECOND,
    Figure,
    axis,
    bars,
    folded,
    frame,
    note,
    tint,
    whiskers,
)

Rows = Sequence[tuple[str, Estimate]]

ROW: Final = 30
"""Height of one bar [pixels]."""
FOLD: Final = 24
"""Most characters in a line of a bar's label [count]."""
NARROW_BARS: Final = {
    "xaxis.nticks": 4,
    "xaxis2.nticks": 4,
    "yaxis.tickfont.size": 11,
    "yaxis2.tickfont.size": 11,
}
BILL: Final = (
    ("seller_proceeds", "Cash received"),
    ("seller_execution_loss", "Lost in selling"),
    ("seller_mark_loss", "Largest paper loss on what is left"),
)


def buyers_figure(dataset: xr.Dataset) -> Figure:
    """Draw who had bought the bonds by the horizon."""
    groups = [row for row in buyers_by_group(dataset) if not row[1].is_nil]
    names = buyers_by_name(dataset)[:10]
    rows = len(groups) + len(names)
    split = len(names) / rows if rows else 0.5
    traces = [
        _bars(groups, colour=FIRST, axes=("x", "y")),
        _bars(names, colour=FIRST, axes=("x2", "y2")) | {"opacity": 0.75},
    ]
    layout = frame(
        height=150 + ROW * rows,
        xaxis=axis("USD bn", anchor="y", rangemode="tozero"),
        yaxis=_labels([min(0.97, split + 0.09), 1.0]),
        xaxis2=axis("USD bn", anchor="y2", rangemode="tozero"),
        yaxis2=_labels([0.0, max(0.03, split - 0.05)]) | {"anchor": "x2"},
        showlegend=False,
        meta={"narrow": NARROW_BARS},
        annotations=[
            _heading("By group", 1.0),
            _heading("Largest named holders", max(0.03, split - 0.05)),
        ],
    )
    return {"data": traces, "layout": layout}


def seller_bill_figure(dataset: xr.Dataset) -> Figure:
    """Draw what the sellers received and what the sale cost them."""
    return _bill([(dataset, FIRST)], names=None)


def compare_bill_figure(
    first: xr.Dataset, second: xr.Dataset, *, labels: tuple[str, str]
) -> Figure:
    """Draw the sellers' bill of two scenarios in one chart."""
    return _bill([(first, FIRST), (second, SECOND)], names=labels)


def bars_figure(rows: Rows, title: str) -> Figure:
    """Draw amounts as bars with whiskers."""
    layout = frame(
        height=110 + ROW * len(rows),
        xaxis=axis(title, zeroline=True, zerolinecolor=INK),
        yaxis=_labels([0.0, 1.0]),
        showlegend=False,
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        meta={"narrow": NARROW_BARS},
    )
    return {"data": [_bars(rows, colour=FIRST, axes=("x", "y"))], "layout": layout}


def _bill(sides: Sequence[tuple[xr.Dataset, str]], *, names: tuple[str, str] | None) -> Figure:
    traces = []
    for at, (dataset, colour) in enumerate(sides):
        proceeds, *losses = ((word, _amount(dataset, name)) for name, word in BILL)
        words = {"name": folded(names[at], LEGEND), "legendgroup": str(at)} if names else {}
        traces.append(_bars([proceeds], colour=colour, axes=("x", "y")) | words)
        hidden = {**words, "showlegend": False}
        traces.append(_bars(losses, colour=colour, axes=("x2", "y2")) | hidden)
    layout = frame(
        height=280 if names is None else 380,
        xaxis=axis("USD bn", anchor="y", rangemode="tozero"),
        yaxis=_labels([0.76, 1.0]),
        xaxis2=axis("USD bn (own scale)", anchor="y2", rangemode="tozero"),
        yaxis2=_labels([0.0, 0.46]) | {"anchor": "x2"},
        showlegend=names is not None,
        barmode="group",
        bargap=0.3,
        meta={"narrow": NARROW_BARS},
    )
    return {"data": traces, "layout": layout}


def _amount(dataset: xr.Dataset, name: str) -> Estimate:
    return from_draws(np.asarray(dataset[name].to_numpy(), dtype=np.float64), "USD bn")


def _bars(rows: Rows, *, colour: str, axes: tuple[str, str]) -> dict[str, Any]:
    return bars(
        [one.p50 for _, one in rows],
        [folded(label[:1].upper() + label[1:], FOLD) for label, _ in rows],
        xaxis=axes[0],
        yaxis=axes[1],
        marker={"color": tint(colour, 0.75)},
        error_x=whiskers([(one.p05, one.p50, one.p95) for _, one in rows]),
        customdata=[one.text for _, one in rows],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )


def _labels(domain: list[float]) -> dict[str, Any]:
    plain = axis("", domain=[round(edge, 4) for edge in domain], showgrid=False)
    return plain | {"autorange": "reversed", "type": "category", "ticklabelstandoff": 6}


def _heading(words: str, y: float) -> dict[str, Any]:
    return note(
        f"<b>{words}</b>", x=1, xanchor="right", yref="paper", y=round(y, 4), yanchor="bottom"
    )
