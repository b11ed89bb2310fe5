"""Weights over named things that sum to one and cannot be changed afterwards."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, PlainSerializer
from pydantic_core import PydanticCustomError

RULE: Final = "selloff_rule"
"""Type of the errors that carry their own allowed range and remedy."""
SUM_TOLERANCE: Final = 1e-9

Asset = Literal["usd_cash", "jpy_cash", "jgb", "eur_cash", "cny_cash", "gold"]
Bucket = Literal["0-1Y", "1-3Y", "3-5Y", "5-7Y", "7-10Y", "10-20Y", "20-30Y"]
Weight = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]


Name = TypeVar("Name", bound=str)


class Weights(Mapping[Name, float], Generic[Name]):
    """A mapping that can be hashed and pickled, so a scenario can be too."""

    __slots__ = ("_items",)

    def __init__(self, weights: Mapping[Name, float]) -> None:
        self._items = tuple(weights.items())

    def __getitem__(self, key: Name) -> float:
        for name, weight in self._items:
            if name == key:
                return weight
        raise KeyError(key)

    def __iter__(self) -> Iterator[Name]:
        return (name for name, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __repr__(self) -> str:
        return repr(dict(self._items))


def _summing_to_one(weights: Mapping[Name, float]) -> Weights[Name]:
    total = sum(weights.values())
    if abs(total - 1.0) > SUM_TOLERANCE:
        rule = {
            "given": f"weights that sum to {total:.10g}",
            "allowed": "weights between 0 and 1 that sum to 1",
            "remedy": "Change the weights so that they sum to 1.",
        }
        raise PydanticCustomError(RULE, "{given}; allowed: {allowed}", rule)
    return Weights(weights)


_FREEZE = AfterValidator(_summing_to_one)
_THAW = PlainSerializer(dict)

AssetWeights = Annotated[Mapping[Asset, Weight], _FREEZE, _THAW]
BucketWeights = Annotated[Mapping[Bucket, Weight], _FREEZE, _THAW]
