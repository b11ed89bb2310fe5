"""Copy the economic figures of some economies out of the last World Factbook, as a tidy file."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from selloff.vocab import as_csv, write_file

TARGET: Final = Path(__file__).resolve().with_name("raw") / "factbook_economies.csv"
FIELDS: Final = ("iso3", "item", "year", "value", "unit", "text")
ITEMS: Final[Mapping[str, tuple[str, str]]] = {
    "Reserves of foreign exchange and gold": ("reserves", "USD bn"),
    "Imports": ("imports", "USD bn"),
    "Current account balance": ("current_account", "USD bn"),
    "GDP (official exchange rate)": ("gdp", "USD bn"),
    "Inflation rate (consumer prices)": ("inflation", "percent"),
    "Exchange rates": ("exchange_rate", "local currency per US dollar, average of the year"),
}
_PAIRS: Final = (
    "are=ae arg=ar bgd=bg bgr=bu bra=br chl=ci chn=ch col=co cri=cs cze=ez dom=dr ecu=ec "
    "egy=eg eth=et gha=gh hun=hu idn=id ind=in jam=jm jor=jo kaz=kz ken=ke kor=ks kwt=ku "
    "lbn=le lka=ce mar=mo mex=mx moz=mz mys=my nga=ni pak=pk pan=pm per=pe phl=rp pol=pl "
    "qat=qa rou=ro rus=rs sau=sa slv=es tha=th tun=ts tur=tu twn=tw ukr=up ury=uy vnm=vm "
    "zaf=sf zmb=za"
)
FILES: Final[Mapping[str, str]] = dict(pair.split("=") for pair in _PAIRS.split())
"""The Factbook's own two letters."""
FIRST_YEAR: Final = 2019
_NUMBER: Final = re.compile(r"(-?)\$?(-?[\d,]+(?:\.\d+)?)%?\s*(trillion|billion|million)?")
_SCALE: Final = {"trillion": 1e3, "billion": 1.0, "million": 1e-3}


def read_number(text: str, unit: str) -> float:
    """Read `-$61.194 billion (2024 est.)` as -61.194."""
    found = _NUMBER.match(text)
    if found is None or ((found.group(3) is None) == (unit == "USD bn")):
        raise ValueError(f"not a number in {unit}: {text!r}")
    sign = -1.0 if found.group(1) else 1.0
    return sign * float(found.group(2).replace(",", "")) * _SCALE.get(found.group(3), 1.0)


def figures(economy: Mapping[str, Any], iso3: str) -> Iterator[dict[str, object]]:
    """Give every dated figure of one country's economic section."""
    for title, (item, unit) in ITEMS.items():
        section = economy.get(title, {})
        for key, entry in section.items():
            text = entry["text"] if isinstance(entry, dict) else entry
            dated = re.search(r"\((20\d\d)(?: est\.)?\)", text)
            if key in ("note", "Currency") or not dated or int(dated.group(1)) < FIRST_YEAR:
                continue
            yield {
                "iso3": iso3,
                "item": item,
                "year": int(dated.group(1)),
                "value": f"{read_number(text, unit):.12g}",
                "unit": unit,
                "text": text,
            }


def main(arguments: list[str]) -> int:
    """Run from the command line with the folder of country files as the only argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: factbook.py FOLDER_OF_COUNTRY_FILES\n")
        return 2
    rows: list[dict[str, object]] = []
    for iso3, letters in FILES.items():
        (file,) = Path(arguments[0]).glob(f"*/{letters}.json")
        economy = json.loads(file.read_text(encoding="utf-8"))["Economy"]
        rows += sorted(figures(economy, iso3), key=lambda row: (str(row["item"]), row["year"]))
    write_file(TARGET, as_csv([FIELDS, *([row[name] for name in FIELDS] for row in rows)]))
    sys.stdout.write(f"{len(rows)} figures in {TARGET}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
