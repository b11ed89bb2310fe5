"""From a name, a file or plain values to an episode, or to every problem at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from selloff.scenario.episode import Episode, month_before
from selloff.scenario.episode_rules import as_day, episode_breaches, sale_breaches
from selloff.scenario.form import Form
from selloff.scenario.limits import Limits
from selloff.scenario.loading import SHARES, checked
from selloff.scenario.reader import Document, read
from selloff.scenario.rules import Breach
from selloff.scenario.source import shipped_names, text_of

EpisodeSource = str | Path | Episode | Mapping[str, Any]
EPISODE_FORM: Final = Form(
    noun="episode",
    model=Episode,
    breaches=episode_breaches,
    remedies={
        "sale_usd_bn": "Give the face sold as a positive number of USD bn.",
        "purchase_usd_bn": "Give the face bought as a positive number of USD bn.",
        "currency_usd_bn": "Give dollars exchanged as a number of USD bn.",
        "announced_frac": SHARES,
        "proceeds": SHARES,
        "buckets": SHARES,
        "name": "Use lower-case letters, digits and hyphens, such as taper-tantrum-2013.",
        "vintage": 'Write year and month in quotes, such as "2020-02".',
        "observed": "Give a number: basis points for yields, percent for the yen.",
        "policy": 'Write policy: "on" or policy: "off".',
    },
    folder="episodes",
    shipped="an episode that comes with Selloff",
    first_step="Start from one that comes with Selloff; docs/episodes.md has the fields.",
)


def episode_names() -> tuple[str, ...]:
    """List the episodes that come with Selloff."""
    return shipped_names(EPISODE_FORM)


def load_episode(source: EpisodeSource, *, limits: Limits | None = None) -> Episode:
    """Load an episode and check it.

    Source: assumption; whoever corrects a file wants the whole list.
    """
    if isinstance(source, Episode):
        document = Document("", source.model_dump(exclude_none=True), {}, ())
    elif isinstance(source, Mapping):
        document = Document("", source, {}, ())
    else:
        name, text = text_of(source, EPISODE_FORM)
        document = read(text, name)

    def beyond(raw: Mapping[str, Any]) -> list[Breach]:
        if limits is None:
            return []
        books = limits(_vintage(raw)) if callable(limits) else limits
        return sale_breaches(raw, books)

    return Episode.model_validate(checked(document, EPISODE_FORM, beyond))


def _vintage(raw: Mapping[str, Any]) -> str | None:
    """Name the vintage of the books, as far as a half-right file tells."""
    given = raw.get("vintage")
    if isinstance(given, str):
        return given
    start = as_day(raw.get("start"))
    return None if start is None else month_before(start)
