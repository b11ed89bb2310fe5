"""The modules as one script, and what is vendored."""

import hashlib
import re
from itertools import pairwise

import pytest

from selloff.charts import _bundle as bundle
from selloff.charts import charts_json, csp_hash, folder, outlines_json, script, stylesheet

COLOUR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
LOOKS = {name: (light, dark) for name, light, dark in COLOUR.findall(stylesheet())}
TEXT = ("ink", "quiet", "ghost", *(f"tone-{at}" for at in range(1, 9)))
# Machado, Oliveira and Fernandes 2009, severity 1.0: red-, green- and blue-blind sight.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}


def modules() -> list[str]:
    kinds = [f"kinds/{one.name}" for one in folder().joinpath("kinds").iterdir()]
    return [one.name for one in folder().iterdir() if one.name.endswith(".js")] + kinds


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]


def contrast(one: str, other: str) -> float:
    low, high = sorted(
        sum(
            weight * part
            for weight, part in zip((0.2126, 0.7152, 0.0722), linear(each), strict=True)
        )
        for each in (one, other)
    )
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    seen = [
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear(colour), strict=True))))
        for row in BLINDNESS[sight]
    ]
    red, green, blue = seen
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", [0, 1])
def test_words_are_read_in_light_and_dark(theme: int) -> None:
    for name in TEXT:
        assert contrast(LOOKS[name][theme], LOOKS["page"][theme]) >= 4.5, name
        assert contrast(LOOKS[name][theme], LOOKS["on"][theme]) >= 4.5, name
    assert contrast(LOOKS["zero"][theme], LOOKS["page"][theme]) >= 3.0
    for side in ("up", "down"):
        steps = [LOOKS["still"][theme], *(LOOKS[f"{side}-{at}"][theme] for at in range(1, 6))]
        apart = [contrast(one, LOOKS["page"][theme]) for one in steps]
        assert apart == sorted(apart)


@pytest.mark.parametrize("sight", BLINDNESS)
@pytest.mark.parametrize("theme", [0, 1])
def test_neighbours_differ_for_every_kind_of_sight(theme: int, sight: str) -> None:
    tones = [lab(LOOKS[f"tone-{at}"][theme], sight) for at in range(1, 9)]
    for one, other in pairwise(tones):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 >= 12.0


def test_the_vendored_files_are_those_written_down() -> None:
    vendor = folder().joinpath("vendor")
    readme = vendor.joinpath("README.md").read_text(encoding="utf-8")
    for file in vendor.iterdir():
        if file.name in ("README.md", "LICENSE-world-atlas"):
            continue
        row = next(line for line in readme.splitlines() if line.startswith(f"| {file.name} "))
        assert hashlib.sha256(file.read_bytes()).hexdigest() in row
    assert vendor.joinpath("LICENSE-world-atlas").is_file()


def test_the_script_holds_every_module_once_and_no_import() -> None:
    text = script()
    for name in modules():
        assert text.count(f"const {bundle._variable(name)} = (") == 1, name
    assert not re.search(r"^(import|export) ", text, re.MULTILINE)
    assert "</script" not in text
    assert "innerHTML" not in text
    assert not re.search(r"setAttribute\(\"style\"|style=", text)
    assert len(text) + len(stylesheet()) + len(outlines_json()) < 220_000


def test_a_circle_of_modules_is_refused() -> None:
    texts = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match=r"a\.js: imports itself by way of a\.js, b\.js"):
        bundle.joined("a.js", texts.__getitem__)


def test_modules_are_small_and_plain() -> None:
    for name in modules():
        text = folder().joinpath(name).read_text(encoding="utf-8")
        assert text.startswith("// "), name
        assert len(text.splitlines()) <= 200, name


def test_what_stands_in_a_page_cannot_end_its_element() -> None:
    assert charts_json([]) == "[]"
    assert csp_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert not set("<>&") & set(outlines_json())
