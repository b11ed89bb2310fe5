"""One number is written in one way wherever it stands: title, sentence, table, chart."""

import json
from collections import defaultdict
from typing import Any

import pytest

from selloff.report import answer_lines, render
from selloff.report.estimate import Estimate

Written = dict[tuple[float, str], set[str]]
PERCENT = ("fraction", "percent", "percentage points", "%")
"""Units of one kind."""
OTHERS = ("past_us_10y_bp", "past_usdjpy_pct")
"""Charts of rows written otherwise: of episodes, whose table rounds as their unit does."""


@pytest.fixture(scope="module")
def written() -> Any:
    """Write down every number of an estimate as it is put into digits."""
    found: Written = defaultdict(set)
    own = Estimate._digits

    def noted(self: Estimate, number: float) -> str:
        text = own(self, number)
        value = abs(100.0 * number if self.unit == "fraction" else number)
        if value % 1.0:
            kind = "%" if self.unit in PERCENT else self.unit
            found[round(value, 9), kind].add(text.lstrip("−"))
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Estimate, "_digits", noted)
        yield found


@pytest.fixture(scope="module")
def page(written: Written, answered: Any, descent: Any) -> str:
    runs = [answered, descent]
    for one in runs:
        answer_lines(*one)
    return render([one for one, _ in runs], [summary for _, summary in runs])


def _rows(page: str) -> dict[str, list[Any]]:
    """The named rows of every chart that has some."""
    charts = json.loads(page.split('id="charts">')[1].split("</script>")[0])
    rows = {one["id"]: one.get("rows", []) for one in charts if one["kind"] != "heat"}
    return {
        name: [side for one in each for side in ((one["a"], one["b"]) if "a" in one else (one,))]
        for name, each in rows.items()
        if each
    }


def test_no_number_has_two_precisions(page: str, written: Written) -> None:
    assert len(written) > 500
    assert {value: texts for value, texts in written.items() if len(texts) > 1} == {}


def test_rows_of_charts_are_written_as_on_the_page(page: str, written: Written) -> None:
    rows = _rows(page)
    assert {"parts_us_10y", "bill", "country_ranges", "country_map", "share_change"} <= set(rows)
    for name in set(rows) - set(OTHERS):
        for one in rows[name]:
            assert set(one["told"]) == {"p05", "p50", "p95"}, name
