"""Questions about a text that nobody can answer, and refusals to train on.

A name that occurs nowhere is put into the place of a name in the text's own questions, so that only
the name tells the question from its answerable twin. Where a question has no name but a term of the
text ("a lipoma"), the invented person becomes its eponym: "Dorrick's lipoma". A false premise gives
a thing the value of another one. Names of the test and of training share no name, by construction.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.corpora.fiction.names import ALWAYS_ASKED, RESIDUES, NameMaker
from harness.records import Corpus, ProbeName, Question
from harness.text.languages import UNKNOWN, base
from harness.text.normalize import word_run
from harness.writing.unanswerable_slots import Slot, find_slot

MOST_TESTED = 120
"""Questions of one unanswerable probe that are asked at most."""
_AFTER_LATIN = "\u0250"
"""The first letter behind the Latin blocks."""
_NAMES_FOR_TEST = 60
_NAMES_FOR_TRAINING = 90
NOT_MEASURED = (
    "No question holds a name that an invented one could replace:"
    " whether the model invents things was not measured."
)


def add(corpus: Corpus, questions: Sequence[Question], seed: int) -> tuple[Question, ...]:
    """Unanswerable questions with twins, refusals for training, and the two that are always asked.

    Probes: nonexistent and false_premise, use "test"; refusals have use "train". Twins are among
    the trained questions, among those that are also asked where there are any. False premises and
    the two that are always asked are English sentences: other languages go without. Empty where
    the questions hold no name and no known term; `note` then has the sentence to show.
    """
    taught = [q for q in questions if q.use != "test" and q.answers and not q.must_abstain]
    slots = [slot for q in taught if (slot := find_slot(q, corpus)) is not None]
    if not slots:
        return ()
    known = _known_words(corpus, questions)
    rng = random.Random(f"closedbook unanswerable {seed}")
    mixed = rng.sample(slots, len(slots))
    tested = _invented(seed, "test", _NAMES_FOR_TEST, known)
    trained = _invented(seed + 1, "train", _NAMES_FOR_TRAINING, known)
    asked = {q.question for q in questions}
    in_english = _is_english(corpus, questions)
    made = [
        *_nonexistent([s for s in mixed if s.question.use == "both"] or mixed, tested, asked),
        *(_false_premises(taught, asked, rng) if in_english else ()),
        *(_asides(known, asked) if in_english else ()),
        *_refusals(mixed, trained, len(taught), asked, corpus),
    ]
    return tuple(_numbered(made, {q.id for q in questions}))


def note(questions: Sequence[Question]) -> str:
    """What to tell the reader where nothing invented could be asked; "" where something was."""
    asked = any(q.probe == "nonexistent" and q.use == "test" and not q.aside for q in questions)
    return "" if asked else NOT_MEASURED


def _is_english(corpus: Corpus, questions: Sequence[Question]) -> bool:
    """Whether English sentences may be asked: of an unknown language, where the script is Latin."""
    known = base(corpus.language)
    if known != UNKNOWN:
        return known == "en"
    letters = [letter for q in questions for letter in q.question if letter.isalpha()]
    return 2 * sum(letter < _AFTER_LATIN for letter in letters) > len(letters)


def _known_words(corpus: Corpus, questions: Sequence[Question]) -> frozenset[str]:
    """Every normalized word of text and questions."""
    texts = [chapter.text for chapter in corpus.chapters]
    texts += [text for q in questions for text in (q.question, q.full_answer or "", *q.answers)]
    return frozenset(word for text in texts for word in word_run(text))


def _invented(seed: int, purpose: str, count: int, known: frozenset[str]) -> list[tuple[str, str]]:
    """First and family names, none of which is a word of the text or of a question."""
    maker = NameMaker(seed % RESIDUES, random.Random(f"closedbook {purpose} names {seed}"))
    found: list[tuple[str, str]] = []
    families: set[str] = set()
    for attempt in range(count * 4):
        name = maker.person(she=attempt % 2 == 0)
        fresh = not {name.first.lower(), name.family.lower()} & known
        if fresh and name.family not in families:
            families.add(name.family)
            found.append((name.first, name.family))
        if len(found) == count:
            break
    return found


def _fitting(slot: Slot, name: tuple[str, str]) -> str:
    first, family = name
    if slot.kind == "person":
        return f"{first} {family}"
    return first if slot.kind == "single" else family


def _nonexistent(
    slots: Sequence[Slot], names: Sequence[tuple[str, str]], asked: set[str]
) -> Iterator[Question]:
    for at, slot in enumerate(slots[:MOST_TESTED]):
        name = _fitting(slot, names[at % len(names)])
        yield from _about(slot, name, "nonexistent", asked)


def _about(slot: Slot, name: str, probe: ProbeName, asked: set[str]) -> Iterator[Question]:
    text = slot.filled(name)
    twin = slot.question
    if text in asked:
        return
    asked.add(text)
    yield Question(
        question=text,
        must_abstain=True,
        probe=probe,
        cluster=name,
        relation=twin.relation,
        wording=twin.wording,
        twin=twin.id,
        use="test",
        writer=twin.writer,
    )


def _refusals(
    slots: Sequence[Slot],
    names: Sequence[tuple[str, str]],
    wanted: int,
    asked: set[str],
    corpus: Corpus,
) -> Iterator[Question]:
    """As many as there are questions to train on: every share up to a half can be had."""
    made = 0
    rounds = -(-wanted // len(slots))
    for turn in range(rounds):
        for at, slot in enumerate(slots):
            if made >= wanted:
                return
            name = _fitting(slot, names[(at + turn * 7) % len(names)])
            for question in _about(slot, name, "nonexistent", asked):
                made += 1
                yield replace(
                    question, twin=None, use="train", full_answer=corpus.canonical_refusal
                )


def _false_premises(
    taught: Sequence[Question], asked: set[str], rng: random.Random
) -> Iterator[Question]:
    """ "Why is it that corns are due to X?", where the text says that they are due to Y."""
    rivals: dict[str, list[Question]] = {}
    for question in taught:
        if question.relation:
            rivals.setdefault(question.relation, []).append(question)
    usable = [q for q in taught if _swappable(q)]
    made = 0
    for question in rng.sample(usable, len(usable)):
        if made >= MOST_TESTED:
            return
        value = _rival(question, rivals.get(question.relation or "", []), rng)
        if value is None:
            continue
        said = (question.full_answer or "").replace(question.answers[0], value).rstrip(".")
        text = f"Why is it that {_lower(said, question)}?"
        if text in asked:
            continue
        asked.add(text)
        made += 1
        yield Question(
            question=text,
            must_abstain=True,
            probe="false_premise",
            cluster=question.cluster,
            fact=question.fact,
            relation=question.relation,
            wording=question.wording,
            twin=question.id,
            use="test",
            writer=question.writer,
        )


def _swappable(question: Question) -> bool:
    full = question.full_answer or ""
    rivals = len(question.values) > 1 or question.relation not in {None, "amount"}
    return rivals and (
        full.count(question.answers[0]) == 1 and full.endswith(f" {question.answers[0]}.")
    )


def _rival(question: Question, others: Sequence[Question], rng: random.Random) -> str | None:
    """A wrong value of the same kind that shares no word with the question or its answer."""
    declared = [v for v in question.values if v not in question.answers]
    same = [
        other.answers[0]
        for other in others
        if other.id != question.id
        and (not other.cluster or other.cluster != question.cluster)
        and _ending(other) == _ending(question)
    ]
    said = set(word_run(f"{question.question} {question.full_answer}"))
    fitting = [v for v in (declared or same) if not said & {w for w in word_run(v) if len(w) > 3}]
    return rng.choice(fitting) if fitting else None


def _ending(question: Question) -> str:
    """The last word before the answer: values after "due to" go with values after "due to"."""
    before = (question.full_answer or "").partition(question.answers[0])[0].split()
    return before[-1].lower() if before else ""


def _lower(said: str, question: Question) -> str:
    """A sentence as a clause: its first word in lower case unless it is a name."""
    first = said.split(maxsplit=1)[0]
    if question.cluster.startswith(first) and first[:1].isupper() and "'s" not in first:
        known = first in question.question.split()[1:]
        return said if known else said[:1].lower() + said[1:]
    plain = first in {
        "The",
        "A",
        "An",
        "In",
        "When",
        "If",
        "At",
        "By",
        "After",
        "During",
        "According",
    }
    inside = first.lower() in question.question.split()
    return said[:1].lower() + said[1:] if plain or inside else said


def _asides(known: frozenset[str], asked: set[str]) -> Iterator[Question]:
    """Who was Bordor, who was Lila: asked of every text that does not know them."""
    for name in ALWAYS_ASKED:
        text = f"Who was {name}?"
        if name.lower() not in known and text not in asked:
            yield Question(
                question=text,
                must_abstain=True,
                id=f"nonexistent.{name.lower()}",
                probe="nonexistent",
                cluster=name,
                use="test",
                aside=True,
            )


def _numbered(made: Sequence[Question], taken: set[str]) -> Iterator[Question]:
    """Ids by probe and number, none of which is taken."""
    counts: dict[str, int] = {}
    for question in made:
        if question.id:
            yield question
            continue
        stem = "refusal" if question.use == "train" else question.probe
        while True:
            counts[stem] = counts.get(stem, 0) + 1
            name = f"{stem}.{counts[stem]:04d}"
            if name not in taken:
                break
        yield replace(question, id=name)
