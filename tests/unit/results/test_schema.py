"""What is refused as a result."""

import numpy as np
import pytest
import xarray as xr

from selloff.results import check_schema
from selloff.results.schema import REQUIRED_ATTRS, is_priced
from selloff.vocab import SelloffError, variables


def test_a_result_passes_untouched(tiny: xr.Dataset) -> None:
    assert check_schema(tiny) is tiny


def fault(result: xr.Dataset) -> str:
    try:
        check_schema(result)
    except SelloffError as error:
        return str(error)
    return "no fault found"


def test_a_missing_variable_is_named(tiny: xr.Dataset) -> None:
    told = {name: fault(tiny.drop_vars(name)) for name in variables()}
    assert [name for name in told if f"variable '{name}' is missing" not in told[name]] == []


def test_a_missing_attribute_is_named(tiny: xr.Dataset) -> None:
    for name in REQUIRED_ATTRS:
        less = tiny.assign_attrs()
        del less.attrs[name]
        assert f"attribute '{name}' is missing" in fault(less)


@pytest.mark.parametrize("name", ["delta_fx", "curve_par_yield", "outcome"])
def test_another_unit_is_refused(tiny: xr.Dataset, name: str) -> None:
    tiny[name].attrs["units"] = "furlongs"
    with pytest.raises(SelloffError, match=f"'{name}' is in 'furlongs'"):
        check_schema(tiny)


def test_another_order_of_dimensions_is_refused(tiny: xr.Dataset) -> None:
    tiny["delta_fx"] = tiny["delta_fx"].transpose("step", "draw", "currency")
    with pytest.raises(SelloffError, match=r"'delta_fx' has dimensions \('step', 'draw'"):
        check_schema(tiny)


def test_all_faults_are_told_at_once(tiny: xr.Dataset) -> None:
    broken = tiny.drop_vars(["delta_fx", "sold_face"])
    del broken.attrs["seed"]
    with pytest.raises(SelloffError) as caught:
        check_schema(broken)
    assert all(word in str(caught.value) for word in ("delta_fx", "sold_face", "seed"))


def test_draws_without_prices_are_told_apart(tiny: xr.Dataset) -> None:
    assert is_priced(tiny).all()
    tiny["outcome"][1] = 4
    np.testing.assert_array_equal(is_priced(tiny), [True, False, True])
