"""What every kind of chart is made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class Ruler(_Frozen):
    """Places along the horizontal axis; business days are drawn by their cube root."""

    kind: Literal["days", "years", "number", "log"]
    title: Text
    values: tuple[float, ...] = Field(default=(), max_length=20_000)
    words: tuple[str, ...] | None = None
    unit: Unit | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Ruler":
        pairs = zip(self.values, self.values[1:], strict=False)
        if any(low >= high for low, high in pairs):
            raise ValueError("values: must increase. Sort them and drop doubles.")
        if self.words is not None and len(self.words) != len(self.values):
            raise ValueError("words: one for each value. Add what is missing.")
        return self


class Band(_Frozen):
    """Quantiles of one series at each place; a ghost is the second run behind the first, a draft
    has 10 and 90% in place of the outer four."""

    name: Text
    p50: Line
    p05: Line | None = None
    p10: Line | None = None
    p25: Line | None = None
    p75: Line | None = None
    p90: Line | None = None
    p95: Line | None = None
    ghost: bool = False


class Yardstick(_Frozen):
    """A line to compare with, such as the largest move ever seen."""

    label: Text
    x: float | None = None
    y: float | None = None


class Mark(_Frozen):
    """A point with words, such as the median of the peaks."""

    x: float
    y: float
    label: Text


class Layer(_Frozen):
    """One part of a whole over time, or one row of a map of heat."""

    name: Text
    values: Line
    tone: int | None = Field(default=None, ge=1, le=8)


class Digits(_Frozen):
    """The digits with which a page writes a median and its ends, in place of those of its unit."""

    p05: Text
    p50: Text
    p95: Text


class Row(_Frozen):
    """A named median with its ranges."""

    name: Text
    told: Digits | None = None
    p05: float
    p50: float
    p95: float
    p25: float | None = None
    p75: float | None = None
    note: str | None = None


class Step(Row):
    """One bar of a waterfall; a total begins at zero."""

    total: bool = False


class Land(Row):
    """One country of a map."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Pair(_Frozen):
    """One number in two scenarios."""

    name: Text
    a: Row
    b: Row


class Spot(_Frozen):
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
