"""What makes a corpus the same corpus: its digest, and the canary that its files carry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from harness.records import Chapter, Fact, Question, Rendering
from harness.storage.fingerprints import digest

_NAMESPACE = uuid.UUID("3c1f4a52-7d07-5b0e-9c52-6e0c1a0b7d11")


_LATER: dict[str, object] = {"hops": (), "writer": None}
"""Fields of a question that older corpora lack: left out of the digest where they say nothing."""


def corpus_digest(
    chapters: Sequence[Chapter],
    facts: Sequence[Fact],
    questions: Sequence[Question],
    renderings: Sequence[Rendering] = (),
) -> str:
    """SHA-256 (hex) over text, facts, questions and any renderings; the same on every machine."""
    content: dict[str, Any] = {
        "text": list(chapters),
        "facts": list(facts),
        "questions": [_content(question) for question in questions],
    }
    if renderings:
        content["renderings"] = list(renderings)
    return digest(content)


def _content(question: Question) -> dict[str, Any]:
    whole = asdict(question)
    return {key: whole[key] for key in whole if key not in _LATER or whole[key] != _LATER[key]}


def canary(*parts: object) -> str:
    """A GUID of its own for every kind, size and seed: to be searched for in training data."""
    return str(uuid.uuid5(_NAMESPACE, " ".join(str(part) for part in parts)))
