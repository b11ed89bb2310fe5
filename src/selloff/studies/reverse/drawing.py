"""Pictures of a reverse answer: the chance by amount, by time, or by both."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from selloff import charts
from selloff.charts import AnyChart, Layer, Ruler, Spot, Unit, Words
from selloff.report import StudyParts, Table, units
from selloff.studies.reverse.asking import AT_ONCE, Tried
from selloff.studies.reverse.telling import amount, pace_words, pct
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, name_of, span

if TYPE_CHECKING:
    from selloff.studies.reverse.study import Reversal

_PERCENT: Final = Unit(name="percent", after="%")
_DAYS: Final = Unit(name="business days", decimals=0)
COLUMNS: Final = ("How fast", "USD bn", "Chance", "90% band")


def draw(found: "Reversal") -> AnyChart:
    """Draw the chance of every sale that was tried."""
    who = name_of(found.sale.scenario.sellers[0].holder)
    words = Words(
        id="chance",
        title=f"How likely a sale by {who} brings it about",
        subtitle=" and ".join(each.words for each in found.sale.bounds),
        source="Selloff",
        unit=_PERCENT,
    )
    if found.find == "likeliest":
        return _heat(words, found.search.tried)
    by_time = found.find == "fastest"
    unit, title = (_DAYS, "Time it takes") if by_time else (units("USD bn"), "Amount sold")
    x = Ruler(kind="number", title=title, unit=unit)
    best = found.search.best
    spots = [
        Spot(
            name=f"{amount(each.sale_usd_bn)}, {pace_words(found, each)}",
            x=(each.years or 0.0) * BUSINESS_DAYS_PER_YEAR if by_time else each.sale_usd_bn,
            y=100.0 * each.chance,
            named=each is best,
            tone=2 if each is best else 1,
        )
        for each in found.search.tried
    ]
    return charts.scatter(words, x, "Chance", spots)


def lay_out(found: "Reversal") -> StudyParts:
    """Lay out what is shown: sentences, chance by sale, every sale that was tried."""
    rows = tuple(row_of(found, each) for each in found.search.tried)
    table = Table(head=COLUMNS, rows=rows, label="Every sale that was tried")
    words = " and ".join(each.words for each in found.sale.bounds)
    title = f"Which sale brings it about? {words}"
    return StudyParts(title, [*found.sentences, found.about], [found.chart], [table])


def row_of(found: "Reversal", one: Tried) -> tuple[str, str, str, str]:
    """Write a sale that was tried as a row of a table."""
    low, high = (100.0 * each for each in one.band)
    chance = pct(one.chance)
    return pace_words(found, one), f"{one.sale_usd_bn:,.1f}", chance, f"{low:.0f} to {high:.0f}%"


def _heat(words: Words, tried: Sequence[Tried]) -> AnyChart:
    """Amounts up, paces across."""
    paces = sorted({each.years or AT_ONCE for each in tried})
    amounts = sorted({each.sale_usd_bn for each in tried}, reverse=True)
    chance = {(each.sale_usd_bn, each.years): 100.0 * each.chance for each in tried}
    labels = tuple(span(each) if each else "at once" for each in paces)
    places = tuple(float(at) for at in range(len(paces)))
    x = Ruler(kind="number", title="How fast", values=places, words=labels)
    rows = [
        Layer(name=amount(one), values=tuple(chance.get((one, pace)) for pace in paces))
        for one in amounts
    ]
    return charts.heat(words, x, rows)
