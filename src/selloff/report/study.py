"""A study on one page: what it found in words, pictures and tables."""

from collections.abc import Sequence

from markupsafe import Markup

from selloff import charts
from selloff.charts import AnyChart
from selloff.report.frame import environment, packaged
from selloff.report.section import Drawing, Table


def study_page(
    title: str, said: Sequence[str], drawn: Sequence[AnyChart], tables: Sequence[Table]
) -> str:
    """Write the page of a study; it needs no network."""
    script = charts.script()
    return (
        environment()
        .get_template("study.html")
        .render(
            title=title,
            said=said,
            figures=[Drawing(id=one.id, title=one.title, chart=one) for one in drawn],
            tables=tables,
            style=Markup(charts.stylesheet() + packaged("template/page.css")),
            script=Markup(script),
            script_hashes=Markup(charts.csp_hash(script)),
            drawn=Markup(charts.charts_json(drawn)),
        )
    )
