"""TIC Table 3 written by hand: the layout of its header, numbers of the snapshot, no real file."""

from collections.abc import Iterable

import pandas as pd

from selloff import data

HEADER = (
    "Table 3: U.S. Treasury Securities Held by Foreign Residents 1/",
    "All Countries and International and Regional Organizations",
    "",
    "Millions of dollars",
    "",
    "\t\t\tTotal U.S. Treasuries\tTotal U.S. Treasuries\tLong-term U.S. Treasuries",
    "Country\tCountry Code\tDate\tHoldings\tNet U.S. Sales\tHoldings\tNet U.S. Sales",
    "country\tcountry_code\tdate\tfor_treas_pos\tfor_treas_net\tfor_lt_treas_pos\tfor_lt_treas_net"
    "\tfor_lt_treas_valchg\tfor_st_treas_pos\tfor_st_treas_net",
)
NOTES = ("", "Notes:", "1/ Long-term Treasury bonds and notes are reported on the TIC Form SLT.")


def table3(*, n_months: int = 3) -> bytes:
    """Japan and the totals as in the snapshot; bills of the totals are a made-up tenth."""
    frame = data.table("tic_table3_monthly")
    wide = frame.pivot(index="date", columns=["holder", "maturity"])
    # In millions, and empty cells as the publisher writes them.
    mn = wide.mul(1000).round().tail(n_months)[::-1]
    rows = []
    official, private = (_total(mn, f"Foreign {each}official") for each in ("", "non-"))
    for month in mn.index:
        own = mn.loc[month].xs("Japan", level="holder").unstack()
        long, total = own["long_term"], own["total"]
        japan = [*total, *long, "n.a.", *(total - long)]
        rows += [
            _row("Poland", "12807", month, ["n.a.", "n.a.", 51000, -120, -300, "n.a.", "n.a."]),
            _row("Total Asia", "49999", month, [1] * 7),
            _row("Japan", "42609", month, japan),
            _row("Of Which: Foreign Official", "99990", month, official[month]),
            _row("Of Which: Foreign Non-Official", "99991", month, private[month]),
            _row("Grand Total", "99996", month, _sum(official[month], private[month])),
        ]
    return ("\n".join((*HEADER, *rows, *NOTES)) + "\n").encode()


def _total(mn: pd.DataFrame, name: str) -> dict[pd.Timestamp, list[object]]:
    held, net = (
        mn[column][name]["total"] for column in ("holdings_usd_bn", "net_purchases_usd_bn")
    )
    bought = net.astype(object).where(net.notna(), "n.a.")
    return {
        month: [all_, bought[month], all_ - all_ // 10, "n.a.", "n.a.", all_ // 10, "n.a."]
        for month, all_ in held.items()
    }


def _sum(one: list[object], other: list[object]) -> list[object]:
    return [a + b if "n.a." not in (a, b) else "n.a." for a, b in zip(one, other, strict=True)]  # type: ignore[operator]


def _row(name: str, code: str, month: pd.Timestamp, cells: Iterable[object]) -> str:
    texts = [each if isinstance(each, str) else f"{each:.0f}" for each in cells]
    return "\t".join((name, code, f"{month:%Y-%m}", *texts))
