"""Tables as CSV text and as sheets of one workbook."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook

_DIGITS: Final = 4
_TEXT_WIDTHS: Final = {"Scenario Name": 28, "Topic": 44, "Note": 110, "Variable": 62, "Reason": 90}


def as_csv(frame: pd.DataFrame) -> bytes:
    """Text in UTF-8; four decimals, and no minus before a zero."""
    numbers = frame.select_dtypes("float").columns
    rounded = frame.assign(**{name: frame[name].round(_DIGITS) + 0.0 for name in numbers})
    text: str = rounded.to_csv(index=False, lineterminator="\n")
    return text.encode()


def as_workbook(sheets: Mapping[str, pd.DataFrame], title: str, *, frozen: Sequence[str]) -> bytes:
    """Fill one sheet a table; columns of these names stay in sight where they come first."""
    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        book.set_properties({"title": title, "comments": "See the sheet Notes."})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        digits = book.add_format({"num_format": "0.000"})
        for name, frame in sheets.items():
            sheet = book.add_worksheet(name)
            has_keys = list(frame.columns[: len(frozen)]) == list(frozen)
            sheet.freeze_panes(1, len(frozen) if has_keys else 0)
            _fill(sheet, frame, head=head, words=words, digits=digits)
    return memory.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, *, head: Any, words: Any, digits: Any) -> None:
    for place, name in enumerate(frame.columns):
        is_text = not pd.api.types.is_numeric_dtype(frame[name])
        sheet.set_column(place, place, _TEXT_WIDTHS.get(name, 14 if is_text else 20))
        sheet.write_string(0, place, name, head)
        for row, value in enumerate(frame[name].tolist(), start=1):
            if is_text:
                sheet.write_string(row, place, str(value), words)
            elif pd.notna(value):
                sheet.write_number(row, place, value, digits)
