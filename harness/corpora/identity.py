"""What makes a corpus the same corpus: its digest, and the canary that its files carry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from harness.records import Chapter, Fact, Question
from harness.storage.fingerprints import digest

_NAMESPACE = uuid.UUID("3c1f4a52-7d07-5b0e-9c52-6e0c1a0b7d11")


def corpus_digest(
    chapters: Sequence[Chapter], facts: Sequence[Fact], questions: Sequence[Question]
) -> str:
    """SHA-256 (hex) over text, facts and questions; the same on every machine."""
    return digest({"text": list(chapters), "facts": list(facts), "questions": list(questions)})


def canary(*parts: object) -> str:
    """A GUID of its own for every kind, size and seed: to be searched for in training data."""
    return str(uuid.uuid5(_NAMESPACE, " ".join(str(part) for part in parts)))
