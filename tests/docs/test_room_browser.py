"""The page of the what-if room in a real browser, on recorded answers."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from marks import nightly_but
from room_double import RoomDouble, first_view, recorded, served_files
from selloff.apps.room._snapshot import GridSource, write_snapshot

pytestmark = pytest.mark.slow
TABS = {
    "markets": 5, "seller": 1, "america": 6, "japan": 6, "world": 8, "reserves": 2, "monitor": 2,
    "trust": 3, "lab": 1, "answer": 6,
}  # fmt: skip
"""Views, and how many charts each draws of the recorded answer."""
SERIOUS = ("serious", "critical")
WIDTHS = (390, 768, 1280)
PATIENCE = 400


@pytest.fixture(scope="module")
def contexts(browser: Any) -> Iterator[Any]:
    """Places to open pages in, by width; what one has fetched it keeps."""
    with served_files() as address:
        made: dict[int, Any] = {}

        def opened(query: str = "", *, width: int = 1280, motion: str = "no-preference") -> Any:
            if width not in made:
                made[width] = browser.new_context(viewport={"width": width, "height": 900})
            page = made[width].new_page()
            page.emulate_media(reduced_motion=motion)
            double = RoomDouble(page, address)
            double.open(query)
            return double

        yield opened
        for one in made.values():
            one.close()


@pytest.fixture
def room(contexts: Any) -> Iterator[RoomDouble]:
    double = contexts()
    double.page.wait_for_selector(".other")  # B is answered too: nothing is on its way
    yield double
    assert double.complaints == []
    assert double.broken == []
    double.page.close()


def wait(page: Any, script: str) -> None:
    """Ask again and again; Playwright's own way evaluates text, which the page forbids."""
    until(page, lambda: page.evaluate(script), script)


def until(page: Any, is_so: Callable[[], Any], words: str) -> None:
    """Look again and again; what the page sends comes in between."""
    for _ in range(PATIENCE):
        if is_so():
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"not so after {PATIENCE} looks: {words}")


def last_question(room: RoomDouble, *, is_full: bool = True) -> dict[str, Any]:
    asked = [one for one in room.asked if one["full"] is is_full]
    return dict(asked[-1]["question"]) if asked else {}


def asks(room: RoomDouble, question: dict[str, Any]) -> None:
    """Wait for a question to be sent; the page shows it before."""
    until(room.page, lambda: last_question(room) == question, f"asks {question}")


def asks_among_others(room: RoomDouble, **values: Any) -> None:
    """Wait for a question that holds these values."""
    held = values.items()
    until(room.page, lambda: held <= last_question(room).items(), f"asks {values}")


def test_every_view_draws_and_asks_for_nothing_from_elsewhere(room: RoomDouble) -> None:
    page = room.page
    for view, charts in TABS.items():
        page.locator(f"#tab-{view}").click()
        wait(page, f"document.querySelectorAll('#view svg.picture').length >= {charts}")
        assert page.locator("#view svg.picture").count() == charts, view
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view
    assert page.locator("#tab-answer").get_attribute("aria-selected") == "true"
    assert "docs/model/pricing.md" in page.locator("[data-chart=us_10y] .source").inner_text()
    assert page.locator("#view a").count() == 0


