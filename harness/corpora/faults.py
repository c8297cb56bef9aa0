"""What is raised for a corpus that breaks a rule."""

from __future__ import annotations

MARGIN = 0.02
"""An answerer that knows nothing may be this much above chance."""


class CorpusFault(Exception):
    """A corpus that must not be used: which rule it breaks, and the item that breaks it."""

    def __init__(self, rule: str, item: str, reason: str) -> None:
        super().__init__(f"{rule}: {item}: {reason}")
        self.rule = rule
        self.item = item
        self.reason = reason
