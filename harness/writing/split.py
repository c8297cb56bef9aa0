"""From a writer's questions to all that is asked: who is taught, and who is only in the text."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from harness.records import Corpus, Question
from harness.writing import unanswerable

TEXT_ONLY_SHARE = 0.2
"""Share of the questions about things that are in the text and never asked in training."""
_LEAST_GROUPS = 5
_HELD_OUT = re.compile(r"\.p\d+$")


def arrange(corpus: Corpus, questions: Sequence[Question], seed: int) -> tuple[Question, ...]:
    """All questions of a corpus, from those that a writer left or a user gave.

    Clusters that share a sentence stay together; about a fifth becomes probe "text_only" with use
    "test", the rest is trained (use "both"). Of the held-out wordings of a taught question one is
    asked, as "paraphrase". Then come unanswerable questions with twins, two asides, and refusals
    for training. No wording of the test is trained; ids are unique and do not depend on the seed.
    """
    given = _with_ids(questions)
    trained = [q for q in given if q.probe == "trained" and not q.must_abstain]
    held_out: dict[str, list[Question]] = {}
    for q in given:
        if q.probe == "paraphrase":
            held_out.setdefault(_HELD_OUT.sub("", q.id), []).append(q)
    rng = random.Random(f"closedbook split {seed}")
    told = _told_only(trained, rng)
    wordings = {q.question for q in trained}
    taught_wordings = {q.question for q in trained if q.id not in told}
    arranged: list[Question] = []
    paraphrases: list[Question] = []
    for q in trained:
        if q.id in told:
            if q.question not in taught_wordings:
                arranged.append(replace(q, probe="text_only", use="test"))
            continue
        # What was taught in one wording counts as shown in another: both carry the same fact.
        fact = q.fact or q.id
        arranged.append(replace(q, probe="trained", use="both", fact=fact))
        others = [other for other in held_out.get(q.id, ()) if other.question not in wordings]
        if others:
            chosen = rng.choice(others)
            wordings.add(chosen.question)
            paraphrases.append(replace(chosen, probe="paraphrase", use="test", fact=fact))
    rest = [
        q
        for q in given
        if q.must_abstain or (q.probe not in {"trained", "paraphrase"} and q.use != "both")
    ]
    asked = [*arranged, *paraphrases, *rest]
    if not any(q.must_abstain for q in rest):
        asked += unanswerable.add(corpus, asked, seed)
    return tuple(asked)


def _with_ids(questions: Sequence[Question]) -> list[Question]:
    """Every question with an id of its own; one that has none is numbered by its place."""
    taken: set[str] = set()
    found = []
    for at, question in enumerate(questions, start=1):
        name = question.id or f"question.{at:05d}"
        stem, number = name, 1
        while name in taken:
            number += 1
            name = f"{stem}.{number}"
        taken.add(name)
        found.append(replace(question, id=name))
    return found


def _told_only(trained: Sequence[Question], rng: random.Random) -> frozenset[str]:
    """Ids of the questions whose things are only in the text; whole groups of clusters."""
    groups = _groups(trained)
    if len(groups) < _LEAST_GROUPS:
        return frozenset()
    room = round(TEXT_ONLY_SHARE * len(trained))
    chosen: list[str] = []
    for group in rng.sample(groups, len(groups)):
        if len(chosen) + len(group) <= room:
            chosen += group
    return frozenset(chosen)


def _groups(trained: Sequence[Question]) -> list[list[str]]:
    """Ids of questions that have a cluster, a fact or a sentence in common, in order."""
    owner: dict[object, int] = {}
    parent = list(range(len(trained)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for at, q in enumerate(trained):
        keys: list[object] = [("cluster", q.cluster.lower() or q.id), *q.stated_in]
        if q.fact:
            keys.append(("fact", q.fact))
        for key in keys:
            parent[root(at)] = root(owner.setdefault(key, at))
    found: dict[int, list[str]] = {}
    for at, q in enumerate(trained):
        found.setdefault(root(at), []).append(q.id)
    return list(found.values())
