"""A page of a real browser that notes what it complains of and asks for."""

from typing import Any


class Watched:
    """A page that notes every complaint and every request."""

    def __init__(self, browser: Any, address: str, **context: Any) -> None:
        self.page = browser.new_page(**context)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector("html[data-drawn=all]", state="attached")
