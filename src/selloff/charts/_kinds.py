"""The kinds of chart: each the one JSON that Python writes and the browser draws."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter

from selloff.charts._parts import (
    Band,
    Land,
    Layer,
    Line,
    Link,
    Mark,
    Pair,
    Row,
    Ruler,
    Spot,
    Step,
    Text,
    Words,
    Yardstick,
)

Domain = tuple[float, float]


class Fan(Words):
    """Bands and medians over time."""

    kind: Literal["fan"] = "fan"
    x: Ruler
    series: tuple[Band, ...] = Field(min_length=1, max_length=4)
    records: tuple[Yardstick, ...] = ()
    marks: tuple[Mark, ...] = ()
    paths: tuple[Line, ...] = Field(default=(), max_length=50)
    """Single runs, drawn thin behind the bands."""
    domain: Domain | None = None
    """Ends of the vertical axis, where they must stand still."""


class Relay(Words):
    """Parts of a whole over time, on top of each other."""

    kind: Literal["relay"] = "relay"
    x: Ruler
    parts: tuple[Layer, ...] = Field(min_length=1, max_length=8)
    total: Text = "Together"
    domain: Domain | None = None


class Waterfall(Words):
    """Parts of one number, each from where the one before it ends."""

    kind: Literal["waterfall"] = "waterfall"
    rows: tuple[Step, ...] = Field(min_length=1)


class Heat(Words):
    """Changes over time by row."""

    kind: Literal["heat"] = "heat"
    x: Ruler
    rows: tuple[Layer, ...] = Field(min_length=1)


class Dumbbell(Words):
    """Numbers of two scenarios beside each other."""

    kind: Literal["dumbbell"] = "dumbbell"
    names: tuple[Text, Text]
    rows: tuple[Pair, ...] = Field(min_length=1)


class Dots(Words):
    """Medians with their ranges."""

    kind: Literal["dots"] = "dots"
    rows: tuple[Row, ...] = Field(min_length=1)


class QuantileDots(Words):
    """Twenty dots, each one run in twenty."""

    kind: Literal["quantiles"] = "quantiles"
    values: tuple[float, ...] = Field(min_length=20, max_length=20)
    beyond: float | None = None
    """Dots above this one are in the second colour."""
    records: tuple[Yardstick, ...] = ()


class Map(Words):
    """The world, one number a country."""

    kind: Literal["map"] = "map"
    rows: tuple[Land, ...] = Field(min_length=1)


class Scatter(Words):
    """Points on two scales; `unit` is that of the vertical one."""

    kind: Literal["scatter"] = "scatter"
    x: Ruler
    y_title: Text
    points: tuple[Spot, ...] = Field(min_length=1)
    zero: bool = True
    """Whether both scales reach to zero."""


class Sankey(Words):
    """Who sold to whom by a date."""

    kind: Literal["sankey"] = "sankey"
    links: tuple[Link, ...] = Field(min_length=1)


class Spark(Words):
    """A line the size of a word."""

    kind: Literal["spark"] = "spark"
    x: Ruler
    values: tuple[float, ...] = Field(min_length=2)


AnyChart = (
    Fan | Relay | Waterfall | Heat | Dumbbell | Dots | QuantileDots | Map | Scatter | Sankey | Spark
)
_ANY: Final = TypeAdapter[AnyChart](Annotated[AnyChart, Field(discriminator="kind")])


def schema() -> dict[str, Any]:
    """Write the JSON schema of a chart."""
    return _ANY.json_schema()
