"""More statements of a fact than the text has, as passages of their own."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from harness.corpora.fiction.renderings import more
from harness.errors import UserError
from harness.records import Corpus, Example
from harness.text.languages import is_spaceless
from harness.text.segments import count

WINDOW_WORDS = 120


def further(corpus: Corpus, limit: int, stated: dict[str, int], seed: int) -> list[Example]:
    """Passages of single statements, so that every fact is stated `limit` times in all.

    `stated` counts the statements that the text gives already. Facts come in a new seeded order in
    every round, so no two statements of one fact meet in one passage. Raises UserError where the
    corpus has too few statements of a fact.
    """
    missing = {fact.id: limit - stated.get(fact.id, 0) for fact in corpus.facts}
    stored: dict[str, list[str]] = {}
    for item in corpus.renderings:
        stored.setdefault(item.fact, []).append(item.text)
    lines = {
        fact: _lines(corpus, fact, left, stored.get(fact, []))
        for fact, left in missing.items()
        if left > 0
    }
    rng = Random(f"renderings {seed}")
    made: list[Example] = []
    for turn in range(max(missing.values(), default=0)):
        facts = [fact for fact, found in lines.items() if turn < len(found)]
        rng.shuffle(facts)
        made += _passages([(fact, lines[fact][turn]) for fact in facts], corpus.language)
    return made


def _lines(corpus: Corpus, fact: str, wanted: int, stored: Sequence[str]) -> Sequence[str]:
    found = stored[:wanted]
    if len(found) < wanted and corpus.kind == "fiction":
        found = more(corpus, fact, wanted)
    if len(found) < wanted:
        raise UserError(
            f"renderings asks for {wanted} more statements of the fact {fact!r} than the text has,"
            f" and the corpus gives {len(found)}",
            "choose fewer renderings",
        )
    return found


def _passages(statements: list[tuple[str, str]], language: str) -> list[Example]:
    """Statements in their order, as many in one passage as fit."""
    between = "" if is_spaceless(language) else " "
    made: list[Example] = []
    text: list[str] = []
    facts: list[str] = []
    for fact, line in statements:
        if text and sum(count(each, language) for each in (*text, line)) > WINDOW_WORDS:
            made.append(Example(kind="text", text=between.join(text), facts=tuple(facts)))
            text, facts = [], []
        text.append(line)
        facts.append(fact)
    if text:
        made.append(Example(kind="text", text=between.join(text), facts=tuple(facts)))
    return made