def test_a_draft_follows_the_hand_with_the_axis_held_and_the_full_answer_comes_on_release(
    room: RoomDouble,
) -> None:
    page, chart = room.page, "[data-chart=us_10y]"
    spoken = page.locator(".spoken").inner_text()
    ticks = f"[...document.querySelectorAll('{chart} .tick')].map((one) => one.textContent).join()"
    before = page.evaluate(ticks)
    room.reach = [0.0, 40.0]
    page.locator("#days").evaluate(
        "(one) => { one.value = 6.9; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    wait(page, f"document.querySelector('.view.draft {chart} .band.draft')")
    assert last_question(room, is_full=False)["days"] > 900
    assert page.evaluate(ticks) == before
    assert page.locator(".spoken").inner_text() == spoken
    dashes = "getComputedStyle(document.querySelector('.place .edge')).strokeDasharray"
    assert page.evaluate(dashes) == "5px, 4px"
    page.locator("#days").evaluate(
        "(one) => one.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    wait(page, "document.querySelector('.view.full')")
    wait(page, f"document.querySelector('.spoken').textContent !== {json.dumps(spoken)}")
    wait(page, f"{ticks} !== {json.dumps(before)}")
    assert "days=" in page.url


def test_values_are_typed_and_stepped_and_undone(room: RoomDouble) -> None:
    page = room.page
    page.locator("#days").focus()
    page.keyboard.press("ArrowRight")
    wait(page, "document.querySelector('#days-exact').value === 'over 2 days'")
    page.locator("#days-exact").fill("3 months")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('h1').textContent.includes('over 3 months')")
    asks_among_others(room, days=63)
    page.locator("#usd-exact").fill("$300bn")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('h1').textContent.includes('$300bn')")
    asks_among_others(room, usd=300)
    page.locator("#usd-exact").fill("a lot")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('#usd-exact').getAttribute('aria-invalid') === 'true'")
    page.keyboard.press("Escape")
    for expected in ("$1.1tn · over 3 months", "over 2 days", "at once"):
        page.get_by_role("button", name="Undo").click()
        wait(page, f"document.querySelector('h1').textContent.includes('{expected}')")
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_more_than_was_ever_sold_in_a_month_is_hatched(room: RoomDouble) -> None:
    page = room.page
    assert "beyond anything observed" in page.locator(".dial .note").inner_text()
    mark = "getComputedStyle(document.querySelector('#usd')).getPropertyValue('--mark')"
    assert page.evaluate(mark) == f"{100 * 300 / 1104:.1f}%"
    page.locator("#usd-exact").fill("250")
    page.keyboard.press("Enter")
    wait(page, "!document.querySelector('.dial .note.loud')")


def test_b_is_a_ghost_that_can_be_pinned_swapped_and_dropped(room: RoomDouble) -> None:
    page = room.page
    ghost = "[data-chart=us_10y] .line.tone-ghost"
    page.wait_for_selector(ghost, state="attached")
    page.locator(".menu summary").first.click()
    assert "b.days=2520" in page.locator(".sheet input").input_value()
    page.locator(".menu summary").first.click()
    page.get_by_role("button", name="Swap A and B").click()
    wait(page, "document.querySelector('h1').textContent.includes('over 10 years')")
    assert "at once" in page.locator(".pinned").inner_text()
    page.get_by_role("button", name="Pin as B").click()
    wait(page, "document.querySelector('.pinned').textContent.includes('over 10 years')")
    page.get_by_role("button", name="Drop B").click()
    page.wait_for_selector(ghost, state="detached")


def test_a_link_restores_the_question_and_says_what_differs(contexts: Any) -> None:
    query = "?who=chn&usd=250&days=63&into=gold&announced=40&fed=off&hostility=50&seed=7&v=0.1.0"
    double = contexts(f"{query}&b.days=252&view=seller")
    page = double.page
    asked = double.asked[0]["question"]
    assert asked["who"] == "chn"
    assert (asked["usd"], asked["days"], asked["into"]) == (250, 63, "gold")
    assert (asked["announced"], asked["fed"], asked["hostility"]) == (40, "off", 50)
    assert asked["seed"] == 7
    assert page.locator("#who").input_value() == "chn"
    assert page.locator("#tab-seller").get_attribute("aria-selected") == "true"
    assert "version 0.1.0" in page.locator(".told").inner_text()
    wait(page, "document.querySelector('.pinned').textContent.includes('over a year')")
    page.close()
    wrong = contexts("?who=jpn&days=soon&fed=maybe")
    assert wrong.page.locator(".told .note").count() == 2
    wrong.page.close()


def test_a_preset_that_the_controls_cannot_say_goes_by_its_name(room: RoomDouble) -> None:
    page = room.page
    page.get_by_label("More presets").select_option("taiwan-conflict")
    wait(page, "document.querySelector('h1').textContent.includes('Taiwan')")
    asks(room, {"preset": "taiwan-conflict", "seed": 0})
    page.locator("[name=fed][value=off]").check(force=True)
    wait(page, "location.search.includes('fed=off')")
    asks(room, {"preset": "taiwan-conflict", "fed": "off", "seed": 0})
    page.get_by_role("button", name="Japan dump").click()
    wait(page, "location.search.includes('who=jpn')")


def test_a_broken_file_says_why_at_its_line(room: RoomDouble) -> None:
    page = room.page
    page.locator("#tab-lab").click()
    text = page.locator("#yaml").input_value()
    assert "sellers" in text
    broken = text.replace("horizon_years: 10.0", "horizon_years: ten")
    line = broken.splitlines().index("horizon_years: ten") + 1
    page.locator("input[type=file]").set_input_files(
        {"name": "own.yaml", "mimeType": "text/plain", "buffer": broken.encode()}
    )
    wait(page, "document.querySelector('#yaml').value.includes('ten')")
    room.is_down = True  # the browser itself notes a reply of 422
    page.get_by_role("button", name="Ask this").click()
    wait(page, "document.querySelector('.problems li')")
    assert page.locator(".problems").inner_text().startswith(f"Line {line} horizon_years: got")
    assert page.locator(".gutter .wrong").inner_text().strip() == str(line)
    room.is_down = False
    page.locator("#yaml").fill(text)
    page.get_by_role("button", name="Ask this").click()
    wait(page, "document.querySelector('h1').textContent === 'A scenario of your own'")
    asks(room, {"yaml": text, "seed": 0})


def test_the_lab_draws_a_number_by_two_inputs(room: RoomDouble) -> None:
    page = room.page
    page.locator("#tab-lab").click()
    page.get_by_role("button", name="Work it out").click()
    wait(page, "document.querySelectorAll('[data-kind=heat] .gap').length === 4")
    page.wait_for_selector("text=Work it out")
    assert "by how fast and how much" in page.locator("[data-kind=heat] .title").inner_text()
    amounts = {one["usd"] for one in room.ran}
    assert "all" in amounts
    assert max(amounts - {"all"}) < 1000


def test_the_lab_asks_a_study_and_shows_what_it_found(room: RoomDouble) -> None:
    page, bench = room.page, room.page.locator("[aria-labelledby=study-name]")
    page.locator("#tab-lab").click()
    page.locator("#study-event").fill("us_10y_peak_bp >= 60")
    bench.get_by_role("button", name="Ask").click()
    bench.get_by_text("7 of about 18 questions asked").wait_for()
    sent = room.studies[-1]
    assert (sent["event"], sent["find"], "seller" in sent) == (
        "us_10y_peak_bp >= 60", "smallest", False,
    )  # fmt: skip
    assert sent["question"]["who"] == "jpn"
    assert sent["page"]
    page.locator("#tab-answer").click()
    room.study_state = "done"
    page.locator("#tab-lab").click()  # what was asked is still there
    bench.locator(".found h4").wait_for()
    assert recorded("study")["sentences"][0] in bench.inner_text()
    assert bench.locator("svg.picture circle").count() == len(recorded("study")["study"]["tried"])
    assert bench.locator(".fold tbody tr").count() == len(recorded("study")["tables"][0]["rows"])
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []


def test_a_study_is_stopped_and_what_is_wrong_stands_at_its_field(room: RoomDouble) -> None:
    page, bench = room.page, room.page.locator("[aria-labelledby=study-name]")
    page.locator("#tab-lab").click()
    bench.get_by_role("button", name="Ask").click()
    bench.get_by_role("button", name="Stop").click()
    bench.get_by_text("Stopped.").wait_for()
    page.locator("#study-event").fill("a crash")
    room.is_down = True  # the browser itself notes a reply of 422
    page.keyboard.press("Enter")
    page.locator("#study-event-wrong").wait_for()
    room.is_down = False
    assert "got 'a crash'" in page.locator("#study-event-wrong").inner_text()
    assert page.locator("#study-event").get_attribute("aria-invalid") == "true"
    page.locator("#study").select_option("optimal")
    assert page.locator("#study-seller").input_value() == "jpn"
    assert page.locator("#study-event").count() == 0


def test_a_number_leads_to_its_definition_parameters_and_draws(room: RoomDouble) -> None:
    page = room.page
    page.locator(".big").first.click()
    page.wait_for_selector("dialog .table")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="hidden")
    page.locator(".big").first.click()
    page.wait_for_selector("dialog circle.dot")
    told = page.locator("dialog").inner_text()
    assert "Highest point of" in told
    assert "1 from data, 1 assumed" in told
    assert page.locator("dialog circle.dot").count() == 20
    with page.expect_download() as got:
        page.get_by_role("button", name="as CSV").click()
    assert len(Path(got.value.path()).read_text("utf-8-sig").splitlines()) == 21
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="hidden")
    page.locator(".caveats .n").first.click()
    page.wait_for_selector("dialog[open]")


