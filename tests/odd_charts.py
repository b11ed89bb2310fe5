"""Charts at the edge: nothing happens, gaps, long names, one row, numbers far apart."""

import numpy as np

from selloff import charts
from selloff.charts import (
    AnyChart,
    Land,
    Layer,
    Link,
    Mark,
    Pair,
    Row,
    Ruler,
    Spot,
    Step,
    Yardstick,
)

DAYS = Ruler(
    kind="days", title="Business day", values=tuple(float(at) for at in (*range(60), 252, 2520))
)
YEARS = Ruler(
    kind="years", title="Year", values=(2026.0, 2027.0, 2028.0), words=("2026", "2027", "2028")
)
NAMED = Ruler(
    kind="number", title="Pace", values=(0.0, 1.0, 2.0), words=("at once", "1 year", "2 years")
)
LONG = "A holder with a name that is far too long for any column of names on a phone"
BN = charts.Unit(name="USD bn", before="$", after="bn", decimals=1)


def odd() -> list[AnyChart]:
    return [
        charts.fan(_words("still"), DAYS, [("Still", np.zeros((5, 62)))]),
        charts.fan(_words("gaps"), DAYS, [("Gaps", _gaps()), (LONG, _gaps() - 20.0)]),
        charts.fan(
            _words("far"),
            DAYS,
            [("Far", np.outer([1.0, 2.0, 3.0, 4.0, 5.0], np.full(62, 1e6)))],
            records=[Yardstick(y=1e6 * at, label=f"Yardstick {at}") for at in (1, 3, 7)],
            marks=[Mark(x=2520.0, y=6e6, label=LONG), Mark(x=0.0, y=1e6, label="Start")],
        ),
        charts.fan(
            _words("draft"),
            DAYS,
            [("Draft", np.outer([-9.0, 1.0, 90.0], np.linspace(0.0, 1.0, 62)))],
            paths=[np.linspace(0.0, 400.0, 62), np.full(62, np.nan)],
            domain=(-5.0, 50.0),
        ),
        charts.fan(_words("years"), YEARS, [("Below zero", np.full((5, 3), -0.001))]),
        charts.relay(_words("nobody"), DAYS, [Layer(name="Nobody", values=(0.0,) * 62)]),
        charts.relay(
            _words("turns"),
            DAYS,
            [Layer(name=f"{LONG} {at}", values=tuple(_wave(at))) for at in range(8)],
        ),
        charts.waterfall(
            _words("falls"),
            [
                Step(name=LONG, p05=-30.0, p50=-20.0, p95=0.0),
                Step(name="b", p05=0.0, p50=0.0, p95=0.0),
            ],
            Step(name="All", p05=-90.0, p50=-20.0, p95=50.0),
        ),
        charts.heat(_words("white"), DAYS, [Layer(name="10Y", values=(0.0,) * 61 + (None,))]),
        charts.heat(_words("named"), NAMED, [Layer(name="All", values=(-1.0, None, 40.0))]),
        charts.dumbbell(_words("same"), ("A", LONG), [Pair(name=LONG, a=_row("a"), b=_row("b"))]),
        charts.dots(
            _words("alone"),
            [Row(name=LONG, p05=-1.0, p25=-0.5, p50=0.0, p75=0.5, p95=1e4, note=LONG)],
        ),
        charts.quantile_dots(
            _words("pile"), np.zeros(20), beyond=1.0, records=[Yardstick(x=0.0, label=LONG)]
        ),
        charts.world(
            _words("nowhere"),
            [
                Land(code=code, name=LONG, p05=0.0, p50=0.0, p95=0.0)
                for code in ("JPN", "SGP", "ZZZ")
            ],
        ),
        charts.scatter(
            _words("heap"),
            Ruler(kind="number", title=LONG, unit=BN),
            LONG,
            [Spot(name=f"P{at}", x=1.0, y=1.0, named=True) for at in range(30)],
        ),
        charts.sankey(_words("one"), [Link(source=LONG, target="B", value=1.0)]),
        charts.sankey(
            _words("many"),
            [
                Link(source=f"S{a}", target=f"{LONG} {b}", value=9.0**a + b + 1)
                for a in range(3)
                for b in range(9)
            ],
        ),
        charts.spark(_words("flat"), DAYS, np.zeros(62)),
    ]


def _words(name: str) -> charts.Words:
    return charts.Words(id=name, title=f"{name} {LONG}", subtitle=LONG, source=LONG, unit=BN)


def _row(name: str) -> Row:
    return Row(name=name, p05=0.0, p50=0.0, p95=0.0)


def _wave(at: int) -> np.ndarray:
    return 10.0 * np.sin(np.arange(62) / 9.0 + at)


def _gaps() -> np.ndarray:
    levels = np.outer([-2.0, -1.0, 0.0, 1.0, 2.0], np.arange(62.0))
    levels[:, 20:30] = np.nan
    return levels
