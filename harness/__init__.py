"""Teach a language model a private text; measure what it knows, what it invents, what it costs.

The verbs of the command line, for Python: `load_suite`, `run`, `score`, `compare`,
`write_report`. They are imported on first use, so that `import harness` costs nothing and pulls
in no torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.api import compare as compare
    from harness.api import score as score
    from harness.api import write_report as write_report
    from harness.runner import run as run
    from harness.suite import load_suite as load_suite

__version__ = "0.1.0"

_VERBS = {
    "compare": "harness.api:compare",
    "load_suite": "harness.suite:load_suite",
    "run": "harness.runner:run",
    "score": "harness.api:score",
    "write_report": "harness.api:write_report",
}

__all__ = ["__version__", "compare", "load_suite", "run", "score", "write_report"]


def __getattr__(name: str) -> Any:
    """Import a verb when it is first asked for."""
    if name not in _VERBS:
        raise AttributeError(f"module 'harness' has no attribute {name!r}")
    from harness.catalog import load

    return load(_VERBS[name])


def __dir__() -> list[str]:
    return sorted({*globals(), *_VERBS})