def test_the_clock_moves_every_chart(room: RoomDouble) -> None:
    page = room.page
    page.get_by_role("button", name="A year").click()
    wait(page, "document.querySelectorAll('.readout:not([hidden])').length === 3")
    days = page.locator(".readout:not([hidden]) strong").all_inner_texts()
    assert len(set(days)) == 1
    assert page.locator(".now").inner_text().startswith("Day 252")
    page.locator("[data-chart=us_10y] .plot").focus()
    page.keyboard.press("ArrowRight")
    wait(page, "!document.querySelector('.now').textContent.startsWith('Day 252')")
    page.get_by_role("button", name="Clear").click()
    wait(page, "document.querySelectorAll('.readout:not([hidden])').length === 0")


def test_single_runs_are_drawn_and_taken_away(room: RoomDouble) -> None:
    page = room.page
    page.get_by_label("20 single runs").check()
    wait(page, "document.querySelectorAll('[data-chart=us_10y] .path').length === 20")
    page.get_by_label("20 single runs").uncheck()
    wait(page, "document.querySelectorAll('[data-chart=us_10y] .path').length === 0")


def test_what_is_taken_away_is_the_question(room: RoomDouble) -> None:
    page = room.page
    page.locator(".menu summary").nth(1).click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Question as YAML").click()
    assert Path(got.value.path()).read_text() == recorded("full")["copy"]["yaml"]
    with page.expect_download() as got:
        page.get_by_role("button", name="Numbers as CSV").click()
    assert "us_10y_peak_bp" in Path(got.value.path()).read_text("utf-8-sig")


