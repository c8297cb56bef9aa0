"""What must hold of a corpus before anybody trains on it; each breach names the offending item.

These gates read only the corpus. Those that also need to know how a story was written are in
`harness.corpora.fiction.checks`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from harness.corpora.faults import MARGIN, CorpusFault
from harness.corpora.gates_hops import chains_have_no_shortcut, choices_are_fair
from harness.records import ANSWERABLE, UNANSWERABLE, Corpus, Fact, Question
from harness.text.choosing import chosen
from harness.text.languages import is_spaceless
from harness.text.matching import ValueIndex, contains, find_run
from harness.text.normalize import word_run

__all__ = ("LARGE_SET", "MARGIN", "CorpusFault", "chance_level", "chances", "check")

MOST_SHARE = 0.10
"""No value may be the truth about more than this share of a relation's people, in a large set."""
LARGE_SET = 20


def check(corpus: Corpus) -> None:
    """Run every gate; the first breach raises CorpusFault."""
    for gate in GATES:
        gate(corpus)


def facts_are_stated(corpus: Corpus) -> None:
    """Every marked sentence holds the fact's value and the entity's name, of people the first."""
    for fact in corpus.facts:
        if not fact.stated_in:
            raise CorpusFault("stated", fact.id, "no sentence states it")
        for span in fact.stated_in:
            sentence = corpus.chapters[span.chapter].text[span.start : span.end]
            said = word_run(sentence, corpus.language)
            for needed in (fact.value, _called(fact.entity)):
                if not _holds(said, needed, corpus.language):
                    raise CorpusFault("stated", fact.id, f"{needed!r} is not in {' '.join(said)!r}")


def facts_are_functional(corpus: Corpus) -> None:
    """An entity has one value a relation, and a fact's id is its own."""
    seen: dict[tuple[str, str], str] = {}
    ids: set[str] = set()
    for fact in corpus.facts:
        if fact.id in ids:
            raise CorpusFault("functional", fact.id, "the id is used twice")
        ids.add(fact.id)
        known = seen.setdefault((fact.entity, fact.relation), fact.value)
        if known != fact.value:
            raise CorpusFault("functional", fact.id, f"{fact.entity}: {known!r} and {fact.value!r}")
        if fact.value not in corpus.values.get(fact.relation, ()):
            raise CorpusFault("functional", fact.id, f"{fact.value!r} is not among the values")


def no_answer_in_its_question(corpus: Corpus) -> None:
    """No accepted answer can be read off the question; of a choice see `choices_are_fair`."""
    language = corpus.language
    for question in corpus.questions:
        if question.probe == "choice" and question.values:
            continue
        for answer in question.answers:
            if contains(word_run(question.question, language), answer, language):
                raise CorpusFault("answer in question", question.id, repr(answer))


def no_value_in_another(corpus: Corpus) -> None:
    """No value is a run of words of another one, in any relation."""
    runs: dict[tuple[str, ...], str] = {}
    for value in sorted({value for group in corpus.values.values() for value in group}):
        runs[word_run(value, corpus.language)] = value
    for run, value in runs.items():
        for start in range(len(run)):
            for end in range(start + 1, len(run) + 1):
                part = runs.get(run[start:end])
                if part is not None and part != value:
                    raise CorpusFault("value in value", part, f"part of {value!r}")


def values_are_balanced(corpus: Corpus) -> None:
    """Values of a large closed set are spread: none above 10 % of the people it is said of."""
    for relation, facts in _by_relation(corpus).items():
        value, count = Counter(fact.value for fact in facts).most_common(1)[0]
        if len(corpus.values[relation]) >= LARGE_SET and count > MOST_SHARE * len(facts):
            raise CorpusFault("balance", f"{relation} {value}", f"{count} of {len(facts)}")


def questions_fit(corpus: Corpus) -> None:
    """Ids are unique; a question has answers or must be abstained from; facts and twins exist."""
    ids = {question.id for question in corpus.questions}
    if len(ids) != len(corpus.questions):
        doubled = Counter(question.id for question in corpus.questions).most_common(1)[0][0]
        raise CorpusFault("questions", doubled, "the id is used twice")
    facts = {fact.id for fact in corpus.facts}
    for question in corpus.questions:
        if bool(question.answers) == question.must_abstain:
            raise CorpusFault("questions", question.id, "either answers or must_abstain")
        missing = {*question.states, *((question.fact,) if question.fact else ())} - facts
        if not facts:
            missing = set()  # a label that the wordings of one question share
        if missing:
            raise CorpusFault("questions", question.id, f"no such fact: {sorted(missing)[0]}")
        if question.twin is not None and question.twin not in ids:
            raise CorpusFault("questions", question.id, f"no such twin: {question.twin}")


def every_unanswerable_has_a_twin(corpus: Corpus) -> None:
    """What must be refused is asked beside something answerable of the same template."""
    by_id = {question.id: question for question in corpus.questions}
    for question in corpus.questions:
        if question.probe in UNANSWERABLE and question.use == "test" and not question.aside:
            if question.twin is None:
                raise CorpusFault("twins", question.id, "it has no twin")
            if by_id[question.twin].must_abstain:
                raise CorpusFault("twins", question.id, "its twin has no answer either")


