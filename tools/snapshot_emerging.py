"""Tidy tables of emerging economies, their crises and the world around them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

HERE: Final = Path(__file__).resolve().parent
ECONOMIES: Final = HERE.parent / "src" / "selloff" / "data" / "quoted" / "emerging_economies.csv"
LAST_ESTIMATE: Final = 2025
MONTHLY_START: Final = "2015-01-01"
H10: Final = {
    "Brazil": "bra",
    "China": "chn",
    "India": "ind",
    "Malaysia": "mys",
    "Mexico": "mex",
    "South Africa": "zaf",
    "South Korea": "kor",
    "Sri Lanka": "lka",
    "Taiwan": "twn",
    "Thailand": "tha",
}
ECB: Final = {
    "cze": "USDCZK",
    "hun": "USDHUF",
    "idn": "USDIDR",
    "phl": "USDPHP",
    "pol": "USDPLN",
    "rou": "USDRON",
    "tur": "USDTRY",
}
_USD_BN: Final = 1e9


def _listed() -> list[str]:
    return list(pd.read_csv(ECONOMIES)["iso3"])


def _year_ends(years: pd.Series) -> pd.Series:
    return pd.to_datetime(years.astype(int).astype(str) + "-12-31")


def _mine(frame: pd.DataFrame) -> pd.DataFrame:
    low = frame.assign(iso3=frame["iso3"].str.strip().str.lower())
    return low[low["iso3"].isin(_listed())]


def outlook(raw: Path) -> pd.DataFrame:
    """GDP, inflation and current account, with what the IMF had estimated itself."""
    names = {
        "NGDPD": "gdp_usd_bn",
        "PCPIPCH": "inflation_pct",
        "BCA_NGDPD": "current_account_pct_gdp",
    }
    frame = _mine(pd.read_csv(raw / "global_macro" / "imf_weo_2025-10_selected.csv"))
    frame = frame[frame["concept"].isin(names) & (frame["year"] <= LAST_ESTIMATE)]
    power = frame["scale_power10"] - (frame["concept"] == "NGDPD") * 9
    known = frame.assign(
        column=frame["concept"].map(names),
        value=frame["value"] * 10.0**power,
        late=frame["year"] > pd.to_numeric(frame["last_actual_year"], errors="coerce"),
    )
    wide = known.pivot(index=["iso3", "year"], columns="column", values="value")[[*names.values()]]
    late = known.groupby(["iso3", "year"])["late"].max().rename("is_estimate")
    tidy = wide.join(late).reset_index()
    return tidy.assign(date=_year_ends(tidy["year"])).drop(columns="year")


def wealth(raw: Path) -> pd.DataFrame:
    """Reserves, debt owed abroad and exchange rates."""
    names = {
        "FX Reserves minus gold": "reserves_usd_bn",
        "Debt liabilities": "debt_liabilities_usd_bn",
        "Exchange rate (period avg)": "fx_average_lc_per_usd",
        "Exchange rate (end of period)": "fx_end_lc_per_usd",
    }
    frame = _mine(pd.read_csv(raw / "global_macro" / "external_wealth_of_nations_1990_2021.csv"))
    tidy = frame.rename(columns=names)[["iso3", "Year", *names.values()]]
    tidy = tidy.assign(date=_year_ends(tidy["Year"])).drop(columns="Year")
    for column in ("reserves_usd_bn", "debt_liabilities_usd_bn"):
        tidy[column] = tidy[column] / 1e3
    return tidy.dropna(subset=[*names.values()], how="all")


def external_debt(raw: Path) -> pd.DataFrame:
    """External debt and the part of it that is short-term."""
    frame = _mine(pd.read_csv(raw / "global_macro" / "external_debt_wb_ids_32em_2000_2024.csv"))
    return pd.DataFrame(
        {
            "date": _year_ends(frame["year"]),
            "iso3": frame["iso3"],
            "external_debt_usd_bn": frame["total_external_debt"] / _USD_BN,
            "short_term_debt_usd_bn": frame["short_term_debt"] / _USD_BN,
        }
    )


def recent(_: Path) -> pd.DataFrame:
    """Figures after the other tables end, and reserves of 2025 where the World Bank has them."""
    names = {
        "reserves": "reserves_usd_bn",
        "imports": "imports_usd_bn",
        "current_account": "current_account_usd_bn",
        "gdp": "gdp_usd_bn",
        "inflation": "inflation_pct",
        "exchange_rate": "fx_average_lc_per_usd",
    }
    book = _mine(pd.read_csv(HERE / "raw" / "factbook_economies.csv"))
    wide = book.pivot(index=["iso3", "year"], columns="item", values="value")
    wide = wide.rename(columns=names)[[*names.values()]]
    bank = pd.read_csv(HERE / "raw" / "world_bank_reserves.csv").set_index(["iso3", "year"])
    wide = wide.reindex(wide.index.union(bank.index))
    reported = wide["reserves_usd_bn"].reindex(bank.index)
    if (reported / bank["reserves_usd_bn"] - 1.0).abs().max() > 0.006:
        raise ValueError("the World Bank and the Factbook do not tell the same reserves")
    wide["reserves_usd_bn"] = wide["reserves_usd_bn"].fillna(bank["reserves_usd_bn"])
    tidy = wide.reset_index()
    return tidy.assign(date=_year_ends(tidy["year"])).drop(columns="year")


def exchange_rates(raw: Path) -> pd.DataFrame:
    """Monthly averages of local currency per dollar, where a central bank publishes them daily."""
    noon = pd.read_csv(raw / "fx" / "h10_monthly_datahub.csv")
    noon = noon[noon["Country"].isin(H10)]
    first = pd.DataFrame(
        {
            "date": noon["Date"],
            "iso3": noon["Country"].map(H10),
            "lc_per_usd": pd.to_numeric(noon["Exchange rate"], errors="coerce"),
        }
    )
    fixing = pd.read_csv(raw / "fx" / "ecb_usd_crosses_daily_1999_2026.csv", parse_dates=["date"])
    means = fixing.set_index("date")[[*ECB.values()]].resample("MS").mean()
    # The file ends inside a month; a part of a month is not its average.
    means = means.iloc[:-1].rename(columns={quote: iso3 for iso3, quote in ECB.items()})
    second = means.rename_axis(columns="iso3").stack().rename("lc_per_usd").reset_index()
    tidy = pd.concat([first.assign(date=pd.to_datetime(first["date"])), second])
    tidy = tidy[tidy["date"] >= MONTHLY_START].dropna()
    return tidy.assign(date=tidy["date"] + pd.offsets.MonthEnd(0))


def crises(raw: Path) -> pd.DataFrame:
    """Years that economic historians flag as currency crises."""
    frame = pd.read_csv(raw / "crises" / "global_crises_hbs_1800_2016.csv")
    frame = _mine(frame.rename(columns={"cc3": "iso3"}))
    flag = pd.to_numeric(frame["currency_crisis"], errors="coerce")
    tidy = pd.DataFrame(
        {"year": frame["year"], "iso3": frame["iso3"], "currency_crisis": (flag > 0) * 1.0}
    )
    tidy = tidy[(frame["year"] >= 1960) & flag.notna()]
    return tidy.assign(date=_year_ends(tidy["year"])).drop(columns="year")


def distress(raw: Path) -> pd.DataFrame:
    """Years in which a sovereign's default or distress begins."""
    frame = pd.read_csv(raw / "crises" / "sovereign_distress_events_32em.csv")
    year = pd.to_datetime(frame["start_month"]).dt.year
    tidy = _mine(frame.assign(date=_year_ends(year), distress_starts=1.0))
    return tidy[["date", "iso3", "distress_starts"]].drop_duplicates()


