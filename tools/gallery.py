"""Draw every kind of chart from a real run, on one page: python tools/gallery.py --out FILE

The page is one file that needs no network. It is made from 100 draws of japan-dump, japan-slow
beside them; --draws takes another number.
"""

import argparse
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from gallery_charts import drawn

import selloff
from selloff import charts
from selloff.charts import AnyChart
from selloff.vocab.files import write_file

DRAWS: Final = 100
PAGE: Final = """<!doctype html>
<html lang="en"{theme}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {script_hash}; \
style-src {style_hash}; img-src blob:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Selloff: every kind of chart</title>
<style>{style}</style>
</head>
<body class="chart">
<main>
<h1>Every kind of chart</h1>
{places}
</main>
<script type="application/json" id="charts">{charts}</script>
<script type="application/json" id="chart-outlines">{outlines}</script>
<script>{script}</script>
</body>
</html>
"""
LOOKS: Final = """
body.chart { margin: 0; padding: 16px; }
main { max-width: 1180px; margin: 0 auto; display: grid; gap: 44px 40px; }
main { grid-template-columns: minmax(0, 1fr); }
h1 { font-size: 22px; margin: 0; }
@media (min-width: 900px) {
  main { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  h1 { grid-column: 1 / -1; }
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="HTML file to write")
    parser.add_argument("--draws", type=int, default=DRAWS, help="random draws (100)")
    asked = parser.parse_args()
    both = selloff.compare("japan-dump", "japan-slow", draws=asked.draws)
    file = write_file(asked.out, render(drawn(*(one.dataset for one in both.runs))))
    print(f"{file}: {file.stat().st_size / 1e3:.0f} kB")


def render(shown: Sequence[AnyChart], *, theme: str = "") -> str:
    """Write the page: each chart in a place of its own, all in one file."""
    script, style = charts.script(), charts.stylesheet() + LOOKS
    places = (f'<section data-chart="{one.id}" data-heading="2"></section>' for one in shown)
    return PAGE.format(
        theme=f' data-theme="{escape(theme)}"' if theme else "",
        script=script,
        script_hash=charts.csp_hash(script),
        style=style,
        style_hash=charts.csp_hash(style),
        places="\n".join(places),
        charts=charts.charts_json(shown),
        outlines=charts.outlines_json(),
    )


if __name__ == "__main__":
    main()
