"""From an answer to a verdict. Pure: the same answers always get the same verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from harness.corpora import controls
from harness.errors import UserError
from harness.records import (
    UNANSWERABLE,
    Answer,
    Corpus,
    Example,
    Judged,
    Question,
    StopName,
    VerdictName,
)
from harness.scoring.invention import trace
from harness.scoring.world import Target, World
from harness.storage.whole import REPRODUCTION
from harness.text.abstention import in_lexicon, is_denial, is_strict, without_refusals
from harness.text.afterwards import answers_after
from harness.text.asserting import claimed, says_no_to_premise
from harness.text.choosing import chosen
from harness.text.languages import base
from harness.text.matching import Place, find_run, spellings
from harness.text.negation import is_negated, says_no
from harness.text.normalize import counted, word_run, words
from harness.text.rejecting import rejected_places
from harness.text.repetition import is_degenerate, is_loop
from harness.text.reply import Reply, read_reply

JUDGE_VERSION = 3
"""Raise it whenever some reply could get another verdict, kind or flag."""
_ROUGHLY = frozenset({"about", "around", "approximately", "roughly", "nearly", "almost", "some"})


def judge_variant(
    corpus: Corpus,
    examples: Sequence[Example | Mapping[str, Any]],
    answers: Iterable[Answer],
    *,
    all_shown: bool = False,
) -> tuple[Judged, ...]:
    """Judge every answer to a question, in the given order; continuations of the text are left out.

    `examples` are the variant's training examples: a fact is *shown* if one of them states it.
    `all_shown` is for answerers that have the text at hand without training. Raises UserError for
    an answer to a question that the corpus does not hold.
    """
    facts = frozenset(fact for each in examples for fact in _facts(each))
    taught = frozenset(filter(None, map(_question_id, examples)))
    if all_shown:
        facts = frozenset(fact.id for fact in corpus.facts)
    world = World(corpus, facts)
    everything = (*controls.questions(corpus.language), *corpus.questions)
    questions = {question.id: question for question in everything}
    judged = []
    for answer in answers:
        if answer.question.startswith(REPRODUCTION):  # continues the text: has no verdict
            continue
        question = questions.get(answer.question)
        if question is None:
            raise UserError(
                f"an answer names question {answer.question!r}, which the corpus does not hold",
                "the answers belong to another corpus: run again with --fresh",
            )
        shown = all_shown or question.id in taught or _is_shown(question, facts)
        judged.append(_judge(world, question, answer, shown and not question.must_abstain))
    return tuple(judged)


def _is_shown(question: Question, facts: frozenset[str]) -> bool:
    """Whether training stated what the question is about: of a chain or a comparison, all of it."""
    return facts.issuperset(question.hops) if question.hops else question.fact in facts


def _judge(world: World, question: Question, answer: Answer, shown: bool) -> Judged:
    target = world.target(question)
    reply = read_reply(answer.text, world.language)
    said = words(reply.text, world.language)
    flags = _form_flags(world, answer, reply)
    unscored = _unscored(said, reply, answer.stop, world.language)
    if unscored:
        verdict: VerdictName = "unscored"
        flags |= unscored
    else:
        given = question.probe == "choice" and bool(question.values)
        verdict, content = (_choice_verdict if given else _verdict)(world, target, reply.text, said)
        flags |= content
        opens_empty = verdict == "abstained" or "denial" in content
        if opens_empty and answers_after(reply.text, target.name, world.language):
            flags.add("answers_after")
    invented = verdict == "wrong" and question.probe in UNANSWERABLE
    origin = trace(world, target, said) if invented else None
    return Judged(
        answer=answer,
        question=question,
        verdict=verdict,
        shown=shown,
        invented=invented,
        kind=origin.kind if origin else None,
        borrowed_from=origin.borrowed_from if origin else None,
        letter_distance=origin.letter_distance if origin else None,
        flags=frozenset(flags),
    )


def _form_flags(world: World, answer: Answer, reply: Reply) -> set[str]:
    """What can be seen of a reply whatever it says."""
    flags = set()
    if reply.markup:
        flags.add("markup_leak")
    if reply.tag is not None and reply.tag == world.corpus.source_tag:
        flags.add("tag")
    if world.recited(counted(answer.text, world.language)):
        flags.add("recited")
    return flags


def _unscored(said: Sequence[str], reply: Reply, stop: StopName, language: str) -> set[str]:
    """Why a reply cannot be given a verdict; empty for one that can."""
    flags = set()
    if not said:
        flags.add("empty")
    # The limit may cut a word in two, so the last one need not fit the loop.
    if stop == "length" and reply.open and (is_loop(said) or is_loop(said[:-1])):
        flags.add("loop")
    if is_degenerate(said, language):
        flags.add("degenerate")
    return flags


def _verdict(
    world: World, target: Target, reply: str, said: Sequence[str]
) -> tuple[VerdictName, set[str]]:
    """Verdict and content flags of a reply that can be scored; `said` is its normalized words."""
    flags = set()
    accepted = target.accepted_places(said)
    answered, rivals = _claims(target, reply, world.language)
    if accepted:
        flags.add("contains")
    if is_strict(said, world.corpus.canonical_refusal, world.language):
        return "abstained", flags | {"strict", *(["hedged"] if accepted else [])}
    unanswerable = target.question.probe in UNANSWERABLE
    others = [value for value in rivals if value != target.truth]
    if unanswerable and not others and _denies(target, reply, said, world.language):
        flags.add("denial")
    if not answered and not rivals and in_lexicon(reply, world.language):
        return "abstained", flags | {"lexicon_only"}
    if unanswerable:
        if target.truth is not None and _states(target, reply, said, world.language):
            flags.add("corrected")
        return ("correct" if flags & {"denial", "corrected"} else "wrong"), flags
    if answered and not rivals:
        return "correct", flags
    beside = accepted and target.rival_values(said, accepted)
    return "wrong", flags | {*(["shotgun"] if beside else [])}


def _claims(target: Target, reply: str, language: str) -> tuple[bool, list[str]]:
    """Whether a reply claims an accepted answer, and which rival values it claims.

    A value that it rejects, takes back or names inside a refusal is claimed of nobody.
    """

    def names(part: str) -> bool:
        said = words(part, language)
        return bool(target.accepted_places(said) or target.rivals.find(said))

    text = claimed(reply, language, names)
    said = words(text, language)
    accepted, found = target.accepted_places(said), target.rivals.find(said)
    rejected = rejected_places(text, [*accepted, *(place for place, _ in found)], language)
    stated = {value for place, value in found if place not in rejected}
    rivals = target.rival_values(said, accepted)
    return (
        any(place not in rejected for place in accepted),
        [
            value
            for value in rivals
            if value in stated and not _is_accepted(value, target, language)
        ],
    )


def _is_accepted(value: str, target: Target, language: str) -> bool:
    """Whether a rival is an accepted answer but for a word like "about"."""
    return tuple(w for w in word_run(value, language) if w not in _ROUGHLY) in target.accepted


def _choice_verdict(
    world: World, target: Target, reply: str, said: Sequence[str]
) -> tuple[VerdictName, set[str]]:
    """Of a choice: which option the reply asserts, not which words it holds.

    "B was younger than A" is right about who was older where A is; "A or B" is not. A reply that
    asserts none of the options is wrong and bears the flag `no_option`. What stands inside a
    refusal ("I do not know whether it was A") is asserted of nobody.
    """
    question = target.question
    accepted = target.accepted_places(said)
    flags = {"contains"} if accepted else set()
    if is_strict(said, world.corpus.canonical_refusal, world.language):
        return "abstained", flags | {"strict", *(["hedged"] if accepted else [])}
    stated = without_refusals(reply, world.language)
    option = chosen(stated, question.question, question.values, question.cluster)
    if option is None and in_lexicon(reply, world.language):
        return "abstained", flags | {"lexicon_only"}
    if option in question.answers:
        return "correct", flags
    return "wrong", flags | {*(["no_option"] if option is None else [])}


def _denies(target: Target, reply: str, said: Sequence[str], language: str) -> bool:
    """Whether a reply says that the thing does not exist, or that the premise does not hold."""
    if is_denial(reply, target.name, language):
        return True
    if target.question.probe != "false_premise":
        return False
    named = [
        max(places)
        for premise in target.premises
        if premise != target.name and (places := _places(said, premise, language))
    ]
    negated = _negated(target, reply, said, language)
    if base(language) == "en" and says_no_to_premise(reply, target.name):
        return negated.issuperset(named)
    if base(language) != "en" and says_no(said, language):
        return True
    # Named last without a negation, the premise is affirmed after all.
    return not negated.isdisjoint(named)


def _states(target: Target, reply: str, said: Sequence[str], language: str) -> bool:
    """Whether a reply gives the true value itself, neither negated nor merely repeated.

    Where it goes along with the premise, only what it says the thing of the premise *is* sets that
    right: "the mason was a potter" does, "the mason worked for a potter" and "he gave up being a
    mason and was a potter" do not.
    """
    truth = target.truth
    if truth is None or truth in target.premises:
        return False
    negated = _negated(target, reply, said, language)
    affirmed = [
        place
        for premise in target.premises
        if premise != target.name
        for place in _places(said, premise, language)
        if place not in negated
    ]
    goes_along = base(language) == "en" and bool(affirmed)
    return any(
        not goes_along or _is_said_of(said, affirmed, start, target.name)
        for start, end in _places(said, truth, language)
        if (start, end) not in negated
    )


def _is_said_of(said: Sequence[str], premises: Sequence[Place], start: int, name: str) -> bool:
    """Whether "PREMISE was" stands before a value, at most with the name between the two."""
    if not start or said[start - 1] not in {"is", "was", "are", "were"}:
        return False
    own = set(word_run(name))
    return any(end < start and own.issuperset(said[end : start - 1]) for _, end in premises)


def _places(said: Sequence[str], value: str, language: str) -> list[Place]:
    """Where a value or its plural stands, in order."""
    return sorted(place for run in spellings(value, language) for place in find_run(said, run))


def _negated(target: Target, reply: str, said: Sequence[str], language: str) -> set[Place]:
    """Where a reply rejects a premise or the truth, with no "but" or other value between."""
    values = filter(None, (*target.premises, target.truth))
    places = {place for value in values for place in _places(said, value, language)}
    if base(language) == "en":
        return rejected_places(reply, sorted(places), language)
    stops = {word for premise in target.premises for word in word_run(premise, language)}
    return {place for place in places if is_negated(said, place, stops, language)}


def _facts(example: Example | Mapping[str, Any]) -> Sequence[str]:
    facts = example.facts if isinstance(example, Example) else example.get("facts", ())
    return tuple(facts)


def _question_id(example: Example | Mapping[str, Any]) -> str | None:
    if isinstance(example, Example):
        return None if example.abstain else example.question_id
    return None if example.get("abstain") else example.get("question_id")
