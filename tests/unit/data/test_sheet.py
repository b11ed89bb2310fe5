from selloff.data import balance_sheet, vintage
from selloff.vocab.axes import BUCKETS


def test_sheet_holds_every_cell_of_the_books() -> None:
    built = vintage()
    sheet = balance_sheet(built)
    assert list(sheet.columns) == [
        "holder",
        "name",
        "sector",
        "bucket",
        "face",
        "standing",
        "source",
    ]
    wide = sheet.pivot(index="holder", columns="bucket", values="face")
    wide = wide.loc[list(built.holders), list(BUCKETS)]
    assert (wide.to_numpy() == built.books).all()


def test_sheet_says_where_each_total_comes_from() -> None:
    sheet = balance_sheet(vintage()).set_index("holder")
    assert set(sheet["standing"]) == {"derived"}
    assert sheet.loc["usa_household", "source"].str.contains("Z.1").all()
    assert sheet.loc["fed", "source"].str.contains("H.4.1").all()
    assert sheet.loc["jpn_official", "source"].str.contains("TIC").all()