def world(raw: Path) -> pd.DataFrame:
    """US prices, the 10-year yield, the dollar and the euro, year by year."""
    monthly = pd.read_csv(raw / "us_rates" / "fred_md_subset_monthly_to_2025-11.csv")
    monthly.index = pd.to_datetime(monthly["sasdate"], format="%m/%d/%Y")
    last = monthly[monthly.index.month >= 10].groupby(lambda day: day.year)
    outlook_rows = pd.read_csv(raw / "global_macro" / "imf_weo_2025-10_selected.csv")
    american = outlook_rows[
        (outlook_rows["iso3"] == "USA") & (outlook_rows["concept"] == "PCPIPCH")
    ]
    wealth_rows = pd.read_csv(raw / "global_macro" / "external_wealth_of_nations_1990_2021.csv")
    german = wealth_rows[wealth_rows["iso3"] == "DEU"].set_index("Year")
    noon = pd.read_csv(raw / "fx" / "h10_monthly_datahub.csv")
    euro = noon[noon["Country"] == "Euro"]
    euro = euro.groupby(euro["Date"].str[:4].astype(int))["Exchange rate"].mean()
    mark = german["Exchange rate (period avg)"] / 1.95583
    tidy = pd.DataFrame(
        {
            "us_inflation_pct": american.set_index("year")["value"],
            "us_ten_year_q4_pct": last["GS10"].mean(),
            "dollar_advanced_q4_index": last["TWEXAFEGSMTHx"].mean(),
            "euro_per_usd": euro.combine_first(mark),
        }
    )
    tidy = tidy[(tidy.index >= 1989) & (tidy.index <= LAST_ESTIMATE)].rename_axis("year")
    tidy = tidy.reset_index()
    return tidy.assign(date=_year_ends(tidy["year"])).drop(columns="year")


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "currency_crises_annual": crises,
        "emerging_debt_annual": external_debt,
        "emerging_fx_monthly": exchange_rates,
        "emerging_outlook_annual": outlook,
        "emerging_recent_annual": recent,
        "emerging_wealth_annual": wealth,
        "sovereign_distress_starts": distress,
        "world_conditions_annual": world,
    }
)
