"""Gates for questions that put two facts together: choices between two, and chains of two."""

from __future__ import annotations

from collections import Counter, defaultdict

from harness.corpora.faults import MARGIN, CorpusFault
from harness.corpora.shortcuts import Sentences
from harness.records import Corpus
from harness.text.matching import contains
from harness.text.normalize import word_run


def choices_are_fair(corpus: Corpus) -> None:
    """A choice has one right option of two or more; neither place nor word gives it away.

    The question names all of the options or none, and over a relation the first-named option, like
    each fixed one, is right as often as by chance.
    """
    firsts: dict[tuple[str, int], list[bool]] = defaultdict(list)
    fixed: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for question in corpus.questions:
        if question.probe != "choice" or not question.values or question.use == "train":
            continue
        if len(question.answers) != 1 or question.answers[0] not in question.values:
            raise CorpusFault("choice", question.id, "the answer is not one of its options")
        asked = word_run(question.question)
        named = [option for option in question.values if contains(asked, option)]
        relation = (question.wording or "").split(".")[0]
        if named and len(named) < len(question.values):
            raise CorpusFault("choice", question.id, f"only {named[0]!r} is named")
        if named:
            first = min(named, key=question.question.find)
            right = first == question.answers[0]
            firsts[relation, len(named)].append(right)
        else:
            fixed[relation, question.values].append(question.answers[0])
    for (relation, options), hits in firsts.items():
        most = max(sum(hits), len(hits) - sum(hits)) if options == 2 else sum(hits)
        _is_at_chance(relation, most, len(hits), options)
    for (relation, values), answers in fixed.items():
        most = Counter(answers).most_common(1)[0][1]
        _is_at_chance(relation, most, len(answers), len(values))


def _is_at_chance(relation: str, most: int, asked: int, options: int) -> None:
    chance = max(1 / options, -(-asked // options) / asked)
    if most / asked > chance + MARGIN:
        raise CorpusFault("choice", relation, f"one option is right in {most} of {asked}")


def chains_have_no_shortcut(corpus: Corpus) -> None:
    """No sentence holds the entity that a two-hop question asks about and the answer to it.

    Neither in the text nor in what is trained on; the same goes for one that states both hops.
    """
    chains = [q for q in corpus.questions if q.probe == "two_hop" and q.hops]
    if not chains:
        return
    trained = [q for q in corpus.questions if q.use != "test" and not q.must_abstain]
    replies = [q.full_answer or q.answers[0] for q in trained]
    sentences = Sentences(corpus.chapters, replies)
    both = {q.id: frozenset(q.states) for q in trained}
    for question in chains:
        said = sentences.joined(question.cluster, question.answers[0])
        if said is not None:
            raise CorpusFault("shortcut", question.id, f"one sentence joins them: {' '.join(said)}")
    pairs = {frozenset(question.hops): question.id for question in chains}
    for trained_id, states in both.items():
        if len(states) > 1 and states in pairs:
            raise CorpusFault("shortcut", pairs[states], f"{trained_id} states both hops")
