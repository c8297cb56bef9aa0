"""Questions by rule: definitions, eponyms, numbers, causes, sites, treatments of any English text.

A rule reads the clauses of a sentence and proposes questions; filters drop what cannot be asked
without the text, what has no short answer in its paragraph, and what the text answers twice.
"""

from __future__ import annotations

from harness.writing.rules.writer import write

__all__ = ["write"]
