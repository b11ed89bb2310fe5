"""A study on one page: what it found in words, pictures and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from selloff import charts
from selloff.charts import AnyChart
from selloff.report.frame import environment, packaged
from selloff.report.plain import plain_table
from selloff.report.section import Drawing, Table


@dataclass(frozen=True)
class StudyParts:
    """What is shown of a study, wherever it is shown."""

    title: str
    said: Sequence[str]
    drawn: Sequence[AnyChart]
    tables: Sequence[Table]

    def plain(self) -> dict[str, Any]:
        """Write it as plain values, for the page of the room."""
        return {
            "title": self.title,
            "sentences": list(self.said),
            "charts": [one.model_dump(mode="json", exclude_none=True) for one in self.drawn],
            "tables": [plain_table(one) for one in self.tables],
        }


def study_page(parts: StudyParts) -> str:
    """Write the page of a study; it needs no network."""
    script = charts.script()
    return (
        environment()
        .get_template("study.html")
        .render(
            title=parts.title,
            said=parts.said,
            figures=[Drawing(id=one.id, title=one.title, chart=one) for one in parts.drawn],
            tables=parts.tables,
            style=Markup(charts.stylesheet() + packaged("template/page.css")),
            script=Markup(script),
            script_hashes=Markup(charts.csp_hash(script)),
            drawn=Markup(charts.charts_json(parts.drawn)),
        )
    )
