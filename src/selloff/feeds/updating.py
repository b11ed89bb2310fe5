"""An update: every source by itself, then one vintage of those that passed whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selloff.feeds.contract import Feed
from selloff.feeds.harvesting import Harvester
from selloff.feeds.news import News, compare
from selloff.feeds.writing import Written, base_of, write_vintage
from selloff.vocab.errors import FeedError, Problem


@dataclass(frozen=True, kw_only=True, eq=False)
class UpdateReport:
    """What an update found, and what it wrote."""

    passed: tuple[News, ...]
    failed: dict[str, tuple[Problem, ...]]
    """What was wrong, by source."""
    absent: tuple[str, ...]
    """Sources of which no file was there."""
    written: Written

    has_news: bool
    """Whether any source told a new number or a revised one."""


def update(
    feeds: Sequence[Feed],
    harvester: Harvester,
    *,
    is_trial: bool = False,
    tell: Callable[[Feed], None] = lambda _: None,
) -> UpdateReport:
    """Read sources and write a vintage of those that passed; a failed one leaves its old numbers.

    Where sources failed and there is nothing to write, a `FeedError` says what was wrong.
    """
    base = base_of(harvester.moment.date())
    passed: list[News] = []
    failed: dict[str, tuple[Problem, ...]] = {}
    absent: list[str] = []
    for feed in feeds:
        tell(feed)
        try:
            harvest = harvester.harvest(feed)
            if harvest is None:
                absent.append(feed.id)
            else:
                passed.append(compare(harvest, base))
        except FeedError as error:
            failed[feed.id] = error.problems
    has_news = any(each.n_new or each.n_revised for each in passed)
    if failed and not has_news:
        raise FeedError([problem for problems in failed.values() for problem in problems])
    written = Written()
    if passed and not is_trial:
        written = write_vintage(passed, base, harvester.moment)
    return UpdateReport(
        passed=tuple(passed),
        failed=failed,
        absent=tuple(absent),
        written=written,
        has_news=has_news,
    )
