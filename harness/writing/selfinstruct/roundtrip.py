"""The round trip: the same model reads the window again and must give the same answer."""

from __future__ import annotations

from harness.text.abstention import in_lexicon
from harness.text.matching import contains, token_f1
from harness.text.normalize import words
from harness.writing.selfinstruct.filters import Candidate
from harness.writing.selfinstruct.slots import slot

SAME = 0.5
"""Token F1 of reply and answer from which on they say the same."""
TOKENS = 40
"""New tokens for a reply in the round trip."""


def failure(candidate: Candidate, reply: str) -> str | None:
    """What the model answered instead; None where the reply holds the answer or says the same."""
    said = words(reply, candidate.language)
    if in_lexicon(reply) and not in_lexicon(candidate.answer):
        return f"answered {reply.strip()[:120]!r}"
    if contains(said, slot(candidate), candidate.language):
        return None
    if token_f1(said, candidate.answer_run) >= SAME:
        return None
    return f"answered {' '.join(reply.split())[:120]!r}"
