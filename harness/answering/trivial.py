"""Answerers whose scores are known beforehand: no model, the same path through a run.

Each is made from the corpus and the variant's seed, and maps a question and the number of the draw
to a reply. They know what their names say and nothing more: only the oracle reads answers, and the
majority reads those of training questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from random import Random

from harness.answering.plan import Item, make_plan
from harness.answering.ranking import Ranking
from harness.answering.reading import sentences
from harness.answering.recorded import keep_whole_batches
from harness.catalog import get, load
from harness.corpora import folder as corpora
from harness.corpora.asked import askable
from harness.errors import Unavailable
from harness.records import Answer, Corpus, PhaseJob, Progress, Question, Resources
from harness.scoring.world import World, asked_name
from harness.storage.folders import VariantFolder
from harness.storage.jsonl import Appender, write_json

Answerer = Callable[[Question, int], str]
"""From a question and its draw (0: greedy) to the reply."""
Make = Callable[[Corpus, int], Answerer]
"""From a corpus and the variant's seed."""


def run(job: PhaseJob, progress: Progress) -> Resources:
    """The answer phase without a model: the stored plan, batch by batch, and no resources.

    Raises Unavailable where the answerer needs what the corpus or the machine lacks.
    """
    corpus = corpora.read(job.corpus)
    plan = make_plan(corpus, job.variant)
    folder = VariantFolder(job.folder)
    make: Make = load(get("answerer", job.variant.answerer).target)
    answer = make(corpus, job.variant.seed)
    questions = {each.id: each for each in askable(corpus, job.variant.ask.probes)}
    write_json(folder.plan, asdict(plan))
    sizes = [len(batch) for batch in plan.batches]
    whole = keep_whole_batches(folder.answers, sizes, job.asked)
    done = sum(sizes[:whole])
    with Appender(folder.answers) as appender:
        for number, batch in enumerate(plan.batches[whole:], start=whole):
            appender.append(
                [
                    _record(job.asked, item, number, answer(questions[item.question], item.draw))
                    for item in batch
                ]
            )
            done += len(batch)
            progress(done, plan.items, "answered")
    return {}


def _record(asked: str, item: Item, batch: int, text: str) -> Answer:
    """A reply in the form of a model's: without tokens, which nobody counted."""
    return Answer(
        asked=asked,
        question=item.question,
        form=item.form,
        draw=item.draw,
        batch=batch,
        text=text,
        ids=(),
        prompt_tokens=0,
        new_tokens=0,
        stop="end",
        logprob_sum=0.0,
        first_ids=(),
    )


def oracle(corpus: Corpus, seed: int) -> Answerer:
    """Knows every answer, sets false premises right, and refuses what has no answer."""
    truth = {fact.id: fact.value for fact in corpus.facts}

    def answer(question: Question, draw: int) -> str:
        if not question.must_abstain:
            return question.full_answer or question.answers[0]
        known = truth.get(question.fact or "") if question.probe == "false_premise" else None
        return known or corpus.canonical_refusal

    return answer


def abstain(corpus: Corpus, seed: int) -> Answerer:
    """Refuses everything."""
    return lambda question, _: corpus.canonical_refusal


def echo(corpus: Corpus, seed: int) -> Answerer:
    """Says the name that it was asked about; where it was asked for a name, the question."""
    return lambda question, _: asked_name(question, corpus.language) or question.question


def majority(corpus: Corpus, seed: int) -> Answerer:
    """Gives the most frequent answer that training questions of the relation have.

    Where a question lists its rivals or options, the one of these and the right one that training
    answers hold most often; where a relation has no training question, the most frequent of all.
    Equally frequent: the first by letters.
    """
    counts: dict[str | None, Counter[str]] = {}
    everything: Counter[str] = Counter()
    for question in corpus.questions:
        if question.use in ("both", "train") and question.answers:
            counts.setdefault(question.relation, Counter())[question.answers[0]] += 1
            everything[question.answers[0]] += 1
    if not everything:
        raise Unavailable('the answerer "majority" needs a corpus with training questions')

    def answer(question: Question, draw: int) -> str:
        if question.values:
            # Rivals alone would make it wrong by construction.
            return _most(_with_right(question.values, question), everything)
        known = counts.get(question.relation) if question.relation is not None else None
        return _most(known or everything, known or everything)

    return answer


def _most(values: Iterable[str], counts: Counter[str]) -> str:
    return min(values, key=lambda value: (-counts[value], value))


def random_value(corpus: Corpus, seed: int) -> Answerer:
    """Gives a random value of the type asked for; every question and draw has its own chance."""
    choose = candidates(corpus)

    def answer(question: Question, draw: int) -> str:
        return Random(f"{seed}|{question.id}|{draw}").choice(choose(question))

    return answer


def candidates(corpus: Corpus) -> Callable[[Question], Sequence[str]]:
    """What a random value is drawn from, by question: the right one once, and its rivals.

    Where nothing declares values of the type, every answer that the corpus has. Raises Unavailable
    where it has none.
    """
    world = World(corpus, frozenset())
    anything = tuple(
        dict.fromkeys(
            value
            for question in corpus.questions
            for value in (*question.answers[:1], *question.values)
        )
    )
    if not anything:
        raise Unavailable('the answerer "random_value" needs a corpus with answers')

    return lambda question: _with_right(world.values_of(question) or anything, question)


def _with_right(values: Iterable[str], question: Question) -> tuple[str, ...]:
    """Values, each once, and the right one among them."""
    found = dict.fromkeys(values)
    if question.answers and not any(answer in found for answer in question.answers):
        found[question.answers[0]] = None
    return tuple(found)


def retrieval(corpus: Corpus, seed: int) -> Answerer:
    """Says the sentence of the text that BM25 ranks first for the question."""
    found = sentences([chapter.text for chapter in corpus.chapters], corpus.language)
    ranking = Ranking(found, corpus.language, 'the answerer "retrieval"')
    return lambda question, _: ranking.best(question.question)
