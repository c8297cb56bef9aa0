"""The small surgery corpus: surgery as it was taught about 1920, told in our own words.

It is written by hand as data (the folder `small`) and built when it is asked for; the same bytes on
every machine.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from harness.corpora import gates
from harness.corpora.identity import canary, corpus_digest
from harness.corpora.surgery import embedded_source
from harness.corpora.surgery.embedded_source import SourceFact
from harness.corpora.surgery.embedded_unanswerable import (
    eponym_of,
    invented_names,
    refusals,
    unanswerable,
)
from harness.records import Corpus, Fact, ProbeName, Question
from harness.text.normalize import word_run

TITLE = "A small book of surgery"
NOTICE = (
    "Surgery as it was taught about 1920, restated in our own words: history, not medical advice."
)
_DISTRACTORS = 5


def build() -> Corpus:
    """The whole corpus. Raises `gates.CorpusFault` where its data break a rule."""
    source = embedded_source.facts()
    names = embedded_source.names()
    chapters, spans = embedded_source.chapters()
    unmarked = [fact.id for fact in source if fact.id not in spans]
    unknown = sorted(set(spans) - {fact.id for fact in source})
    if unmarked or unknown:
        raise gates.CorpusFault("marks", (unmarked or unknown)[0], "fact and mark do not meet")
    taught = [fact for fact in source if fact.entity not in names.text_only]
    values = _values(source)
    facts = tuple(
        Fact(
            id=fact.id,
            entity=fact.entity,
            relation=fact.relation,
            value=fact.value,
            stated_in=tuple(spans[fact.id]),
            asked=fact.entity not in names.text_only,
        )
        for fact in source
    )
    stated = {fact.id: fact for fact in facts}
    words = frozenset(word for chapter in chapters for word in word_run(chapter.text))
    for_test, for_training = invented_names(words)
    questions = (
        *(_ask("trained", fact, stated, values) for fact in taught),
        *(_ask("paraphrase", fact, stated, values) for fact in taught),
        *(_ask("text_only", fact, stated, values) for fact in source if fact not in taught),
        *unanswerable(taught, names, for_test),
        *refusals(taught, names, for_training),
    )
    corpus = Corpus(
        kind="surgery",
        seed=None,
        size="small",
        digest=corpus_digest(chapters, facts, questions),
        canary=canary("surgery", "small"),
        source_tag="SMALLSURGERY",
        chapters=chapters,
        facts=facts,
        questions=questions,
        values=values,
        names=_names(source),
        title=TITLE,
        notice=NOTICE,
    )
    gates.check(corpus)
    return corpus


def _values(source: Sequence[SourceFact]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for fact in source:
        found.setdefault(fact.relation, set()).add(fact.value)
    return {relation: tuple(sorted(values)) for relation, values in found.items()}


def _names(source: Sequence[SourceFact]) -> tuple[str, ...]:
    """Entities, the surnames in them, and the people who are answers."""
    found = dict.fromkeys(fact.entity for fact in source)
    found |= dict.fromkeys(name for fact in source if (name := eponym_of(fact.entity)))
    return tuple(found | dict.fromkeys(f.value for f in source if f.relation == "person"))


def _ask(
    probe: ProbeName,
    fact: SourceFact,
    stated: Mapping[str, Fact],
    values: Mapping[str, tuple[str, ...]],
) -> Question:
    held_out = probe == "paraphrase"
    return Question(
        question=fact.held_out if held_out else fact.trained,
        answers=fact.answers,
        id=f"{probe}.{fact.id}",
        probe=probe,
        cluster=fact.entity,
        fact=fact.id,
        full_answer=fact.reply,
        relation=fact.relation,
        wording=fact.wordings[held_out],
        direction="forward",
        distractors=_distractors(fact, values[fact.relation], embedded_source.said()),
        stated_in=stated[fact.id].stated_in,
        states=(fact.id,),
        use="both" if probe == "trained" else "test",
    )


def _distractors(
    fact: SourceFact, values: Sequence[str], said: Mapping[str, str]
) -> tuple[str, ...]:
    """The reply five times over (fewer in a smaller set), each with another value in the slot."""
    rng = random.Random(f"closedbook surgery small {fact.id} distractors")
    others = [value for value in values if value != fact.value]
    start = fact.reply.rindex(fact.said)
    before, after = fact.reply[:start], fact.reply[start + len(fact.said) :]
    phrases = said if fact.said != fact.value else {}
    return tuple(
        f"{before}{phrases.get(other, other)}{after}"
        for other in rng.sample(others, min(_DISTRACTORS, len(others)))
    )
