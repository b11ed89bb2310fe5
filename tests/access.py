"""Faults of access on a page, as axe-core finds them."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

GRAVE = ("serious", "critical")
WHERE = {"exclude": [".picture"]}
"""Pictures are hidden from readers of the screen; tests of the charts hold their contrast."""
HOW = {"resultTypes": ["violations"], "preload": False}
ALIKE = "tbody tr:nth-child(n + 3), .place:nth-child(n + 3), .claim ~ .claim ~ .claim"
"""What comes often and is all alike: to look at two is enough."""
FOLDS = "details:not(.twin), #figure-bill .twin"
LOOKS = (("light", False), ("light", True), ("dark", True))
"""Scheme of colour, and whether folds are open; all that is seen when shut is seen when open."""
ALONE = {"light": (), "dark": ("color-contrast",)}
"""The rules that a scheme can break alone; all of them where none is named."""


def begin(page: Any) -> None:
    """Bring axe into a page, and leave of what is alike two."""
    page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    page.evaluate(f"document.querySelectorAll({ALIKE!r}).forEach((one) => one.remove())")


def grave_faults(page: Any, *rules: str) -> list[str]:
    """Name what axe calls serious or critical, and where: by all rules, or by some."""
    how = HOW | ({"runOnly": rules} if rules else {})
    found = page.evaluate(f"axe.run({json.dumps(WHERE)}, {json.dumps(how)})")
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def open_folds(page: Any, *, is_open: bool) -> None:
    """Open or shut the folds of a page; of the tables of its charts, the shortest."""
    value = str(is_open).lower()
    page.evaluate(f"document.querySelectorAll({FOLDS!r}).forEach((one) => (one.open = {value}))")
