"""How much of what is asked was already met in training: questions, their words, their answers.

Lewis, Stenetorp and Riedel (2021, "Question and Answer Test-Train Overlap in Open-Domain Question
Answering Datasets") found that 60 to 70 % of the test answers of three datasets stand among the
training answers, and about 30 % of the test questions have a paraphrase in training; closed-book
models did well on those and badly on the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from harness.corpora.audit.nearest import Index, Near, Words, content
from harness.corpora.audit.records import Nearest, Overlap, ProbeOverlap
from harness.records import ANSWERABLE, UNANSWERABLE, Corpus, Question
from harness.text.normalize import word_run

ALIKE = 0.9
"""From this similarity on, a question says the same as a training question."""
SHOWN = 5
"""So many of the most similar pairs are kept."""
TRUTH = "truth"
"""The corpus's own training questions, beside those of question writers."""
_GRAM = 3


def overlaps(corpus: Corpus) -> tuple[Overlap, ...]:
    """One for the corpus's own training questions, one for each question writer's."""
    found = []
    for writer, training in training_sets(corpus).items():
        answerable = [question for question in training if question.answers]
        repeated, contradicting = _repeats(corpus, training)
        every = Index(corpus.language, training)
        # What a model might copy the answer of: refusals have none.
        teaching = Index(corpus.language, answerable)
        answers = {word_run(each) for question in answerable for each in question.answers}
        found.append(
            Overlap(
                writer=writer,
                training=len(answerable),
                refusals=len(training) - len(answerable),
                repeated=repeated,
                contradicting=contradicting,
                probes=tuple(
                    _probe_overlap(
                        corpus.values,
                        every,
                        teaching if probe in ANSWERABLE else every,
                        answers,
                        (probe, asked),
                    )
                    for probe, asked in asked_by_probe(corpus).items()
                ),
            )
        )
    return tuple(found)


def training_sets(corpus: Corpus) -> dict[str, tuple[Question, ...]]:
    """Writer to what is trained on: the corpus's own questions first, then each writer's."""
    own = tuple(question for question in corpus.questions if question.use in ("train", "both"))
    found = {TRUTH: own} if own or not corpus.written else {}
    return found | {writer: corpus.written[writer] for writer in sorted(corpus.written)}


def asked_by_probe(corpus: Corpus) -> dict[str, tuple[Question, ...]]:
    """Probe to the questions asked of it, without those that are only shown by name."""
    asked = [each for each in corpus.questions if each.use != "train" and not each.aside]
    by_probe: dict[str, list[Question]] = {}
    for question in asked:
        by_probe.setdefault(question.probe, []).append(question)
    order = [*ANSWERABLE, *UNANSWERABLE, "locality"]
    return {probe: tuple(by_probe[probe]) for probe in order if probe in by_probe}


def _repeats(corpus: Corpus, training: Sequence[Question]) -> tuple[int, int]:
    """How many say an earlier one word for word, and how many of them with another answer."""
    known: dict[Words, set[Words]] = {}
    repeated = contradicting = 0
    for question in training:
        said = content(question.question, corpus.language)
        answers = {word_run(answer) for answer in question.answers}
        if said in known:
            repeated += 1
            contradicting += bool(answers or known[said]) and answers.isdisjoint(known[said])
        known.setdefault(said, set()).update(answers)
    return repeated, contradicting


def _probe_overlap(
    values: Mapping[str, Sequence[str]],
    every: Index,
    near_to: Index,
    answers: set[Words],
    probe: tuple[str, Sequence[Question]],
) -> ProbeOverlap:
    """One probe against the training questions; a trained question counts as its own nearest."""
    name, asked = probe
    pairs = [(question, near_to.nearest(question)) for question in asked]
    with_answer = [(question, near) for question, near in pairs if question.answers]
    known = [near.similarity if near else 0.0 for _, near in pairs]
    return ProbeOverlap(
        probe=name,
        n=len(asked),
        exact=sum(every.holds(question) for question in asked),
        trigrams=sum(every.known_share(each, _GRAM) for each in asked) / len(asked),
        similarity=median(known) if len(near_to) else None,
        alike=sum(
            near is not None and near.similarity >= ALIKE and _answers(near.question, question)
            for question, near in with_answer
            if not every.holds(question)
        ),
        answerable=len(with_answer),
        answers=sum(
            any(word_run(answer) in answers for answer in question.answers)
            for question, _ in with_answer
        ),
        copied=sum(near is not None and _answers(near.question, q) for q, near in with_answer),
        closed=sum(bool(q.values) or q.relation in values for q, _ in with_answer),
        nearest=_most_alike(pairs),
    )


def _most_alike(pairs: Sequence[tuple[Question, Near | None]]) -> tuple[Nearest, ...]:
    """The most similar pairs that do not use the same words, a training question only once."""
    found: dict[str, tuple[Question, Near]] = {}
    unlike = [(question, near) for question, near in pairs if near and near.similarity < 1]
    for question, near in sorted(unlike, key=lambda pair: (-pair[1].similarity, pair[0].id)):
        found.setdefault(near.question.id, (question, near))
    return tuple(
        Nearest(
            question=question.id,
            text=question.question,
            training=near.question.id,
            training_text=near.question.question,
            similarity=near.similarity,
        )
        for question, near in list(found.values())[:SHOWN]
    )


def _answers(training: Question, question: Question) -> bool:
    """Whether the training question's answer is one of the other's."""
    wanted = {word_run(answer) for answer in question.answers}
    return any(word_run(answer) in wanted for answer in training.answers)
