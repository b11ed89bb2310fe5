"""What the fields of scenarios and episodes share: their kinds, their rules, how they fail."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from selloff.vocab.errors import shown
from selloff.vocab.holders import CENTRAL_BANKS, FOREIGN_GROUPS, country_books, holders

RULE: Final = "selloff_rule"
"""Type of the errors that carry what was given, what is allowed and what to do."""
UNKNOWN_HOLDER: Final = "unknown_holder"
SPEC: Final = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)

Location = tuple[str | int, ...]
Raw = Mapping[str, Any]
Books = Mapping[str, float | Mapping[str, float]]
"""Face by holder id or country [USD bn]: the whole book, or the book by bucket."""


class Breach(NamedTuple):
    """A rule that does not hold, at a field."""

    location: Location
    given: str
    allowed: str
    remedy: str


class Checked(BaseModel):
    """A model with rules between its fields, reported together with what is wrong in them."""

    model_config = SPEC

    @classmethod
    def breaches(cls, raw: Raw, books: Books | None) -> Iterable[Breach]:  # noqa: ARG003
        """Find the rules that do not hold, in plain values that may be half right."""
        return ()

    @model_validator(mode="wrap")
    @classmethod
    def _keep_rules(
        cls, given: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        found: list[InitErrorDetails] = []
        try:
            made = handler(given)
        except ValidationError as error:
            found = [_line(each) for each in error.errors(include_url=False)]
        if isinstance(given, Mapping):
            found += [
                InitErrorDetails(type=refusal(*each[1:]), loc=each.location, input=None)
                for each in cls.breaches(given, info.context)
            ]
        if found:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return made


def _line(error: Any) -> InitErrorDetails:
    """Turn an error that was read back into one that can be raised again."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in (RULE, UNKNOWN_HOLDER):
        kind = PydanticCustomError(kind, error["msg"].replace("{", "{{"), context)
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)


def refusal(given: str, allowed: str, remedy: str) -> PydanticCustomError:
    """Make an error of a field that says what was given, what is allowed and what to do."""
    words = {"given": given, "allowed": allowed, "remedy": remedy}
    return PydanticCustomError(RULE, "got {given}; allowed: {allowed}. {remedy}", words)


def number(given: object) -> float | None:
    """Read a finite number; a truth value is none."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return None
    try:
        return float(given) if math.isfinite(given) else None
    except OverflowError:
        return None


def as_day(given: object) -> date | None:
    """Read a day of the calendar as people write it, and only so."""
    try:
        if isinstance(given, str) and len(given) == len("2020-03-09"):
            given = date.fromisoformat(given)
    except ValueError:
        return None
    if not isinstance(given, date) or isinstance(given, datetime):
        return None
    return given if FIRST_DAY <= given <= LAST_DAY else None


def _day(given: object) -> date:
    found = as_day(given)
    if found is None:
        allowed = f'a day from {FIRST_DAY} to {LAST_DAY} as "YYYY-MM-DD"'
        raise refusal(shown(given), allowed, 'Write it in quotes, such as "2020-03-09".')
    return found


def _version(given: object) -> object:
    if type(given) is not int or given != 1:
        allowed = "1, the version this Selloff reads"
        raise refusal(shown(given), allowed, "Write schema_version: 1.")
    return given


def seller_ids() -> tuple[str, ...]:
    """List whoever can sell: every holder, each foreign country for both its books, and groups."""
    table = holders()
    residences = dict.fromkeys(each.residence for each in table.values())
    return (*filter(country_books, residences), *FOREIGN_GROUPS, *table)


def _known(holder: str) -> str:
    if holder not in seller_ids():
        raise PydanticCustomError(UNKNOWN_HOLDER, "no holder, country or group of that name")
    return holder


def _known_abroad(holder: str) -> str:
    return holder if holder in CENTRAL_BANKS else _known(holder)


def _printable(also: str) -> AfterValidator:
    def check(text: str) -> str:
        odd = next((each for each in text if not each.isprintable() and each not in also), None)
        if odd is not None:
            allowed = "printable text" + (" and line breaks" if also else " on one line")
            given = f"text with the character U+{ord(odd):04X}"
            raise refusal(given, allowed, "Remove that character.")
        return text

    return AfterValidator(check)


def at_most(most: int) -> BeforeValidator:
    """Refuse a longer list before its entries are looked at."""

    def check(given: Any) -> Any:
        if isinstance(given, (list, tuple)) and len(given) > most:
            raise refusal(shown(given), f"a list of at most {most}", "Shorten the list.")
        return given

    return BeforeValidator(check)


Day = Annotated[date, BeforeValidator(_day)]
Version = BeforeValidator(_version)
Line = Annotated[str, _printable("")]
Text = Annotated[str, _printable("\n")]
Holder = Annotated[
    str,
    Field(max_length=64, json_schema_extra={"enum": list(seller_ids())}),
    AfterValidator(_known),
]
HolderAbroad = Annotated[
    str,
    Field(max_length=64, json_schema_extra={"enum": [*CENTRAL_BANKS, *seller_ids()]}),
    AfterValidator(_known_abroad),
]
"""A holder, or a central bank of a market abroad."""
Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
Title = Annotated[Line, Field(min_length=1, max_length=120)]
Description = Annotated[Text, Field(max_length=4000)]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
VintageName = Annotated[
    str,
    Field(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2])@)?[0-9]{4}-[0-9]{2}-[0-9]{2}(\.[0-9]+)?$"
        r"|^[0-9]{4}-(0[1-9]|1[0-2])$"
    ),
]
