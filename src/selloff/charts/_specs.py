"""What a chart is made of: the one JSON that Python writes and the browser draws."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Number = float | None
Line = tuple[Number, ...]
Text = Annotated[str, Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Unit(_Frozen):
    """A unit as in the data, what stands around a number, and the decimals shown."""

    name: Text
    before: str = ""
    after: str = ""
    decimals: int = Field(default=0, ge=0, le=6)
    signed: bool = False


class Words(_Frozen):
    """What every chart says: a finding, its unit in words, where the numbers are from."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    title: Text
    subtitle: Text
    source: Text
    unit: Unit
    method: str | None = None
    """Address of the page that says how the numbers are worked out."""


class Axis(_Frozen):
    """Places along the horizontal axis; business days are drawn by their cube root."""

    kind: Literal["days", "years", "number", "log"]
    title: Text
    values: tuple[float, ...] = Field(default=(), max_length=20_000)
    words: tuple[str, ...] | None = None
    unit: Unit | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Axis":
        pairs = zip(self.values, self.values[1:], strict=False)
        if any(low >= high for low, high in pairs):
            raise ValueError("values: must increase. Sort them and drop doubles.")
        if self.words is not None and len(self.words) != len(self.values):
            raise ValueError("words: one for each value. Add what is missing.")
        return self


class Band(_Frozen):
    """Quantiles of one series at each place; a ghost is the second run behind the first."""

    name: Text
    p50: Line
    p05: Line | None = None
    p25: Line | None = None
    p75: Line | None = None
    p95: Line | None = None
    ghost: bool = False


class Record(_Frozen):
    """A line to compare with, such as the largest move ever seen."""

    label: Text
    x: float | None = None
    y: float | None = None


class Mark(_Frozen):
    """A point with words, such as the median of the peaks."""

    x: float
    y: float
    label: Text


class Part(_Frozen):
    """One part of a whole over time, or one row of a map of heat."""

    name: Text
    values: Line
    tone: int | None = Field(default=None, ge=1, le=8)


class Row(_Frozen):
    """A named median with its ranges."""

    name: Text
    p05: float
    p50: float
    p95: float
    p25: float | None = None
    p75: float | None = None
    note: str | None = None


class Step(Row):
    """One bar of a waterfall; a total begins at zero."""

    total: bool = False


class Place(Row):
    """One country of a map."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Pair(_Frozen):
    """One number in two scenarios."""

    name: Text
    a: Row
    b: Row


class Point(_Frozen):
    """One point on two scales; `named` asks for its name beside it."""

    name: Text
    x: float
    y: float
    named: bool = False
    tone: int | None = Field(default=None, ge=1, le=8)


class Link(_Frozen):
    """What went from one to another."""

    source: Text
    target: Text
    value: float = Field(gt=0.0)


Domain = tuple[float, float]


class Fan(Words):
    """Bands and medians over time."""

    kind: Literal["fan"] = "fan"
    x: Axis
    series: tuple[Band, ...] = Field(min_length=1, max_length=4)
    records: tuple[Record, ...] = ()
    marks: tuple[Mark, ...] = ()
    domain: Domain | None = None
    """Ends of the vertical axis, where they must stand still."""


class Relay(Words):
    """Parts of a whole over time, on top of each other."""

    kind: Literal["relay"] = "relay"
    x: Axis
    parts: tuple[Part, ...] = Field(min_length=1, max_length=8)
    total: Text = "Together"
    domain: Domain | None = None


class Waterfall(Words):
    """Parts of one number, each from where the one before it ends."""

    kind: Literal["waterfall"] = "waterfall"
    rows: tuple[Step, ...] = Field(min_length=1)


class Heat(Words):
    """Changes over time by row."""

    kind: Literal["heat"] = "heat"
    x: Axis
    rows: tuple[Part, ...] = Field(min_length=1)


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
    records: tuple[Record, ...] = ()


class Map(Words):
    """The world, one number a country."""

    kind: Literal["map"] = "map"
    rows: tuple[Place, ...] = Field(min_length=1)


class Scatter(Words):
    """Points on two scales; `unit` is that of the vertical one."""

    kind: Literal["scatter"] = "scatter"
    x: Axis
    y_title: Text
    points: tuple[Point, ...] = Field(min_length=1)
    zero: bool = True
    """Whether both scales reach to zero."""


class Sankey(Words):
    """Who sold to whom by a date."""

    kind: Literal["sankey"] = "sankey"
    links: tuple[Link, ...] = Field(min_length=1)


class Spark(Words):
    """A line the size of a word."""

    kind: Literal["spark"] = "spark"
    x: Axis
    values: tuple[float, ...] = Field(min_length=2)


AnyChart = (
    Fan | Relay | Waterfall | Heat | Dumbbell | Dots | QuantileDots | Map | Scatter | Sankey | Spark
)
_ANY: Final = TypeAdapter[AnyChart](Annotated[AnyChart, Field(discriminator="kind")])


def schema() -> dict[str, Any]:
    """Write the JSON schema of a chart."""
    return _ANY.json_schema()