def test_files_that_the_server_works_out_are_taken_or_refused_in_words(room: RoomDouble) -> None:
    page, asked = room.page, []

    def workbook(body: Any) -> bytes:
        asked.append(body["question"]["who"])
        return b"PK"

    problem = {"where": "browser", "given": "none", "allowed": "one", "remedy": "Install one."}
    room.replies["api/workbook"] = workbook
    room.replies["api/pdf"] = lambda _: (501, {"title": "No", "problems": [problem]})
    page.locator(".menu summary").nth(1).click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Tables for banks, as Excel").click()
    assert got.value.suggested_filename == "what-if.xlsx"
    assert Path(got.value.path()).read_bytes() == b"PK"
    assert asked == ["jpn"]
    page.get_by_role("button", name="Report as PDF").click()
    page.get_by_text("browser: got none; allowed: one. Install one.").wait_for()
    assert [one for one in room.complaints if "501" not in one] == []
    room.complaints.clear()


def test_b_is_not_asked_while_the_hand_moves(room: RoomDouble) -> None:
    page = room.page
    page.evaluate(
        "(() => { const one = document.getElementById('usd'); one.value = 400; "
        "one.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    page.wait_for_selector("#view .draft")
    asked = len(room.asked)
    page.get_by_role("button", name="Pin as B").click()
    page.get_by_text("Japan · $400bn · at once").nth(1).wait_for()
    assert len(room.asked) == asked
    page.locator("#usd").dispatch_event("change")
    until(page, lambda: len(room.asked) == asked + 2, "A and B are asked")
    assert all(one["full"] for one in room.asked[asked:])
    page.wait_for_selector("#view .full")


def test_a_phone_shows_the_tab_in_hand(contexts: Any) -> None:
    double = contexts("?view=trust", width=390)
    seen = "(() => { const bar = document.querySelector('.tabs').getBoundingClientRect(); "
    seen += "const tab = document.querySelector('#tab-trust').getBoundingClientRect(); "
    seen += "return tab.left >= bar.left && tab.right <= bar.right; })()"
    wait(double.page, seen)
    double.page.close()


def test_the_story_goes_by_keyboard(contexts: Any) -> None:
    double = contexts("?story=5", motion="reduce")
    page = double.page
    claims = [one["claim"] for one in recorded("story")]
    assert page.locator("#story-head").inner_text() == claims[4]
    page.keyboard.press("ArrowLeft")
    wait(page, f"document.querySelector('#story-head').textContent === {json.dumps(claims[3])}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict")
    told = page.locator(".judged").inner_text()
    assert told.startswith(recorded("story")[3]["verdict"])
    assert "What would have to be true" in told
    assert "story=4" in page.url
    page.keyboard.press("Escape")
    page.wait_for_selector(".story", state="detached")
    assert double.complaints == []
    page.close()


def test_without_wish_for_motion_the_clock_goes_from_stop_to_stop(contexts: Any) -> None:
    double = contexts(motion="reduce")
    page = double.page
    page.get_by_role("button", name="Play").click()
    wait(page, "document.querySelector('.now').textContent.startsWith('Day 1')")
    page.get_by_role("button", name="Stop").click()
    page.close()


def test_the_question_is_kept_when_the_server_restarts(room: RoomDouble) -> None:
    page = room.page
    page.locator("#days-exact").fill("63")
    page.keyboard.press("Enter")
    asks_among_others(room, days=63)
    room.is_down = True
    room.sockets[-1].close(code=1012)
    page.wait_for_selector(".told .line")
    n_asked = len(room.asked)
    page.locator("#usd-exact").fill("200")
    page.keyboard.press("Enter")
    room.is_down = False
    page.wait_for_selector(".told .line", state="detached", timeout=15000)
    until(page, lambda: len(room.asked) > n_asked, "asks again")
    asks_among_others(room, usd=200, days=63)
    wait(page, "document.querySelector('.body:not(.waits) .view.full')")


def test_an_answer_to_an_older_question_is_not_shown(room: RoomDouble) -> None:
    page, socket = room.page, room.sockets[-1]
    before = page.locator(".sentence").inner_text()
    late = recorded("slow") | {"type": "answer", "id": 1, "stage": "full"}
    socket.send(json.dumps(late))
    socket.send(json.dumps({"type": "state", "state": "warming"}))
    page.wait_for_selector(".told .line")  # what was said before it has been heard
    assert page.locator(".sentence").inner_text() == before


@pytest.mark.slow
@pytest.mark.nightly
def test_who_leaves_during_a_replay_is_answered_in_full(contexts: Any) -> None:
    double = contexts("?story=5")
    page = double.page
    page.get_by_role("button", name="It holds").click()
    until(page, lambda: not double.asked[-1]["full"], "moves its sliders")
    page.keyboard.press("Escape")
    until(page, lambda: double.asked[-1]["full"], "asks in full")
    wait(page, "document.querySelector('.body:not(.waits) .view.full')")
    page.close()


def test_a_full_answer_is_shown_before_its_split(room: RoomDouble) -> None:
    page, socket = room.page, room.sockets[-1]
    room.holds_split = True
    page.locator("#usd-exact").fill("300")
    page.keyboard.press("Enter")
    page.get_by_text("What each mechanism adds follows.").wait_for()
    page.locator(".body:not(.waits) .view.full").wait_for()
    assert page.locator(".place.awaits").all_inner_texts() == [
        "Who moved it: follows", "Who moved the yen: follows",
    ]  # fmt: skip
    number = room.asked[-1]["id"]
    socket.send(json.dumps({"type": "progress", "id": number, "done": 1, "of": 4}))
    page.get_by_text("What each mechanism adds follows: 25%.").wait_for()
    rest = recorded("full") | {"type": "answer", "id": number, "stage": "full"}
    socket.send(json.dumps(rest))
    page.locator("[data-chart=parts_us_10y] svg").wait_for()
    assert page.locator(".place.awaits").count() == 0
    assert "follows" not in page.locator(".facts").inner_text()


def test_a_refusal_stands_above_the_answer(room: RoomDouble) -> None:
    page = room.page
    room.problems = [
        {"where": "sellers[0].sale_usd_bn", "given": "5000", "allowed": "at most 1104",
         "remedy": "Lower the sale.", "field": "usd", "line": None}
    ]  # fmt: skip
    page.locator("#days-exact").fill("30")
    page.keyboard.press("Enter")
    page.wait_for_selector(".told .wrong")
    assert "Lower the sale" in page.locator(".told").inner_text()


def test_a_phone_has_a_sheet_a_strip_and_no_overflow(contexts: Any) -> None:
    double = contexts(width=390)
    page = double.page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".side").count() == 0
    page.locator(".names button").nth(2).click()
    wait(page, "document.querySelectorAll('.names button')[2].ariaPressed === 'true'")
    page.locator(".handle").click()
    page.locator("#days-exact").fill("63")
    page.keyboard.press("Enter")
    wait(page, "document.querySelector('h1').textContent.includes('over 3 months')")
    page.locator(".handle").click()
    page.wait_for_selector("#drawer", state="hidden")
    assert double.complaints == []
    page.close()


