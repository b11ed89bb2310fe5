"""Weights over named things that sum to one and cannot be changed afterwards."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Generic, Literal, TypeVar

from pydantic import AfterValidator, Discriminator, Field, PlainSerializer, Tag

from selloff.scenario.fields import Share, refusal

SUM_TOLERANCE: Final = 1e-9
Asset = Literal["usd_cash", "jpy_cash", "jgb", "eur_cash", "cny_cash", "gold", "crypto"]
Bucket = Literal["0-1Y", "1-3Y", "3-5Y", "5-7Y", "7-10Y", "10-20Y", "20-30Y"]
BucketRule = Literal["pro_rata", "bills_first", "short_first", "long_first"]
Name = TypeVar("Name", bound=str)


class Weights(Mapping[Name, float], Generic[Name]):
    """A mapping that can be hashed and pickled, so a scenario can be too."""

    __slots__ = ("_items",)

    def __init__(self, weights: Mapping[Name, float]) -> None:
        self._items = tuple(weights.items())

    def __getitem__(self, key: Name) -> float:
        return dict(self._items)[key]

    def __iter__(self) -> Iterator[Name]:
        return iter(dict(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __repr__(self) -> str:
        return repr(dict(self._items))


def _summing_to_one(weights: Mapping[Name, float]) -> Weights[Name]:
    total = sum(weights.values())
    if abs(total - 1.0) > SUM_TOLERANCE:
        raise refusal(
            f"weights that sum to {total:.10g}",
            "weights between 0 and 1 that sum to 1",
            "Change the weights so that they sum to 1.",
        )
    return Weights(weights)


_FREEZE = AfterValidator(_summing_to_one)
_THAW = PlainSerializer(dict)
BucketWeights = Annotated[Mapping[Bucket, Share], _FREEZE, _THAW]
Buckets = Annotated[
    Annotated[BucketRule, Tag("word")] | Annotated[BucketWeights, Tag("weights")],
    Discriminator(lambda given: "word" if isinstance(given, str) else "weights"),
]


def _dollars() -> Weights[Asset]:
    return Weights[Asset]({"usd_cash": 1.0})


Proceeds = Annotated[
    Mapping[Asset, Share],
    _FREEZE,
    _THAW,
    Field(default_factory=_dollars, json_schema_extra={"default": {"usd_cash": 1.0}}),
]
