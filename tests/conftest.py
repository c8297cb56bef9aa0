"""What all tests share: `--no-skips` fails a skipped test, unless hardware or a book is lacking."""

from __future__ import annotations

from collections.abc import Generator

import pytest

ALLOWED = ("cuda", "gpu", "avx512", "closedbook_surgery_text")
"""Hardware, and the variable that names a book which no checkout holds: a skip whose reason names
one of these is allowed with `--no-skips`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        help="fail where a test is skipped for another reason than missing hardware",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if item.config.getoption("--no-skips") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(word in reason.lower() for word in ALLOWED):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped, and --no-skips is set: {reason}"
    return report