@pytest.mark.parametrize("width", nightly_but([390, 1280], WIDTHS))
def test_no_serious_fault_of_access_in_light_and_dark(contexts: Any, width: int) -> None:
    double = contexts("?story=2", width=width, motion="reduce")  # the sliders do not go by
    page = double.page
    page.locator(".guess button").first.click()
    page.wait_for_selector(".verdict")
    wait(page, "document.querySelector('.view.full') && !document.querySelector('.waits')")
    grounds = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        if width == 390 and page.locator("#drawer").is_hidden():
            page.locator(".handle").click()
        rules = None if scheme == "light" else {"runOnly": ["color-contrast"]}
        found = Axe().run(page, options=rules).response["violations"]
        faults = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS]
        assert faults == [], scheme
    assert grounds == {"rgb(255, 255, 255)", "rgb(20, 25, 31)"}
    page.close()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    axes = {"usd": (300, "all"), "days": (1, 2520), "into": ("jpy", "gold"), "fed": ("on", "off")}
    file = tmp_path_factory.mktemp("snapshot") / "room.html"
    return write_snapshot(file, GridSource(first_view, recorded("schema"), axes))


def test_a_snapshot_works_from_disk(browser: Any, snapshot: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(snapshot.as_uri())
    page.wait_for_selector(".view.full svg.picture")
    first = page.locator(".sentence").inner_text()
    assert first == " ".join(recorded("full")["sentences"])
    page.locator("#days").focus()
    page.keyboard.press("ArrowRight")
    wait(page, "document.querySelector('h1').textContent.includes('over 10 years')")
    assert page.locator(".sentence").inner_text() == " ".join(recorded("slow")["sentences"])
    assert page.locator("[role=tab]").count() == 0
    page.locator(".acts button").first.click()
    page.locator(".guess button").first.click()
    page.wait_for_selector(".verdict")
    assert complaints == []
    assert [one for one in asked if not one.startswith(("file:", "data:", "blob:"))] == []
    page.goto(f"{snapshot.as_uri()}?usd=300&days=2520&into=gold&fed=off&embed=1")
    page.wait_for_selector(".view.full svg.picture")
    assert page.locator("#usd-exact").input_value() == "$300bn"
    assert page.locator(".top").is_hidden()
    page.goto(f"{snapshot.as_uri()}?view=lab")
    page.get_by_text("This view needs the server").wait_for()
    assert complaints == []
    page.close()
