"""Fictional corpora for tests, each made once a test process: they are frozen and safe to share."""

from __future__ import annotations

from functools import cache

from harness.corpora.fiction.generate import generate
from harness.records import Corpus


@cache
def fiction(size: str, seed: int) -> Corpus:
    """The generated corpus of that size and seed."""
    return generate(size, seed)