def nobody_is_absent(corpus: Corpus) -> None:
    """Invented names stand in no chapter, and those trained on stand in no test question."""
    language = corpus.language
    said = [word_run(chapter.text, language) for chapter in corpus.chapters]
    text = frozenset(word for words in said for word in words)
    groups: dict[str, set[str]] = {"train": set(), "test": set()}
    for question in corpus.questions:
        if not question.must_abstain or question.probe not in {"nonexistent", "near_miss"}:
            continue
        # Of a person the first name counts; "the Flood of Varel" has words that any text has.
        run = word_run(question.cluster, language)
        whole = question.cluster.startswith("the ") or is_spaceless(language)
        present = all(word in text for word in (run if whole else run[:1]))
        if present and is_spaceless(language):  # letters of the name stand in any text
            present = not run or any(next(find_run(words, run), None) for words in said)
        if present:
            raise CorpusFault("absent", question.id, f"{question.cluster} is in the text")
        groups["train" if question.use == "train" else "test"].add(question.cluster)
    both = groups["train"] & groups["test"]
    if both:
        raise CorpusFault("absent", sorted(both)[0], "in training and in the test")


def nothing_asked_is_trained(corpus: Corpus) -> None:
    """No wording of a test question is a training question; only `trained` is both."""
    trained = {q.question for q in corpus.questions if q.use in {"both", "train"}}
    for question in corpus.questions:
        if question.use == "test" and question.question in trained:
            raise CorpusFault("leak", question.id, "its wording is trained on")
        if question.use == "both" and question.probe != "trained":
            raise CorpusFault("leak", question.id, f"{question.probe} must not be trained on")


def oracle_is_right(corpus: Corpus) -> None:
    """The full answer, and the value alone, count as correct by the slot match."""
    language = corpus.language
    found = {name: ValueIndex(values, language) for name, values in corpus.values.items()}
    for question in corpus.questions:
        for reply in (*question.answers, *((question.full_answer,) if question.answers else ())):
            if reply is not None and not _correct(question, reply, found, language):
                raise CorpusFault("oracle", question.id, f"{reply!r} does not match")


def ignorance_is_at_chance(corpus: Corpus) -> None:
    """Neither the most frequent value nor the question alone gets above chance by 2 points."""
    groups: dict[tuple[str, str], list[Question]] = defaultdict(list)
    for question in corpus.questions:
        if question.probe == "choice" or question.probe not in ANSWERABLE:
            continue
        if question.relation and question.use != "train":
            groups[(question.probe, question.relation)].append(question)
    for (probe, relation), asked in groups.items():
        truths = {(q.cluster, q.fact): q.answers[0] for q in asked}
        chance = chance_level(corpus, relation, truths)
        value, count = Counter(truths.values()).most_common(1)[0]
        if count / len(truths) > chance + MARGIN:
            raise CorpusFault("majority", f"{probe} {relation}", f"{value!r} is right too often")
        known = corpus.values.get(relation, ())
        right = sum(_echo(question, known, corpus.language) for question in asked)
        if right / len(asked) > chance + MARGIN:
            raise CorpusFault("question only", f"{probe} {relation}", f"{right} of {len(asked)}")


def chances(corpus: Corpus) -> dict[str, float]:
    """Relation to what guessing among its values gets: 1 over the size of the closed set."""
    return {relation: 1 / len(values) for relation, values in corpus.values.items() if values}


def chance_level(corpus: Corpus, relation: str, truths: Collection[object]) -> float:
    """What guessing among the values gets; in a set as small as the people asked, 1/people."""
    values = max(1, len(corpus.values.get(relation, ())))
    rounds = -(-len(truths) // values)
    # Dealing n people round by round over v values cannot give the commonest less than this.
    return max(1 / values, rounds / max(1, len(truths)))


def _echo(question: Question, values: tuple[str, ...], language: str) -> bool:
    """Whether the value that looks most like the question is the right one."""
    letters = _letters(question.cluster)
    guess = max(values, key=lambda value: (len(letters & _letters(value)), value), default="")
    asked = word_run(question.question, language)
    said = {answer for answer in question.answers if contains(asked, answer, language)}
    return bool(said) or (guess in question.answers and len(letters & _letters(guess)) > 4)


@lru_cache(maxsize=65536)
def _letters(text: str) -> frozenset[str]:
    flat = "".join(word_run(text))
    return frozenset(flat[at : at + 3] for at in range(len(flat) - 2))


def _correct(
    question: Question, reply: str, values: Mapping[str, ValueIndex], language: str
) -> bool:
    if question.probe == "choice" and question.values:
        found = chosen(reply, question.question, question.values, question.cluster)
        return found in question.answers
    said = word_run(reply, language)
    if not any(contains(said, answer, language) for answer in question.answers):
        return False
    index = values.get(question.relation or "")
    asked = word_run(question.question, language)
    rivals = {value for _, value in index.find(said)} if index else set()
    return all(value in question.answers or contains(asked, value, language) for value in rivals)


def _by_relation(corpus: Corpus) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in corpus.facts:
        groups[fact.relation].append(fact)
    return groups


def _called(entity: str) -> str:
    """How a sentence has to name an entity: people and places by the first word, others in full."""
    return entity if entity.startswith("the ") else entity.split(maxsplit=1)[0]


def _holds(said: tuple[str, ...], value: str, language: str) -> bool:
    bare = tuple(word.removesuffix("'s") for word in said)
    return contains(said, value, language) or contains(bare, value, language)


GATES: tuple[Callable[[Corpus], None], ...] = (
    facts_are_stated,
    facts_are_functional,
    no_answer_in_its_question,
    no_value_in_another,
    values_are_balanced,
    questions_fit,
    every_unanswerable_has_a_twin,
    nobody_is_absent,
    nothing_asked_is_trained,
    oracle_is_right,
    ignorance_is_at_chance,
    choices_are_fair,
    chains_have_no_shortcut,
)
