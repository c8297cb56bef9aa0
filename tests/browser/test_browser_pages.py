"""The history of several runs and the list of published reports, as a reader meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from harness.comparing.sides import from_run
from harness.reporting import history_pages, publish
from harness.reporting.history import history
from harness.reporting.palette import DARK
from tests.support.fake_run import quick
from tests.support.run_folder import write_run

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a history, one published report, and the list."""
    folder = tmp_path_factory.mktemp("pages")
    few = tuple(each for each in quick() if each.name in ("base-fp32", "instruct-nf4"))
    worse = tuple(replace(each, right={"trained": 6}) for each in few)
    made = []
    for day, personas in (("01", few), ("02", few), ("03", worse)):
        side = from_run(write_run(folder / "runs" / day, personas).path)
        environment = {**side.environment, "started": f"2026-01-{day}T08:00:00+00:00"}
        if day == "03":
            environment["software"] = {"torch": "2.14.0"}
        made.append(replace(side, environment=environment))
    history_pages.write(history(made), folder / "history.html")
    publish.publish(write_run(folder / "runs" / "quick", few), folder)
    publish.write_index(folder)
    return folder


def test_history_and_list_fit_a_phone_in_the_dark_without_scripts(
    visit: Visit, pages: Path
) -> None:
    for name in ("history.html", "index.html"):
        page = visit(
            pages / name,
            java_script_enabled=False,
            color_scheme="dark",
            viewport={"width": 360, "height": 740},
            is_mobile=True,
        )
        for summary in page.locator("summary").all():
            if summary.is_visible():
                summary.click()
        assert page.locator("html").evaluate("element => element.scrollWidth") <= 360
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        channels = [int(DARK["paper"][place : place + 2], 16) for place in (1, 3, 5)]
        assert ground == f"rgb({', '.join(map(str, channels))})"


def test_a_history_says_draws_and_tells_what_changed(visit: Visit, pages: Path) -> None:
    page = visit(pages / "history.html", viewport={"width": 1280, "height": 900})
    assert page.locator(".lead").inner_text() == "One figure changed beyond luck."
    row = page.locator("table.changed tbody tr").first
    assert row.locator("th").inner_text() == "instruct-nf4"
    assert "2 → 3" in row.inner_text()
    assert "got worse" in row.inner_text()
    drawn = page.get_by_role("img", name="instruct-nf4, recall.trained.").first
    label = drawn.get_attribute("aria-label") or ""
    assert "run 3: 25" in label
    assert label.endswith("got worse.")
    assert drawn.locator("polygon").count() == 1
    box = drawn.bounding_box()
    assert box is not None
    assert box["width"] > 120
    around = page.locator("table.runs tbody tr").nth(2).locator(".around").inner_text()
    assert "torch 2.13.0+cpu → 2.14.0" in around
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#runs"


def test_the_list_leads_to_the_report_and_its_numbers(visit: Visit, pages: Path) -> None:
    page = visit(pages / "index.html")
    entry = page.get_by_role("article", name="quick")
    assert "Use:" in entry.inner_text()
    for link in entry.get_by_role("link").all():
        assert (pages / (link.get_attribute("href") or "")).is_file()
    entry.get_by_role("link", name="quick", exact=True).click()
    assert page.title() == "quick: what it knows, what it invents"
