"""A streamed run says what the run says, however it is cut, ordered or stopped."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from selloff.pipeline import Cut, Streamed, Streaming, prepare, run, stream, streaming
from selloff.results import LEVELS, check_streamed, is_priced, load, load_any, matrix, summarise
from selloff.scenario import Scenario
from selloff.scenario import load as load_scenario
from selloff.vocab import IdentityError, OutputError

N, SPLIT = 50, 10
CUT = Cut(chunk=10, piece=20, first=40, batch=20)
pytestmark = [pytest.mark.slow, pytest.mark.nightly]
ASKED = {"sellers": [{"holder": "jpn", "sale_frac": 0.4}], "horizon_years": 0.3}


class Backwards:
    """A pool whose last item is ready first."""

    def each(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for number, item in reversed([*enumerate(items)]):
            yield number, function(item)


@pytest.fixture(scope="module")
def asked() -> Scenario:
    return load_scenario({"schema_version": 1, "name": "now", "title": "Now", **ASKED})


@pytest.fixture(scope="module")
def whole(asked: Scenario) -> xr.Dataset:
    return run(prepare(asked, seed=3), n_draws=N, attribution=SPLIT, chunk=CUT.chunk)


@pytest.fixture(scope="module")
def first(asked: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Streamed:
    way = Streaming(tmp_path_factory.mktemp("first"), cut=CUT)
    return stream(asked, way, n_draws=N, seed=3, attribution=SPLIT)


def streamed(asked: Scenario, folder: Path, *, progress: Any = None, **how: Any) -> Streamed:
    way = Streaming(folder, **{"cut": CUT, **how})
    return stream(asked, way, n_draws=N, seed=3, attribution=False, progress=progress)


def told(summary: dict[str, Any], *but: str) -> dict[str, Any]:
    """All but how long it took."""
    return {name: part for name, part in summary.items() if name not in ("wall_seconds", *but)}


def same(one: Streamed, two: Streamed) -> None:
    assert told(one.summary, "attribution") == told(two.summary, "attribution")
    assert one.dataset.drop_attrs().identical(two.dataset.drop_attrs())


def test_the_summary_is_that_of_the_run(first: Streamed, whole: xr.Dataset) -> None:
    found = told(first.summary)
    assert found.pop("streamed")["does_not_hold"]
    assert first.summary["wall_seconds"]["attribution"] > 0.0
    assert found == told(summarise(whole))


def test_fans_are_those_of_the_run_to_the_rank_error(first: Streamed, whole: xr.Dataset) -> None:
    paths = matrix(whole)
    names = [name for name, held in first.dataset.items() if "level" in held.dims]
    fans = np.concatenate([first.dataset[name].values.reshape(len(LEVELS), -1).T for name in names])
    assert len(fans) == len(paths)
    assert paths.shape[1] == is_priced(whole).sum()
    most = first.summary["streamed"]["fans_rank_error_at_most"]
    assert 0.0 < most < 0.2
    known = ~np.isnan(paths).all(axis=1)
    for at, level in enumerate(LEVELS):
        found = fans[known, at, None].astype(np.float32)
        below, up_to = ((paths[known] < found).mean(axis=1), (paths[known] <= found).mean(axis=1))
        assert np.all(below - most <= level)
        assert np.all(up_to + most >= level - 1.0 / N)


def test_order_does_not_matter(asked: Scenario, first: Streamed, tmp_path: Path) -> None:
    same(first, streamed(asked, tmp_path, pool=Backwards()))


def test_cuts_do_not_matter(asked: Scenario, first: Streamed, tmp_path: Path) -> None:
    longer = Cut(chunk=10, piece=10, first=40, batch=30)
    same(first, streamed(asked, tmp_path, cut=longer))


def test_identities_are_checked_on_every_draw(
    asked: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[int] = set()

    def check(ds: xr.Dataset) -> xr.Dataset:
        seen.update(ds["draw"].values.tolist())
        if 47 in seen:
            raise IdentityError("draw 47")
        return real(ds)

    real = streaming.check_identities
    monkeypatch.setattr(streaming, "check_identities", check)
    with pytest.raises(IdentityError, match="draw 47"):
        streamed(asked, tmp_path)
    assert seen == set(range(N))


def stop_after(n_draws: int) -> Callable[[int, int], None]:
    def stop(done: int, _: int) -> None:
        if done >= n_draws:
            raise KeyboardInterrupt

    return stop


def test_a_stopped_run_goes_on(
    asked: Scenario, first: Streamed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KeyboardInterrupt):
        streamed(asked, tmp_path, progress=stop_after(40))
    assert [file.name for file in tmp_path.iterdir()] == ["000000.batch"]
    with pytest.raises(OutputError, match="--resume"):
        streamed(asked, tmp_path)
    starts: list[int] = []
    real = streaming.work_out
    monkeypatch.setattr(
        streaming, "work_out", lambda errand, **how: (starts.append(errand.first), real(errand))[1]
    )
    same(first, streamed(asked, tmp_path, resume=True))
    assert starts == [20, 40]


def test_damaged_and_foreign_batches_are_worked_out_again(
    asked: Scenario, first: Streamed, tmp_path: Path
) -> None:
    streamed(asked, tmp_path)
    damaged, foreign, other = sorted(tmp_path.iterdir())
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    foreign.write_bytes(other.read_bytes())
    seen: list[int] = []
    again = streamed(asked, tmp_path, resume=True, progress=lambda done, _: seen.append(done))
    same(first, again)
    assert seen[1] == 10
    assert again.batches.n_unsound == 2
    assert first.batches.n_unsound == 0


def test_a_worker_with_other_code_is_refused(asked: Scenario, first: Streamed) -> None:
    errand = streaming.Errand(asked.model_dump_json(), 3, CUT, "another", 0, 10)
    with pytest.raises(OutputError, match="another version"):
        streaming.work_out(errand)


def test_what_is_saved_is_checked_and_refused_where_paths_are_needed(
    first: Streamed, tmp_path: Path
) -> None:
    assert first.batches.folder.exists()
    files = first.save(tmp_path)
    assert [file.name for file in files] == ["fans.nc", "summary.json"]
    assert not first.batches.folder.exists()
    with pytest.raises(OutputError, match="holds quantiles of a streamed run"):
        load(files[0])
    ds = load_any(files[0])
    assert check_streamed(ds)["USD bn"] < 1e-6
    ds["identity_residual"][2] = 1e-3
    with pytest.raises(IdentityError, match="residual"):
        check_streamed(ds)


def test_kept_draws_are_those_of_the_run(
    asked: Scenario, whole: xr.Dataset, tmp_path: Path
) -> None:
    streamed(asked, tmp_path / "batches", keep=tmp_path / "draws.zarr")
    with xr.open_zarr(tmp_path / "draws.zarr", consolidated=False) as held:
        assert held["delta_fx"].encoding["chunks"][0] == CUT.chunk
        assert set(whole.data_vars) - set(held.data_vars) == {"attribution_level"}
        for name, kept in held.items():
            exact = whole[name].values.astype(kept.dtype)
            if name != "identity_residual":
                np.testing.assert_array_equal(kept.values, exact, err_msg=str(name))
