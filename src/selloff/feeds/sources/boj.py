"""The Bank of Japan: the overnight rate, and who holds Japanese government bonds.

Whole answers for other series were seen, the head of one for the call rate; holders in code.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import count, figure, opened, part, records, word
from selloff.feeds.calendars import TOKYO, days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import at_most, has, matrix, within
from selloff.feeds.reading import Row, readings, refuse
from selloff.feeds.tables import last_day, made_day

_URL: Final = "https://www.stat-search.boj.or.jp/api/v1/getDataCode?format=json&lang=en"
_RATES: Final = {"STRDCLUCON": "boj.call_rate"}
_HOLDERS: Final = {
    "FOF_FFAS110A311": "boj.jgb.central_bank",
    "FOF_FFAS120A311": "boj.jgb.banks",
    "FOF_FFAS131A311": "boj.jgb.insurers",
    "FOF_FFAS140A311": "boj.jgb.pension_funds",
    "FOF_FFAS160A311": "boj.jgb.investment_funds",
    "FOF_FFAS430A311": "boj.jgb.households",
    "FOF_FFAS500A311": "boj.jgb.abroad",
    "FOF_FFAS700A311": "boj.jgb.total",
}
_UNITS: Final = {"boj.call_rate": "percent"} | dict.fromkeys(_HOLDERS.values(), "JPY 100 mn")
_WRITTEN: Final = {"percent": ("percent per annum", "%"), "JPY 100 mn": ("100 million yen",)}
_WITHOUT_COMPRESSION: Final = {"Accept-Encoding": "identity"}
_ANSWERED: Final = 200


def _parse(content: bytes) -> pd.DataFrame:
    answer = opened(content)
    status = part(answer, "STATUS")
    if status != _ANSWERED:
        given = f"{status}: {part(answer, 'MESSAGE')}"
        raise refuse("STATUS", given, str(_ANSWERED), "The Bank refused the request: report it.")
    needed = ("SERIES_CODE", "UNIT", "FREQUENCY", "VALUES")
    names = _RATES | _HOLDERS
    frames = []
    for each in records(answer, needed, "RESULTSET"):
        code = word(each["SERIES_CODE"], "SERIES_CODE").split("'")[-1]
        if code not in names:
            raise refuse("SERIES_CODE", code, ", ".join(names))
        unit = _UNITS[names[code]]
        if word(each["UNIT"], "UNIT").lower() not in _WRITTEN[unit]:
            raise refuse(f"unit of {code}", each["UNIT"], " or ".join(_WRITTEN[unit]))
        frames.append(readings(_rows(each, names[code]), unit))
    return pd.concat(frames, ignore_index=True)


def _rows(series: object, name: str) -> Iterator[Row]:
    days = part(series, "VALUES", "SURVEY_DATES")
    values = part(series, "VALUES", "VALUES")
    if not isinstance(days, list) or not isinstance(values, list) or len(days) != len(values):
        raise refuse(f"{name}, VALUES", "lists that differ in length", "a value for each day")
    frequency = word(part(series, "FREQUENCY"), "FREQUENCY")
    for when, value in zip(days, values, strict=True):
        yield name, _period(when, frequency), figure(value, f"{name} {when}")


def _period(when: object, frequency: str) -> date:
    """Read 20260827 (a day), 202608 (a month), or 202602 (the second quarter)."""
    text, where = str(when), f"SURVEY_DATES {when}"
    if frequency == "DAILY" and re.fullmatch(r"\d{8}", text, re.ASCII):
        return made_day(int(text[:4]), int(text[4:6]), int(text[6:]), where)
    if frequency == "QUARTERLY" and re.fullmatch(r"\d{4}0[1-4]", text, re.ASCII):
        return last_day(int(text[:4]), 3 * int(text[4:]), where)
    if frequency == "MONTHLY" and re.fullmatch(r"\d{6}", text, re.ASCII):
        return last_day(int(text[:4]), int(text[4:]), where)
    raise refuse(where, f"{text}, {frequency}", "a day, a month or a quarter")


def _check(frame: pd.DataFrame) -> None:
    """Hold that the named holders have no more than all holders."""
    within(frame, -1, 20, "boj.call_rate")
    within(frame, 0, 3e7, "boj.jgb.*")
    within(frame, 1e6, 3e7, "boj.jgb.total")
    book = matrix(frame)
    if "boj.jgb.total" not in book:
        return
    has(frame, *_HOLDERS.values())
    parts = book[[name for name in _HOLDERS.values() if name != "boj.jgb.total"]].sum(axis=1)
    at_most(parts, book["boj.jgb.total"], "boj.jgb, holders", slack=len(_HOLDERS))


def _ask(db: str, codes: dict[str, str], since: str, start: int = 0) -> Document:
    asked = f"&db={db}&code={','.join(codes)}&startDate={since}"
    further = f"&startPosition={start}" if start else ""

    def leads_to(content: bytes) -> tuple[Document, ...]:
        following = part(opened(content), "NEXTPOSITION")
        if following is None:
            return ()
        position = count(following, "NEXTPOSITION")
        if position <= start:
            raise refuse("NEXTPOSITION", position, f"more than {start}")
        return (_ask(db, codes, since, position),)

    return Document(
        name=f"boj_{db.lower()}{f'_{start}' if start else ''}.json",
        url=_URL + asked + further,
        parse=_parse,
        leads_to=leads_to,
        headers=_WITHOUT_COMPRESSION,
        cadence=timedelta(days=92) if db == "FF" else None,
        known=days_after(80, "08:50", TOKYO) if db == "FF" else None,
    )


def _documents(_: date) -> tuple[Document, ...]:
    return _ask("FM01", _RATES, "199801"), _ask("FF", _HOLDERS, "199704")


FEED = Feed(
    id="boj",
    title="Time-Series Data Search: call rate, flow of funds",
    publisher="Bank of Japan",
    licence="Free with citation",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=days_after(1, "10:00", TOKYO),
)
