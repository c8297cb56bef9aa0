"""What tests of pages in a browser ask of the answer browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.reporting import report
from harness.reporting.data import RunData

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., Any]
ALL = "784 of 784 answers, 1 to 50 shown, page 1 of 16"
"""What stands over all answers of the fake run."""


def found(page: Page) -> str:
    return page.locator("#found").inner_text()


def until(page: Page, said: str) -> None:
    """Wait for what is looked for a moment after the last key."""
    page.wait_for_function(
        "said => document.getElementById('found').textContent === said", arg=said, timeout=10_000
    )


def shown(page: Page) -> Any:
    """The cells of the page, hidden ones empty."""
    return page.evaluate(
        "[...document.querySelectorAll('#browser tbody tr')]"
        ".map(row => [...row.children].map(cell => cell.innerText))"
    )


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "(on => on.dataset.page || on.name || on.id || on.textContent)(document.activeElement)"
        )
    )


def at(path: Path, fragment: str) -> Path:
    """Something that `visit` opens as the file with that fragment."""
    return Linked(path, fragment)  # type: ignore[return-value]


class Linked:
    def __init__(self, path: Path, fragment: str) -> None:
        self.address = path.as_uri() + fragment

    def as_uri(self) -> str:
        return self.address


def written(run: RunData, path: Path) -> Path:
    path.write_text(report.render(run), encoding="utf-8")
    return path
