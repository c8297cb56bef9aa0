"""A Chromium with a fresh profile, and the fake run's report opened in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.reporting import report
from tests.support.fake_run import fake
from tests.support.fake_scores import scored

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READY = "#browser:not([hidden]), #no-browser:not([hidden])"
"""There once the answers are unpacked, or cannot be."""
WITHOUT = "CLOSEDBOOK_NO_BROWSER"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Where Chromium is; a machine without one fails, unless it says that it has none."""
    if os.environ.get(WITHOUT) == "1":
        pytest.skip(f"{WITHOUT}=1: this machine has no browser")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail(
            "Chromium is not installed: install it (Debian: apt-get install chromium), or set "
            f"{WITHOUT}=1 to leave the browser tests out knowingly",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; every page gets a context, and so a profile, of its own."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the fake run."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report.render(fake()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run with floors, ceilings and every score."""
    path = tmp_path_factory.mktemp("full") / "report.html"
    path.write_text(report.render(scored()), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser: Browser, report_file: Path) -> Iterator[Callable[..., Page]]:
    """Open the report (or another file) with the settings of a context and a script run before;
    problems fail the test."""
    contexts: list[Any] = []
    problems: list[str] = []

    def opened(path: Path | None = None, *, before: str = "", **settings: Any) -> Page:
        context = browser.new_context(**settings)
        if before:
            context.add_init_script(before)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("file:", "data:", "blob:"))
                else problems.append(f"request: {request.url}")
            ),
        )
        page.goto((path or report_file).as_uri())
        if settings.get("java_script_enabled", True) and page.locator("#browser").count():
            page.wait_for_selector(READY, state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []
