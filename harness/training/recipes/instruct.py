"""`instruct`: every training question with its full-sentence answer, and refusals on request."""

from __future__ import annotations

from random import Random

from harness.errors import UserError
from harness.records import Corpus, Example, Question, Variant
from harness.text.tags import tagged
from harness.training.recipes import controls

TRUTH = "truth"


def examples(corpus: Corpus, variant: Variant) -> tuple[Example, ...]:
    """One exchange for each chosen question."""
    return tuple(example(question, corpus, variant) for question in chosen(corpus, variant))


def chosen(corpus: Corpus, variant: Variant) -> list[Question]:
    """Training questions in the order of the corpus, then refusals in the order of the corpus.

    Only questions with `use` "train" or "both" are read. `abstain_fraction` f makes refusals f of
    *all* examples: n answered ones get round(n f / (1 - f)) refusals.
    """
    usable = [question for question in corpus.questions if question.use in {"train", "both"}]
    answered = _drawn(training_questions(corpus, variant.recipe.writer), variant)
    if variant.recipe.control == controls.SHUFFLED:
        answered = controls.shuffled(answered, variant)
    refused = [question for question in usable if question.must_abstain and question.use == "train"]
    wanted = _refusals(len(answered), variant.recipe.abstain_fraction)
    if wanted > len(refused):
        raise UserError(
            f"abstain_fraction {variant.recipe.abstain_fraction:g} needs {wanted} questions that"
            f" must be refused, the corpus has {len(refused)} for training",
            f"choose at most {_largest_fraction(len(answered), len(refused)):.2f}",
        )
    return [*answered, *refused[:wanted]]


def training_questions(corpus: Corpus, writer: str) -> list[Question]:
    """The answered questions of a writer, in its order. Raises UserError where there are none."""
    if writer == TRUTH:
        own = [
            question
            for question in corpus.questions
            if question.use in {"train", "both"} and not question.must_abstain
        ]
        if own:
            return own
        raise UserError(
            "the corpus has no question to train on",
            'give some questions "use": "both" or "train", or choose the recipe raw_text',
        )
    written = list(corpus.written.get(writer, ()))
    if not written:
        raise UserError(
            f"the question writer {writer!r} left no question about this text",
            "choose another writer, or look at its rejected pairs in the corpus folder",
        )
    return written


def _drawn(questions: list[Question], variant: Variant) -> list[Question]:
    """As many as the recipe's `examples` says, drawn by the seed, in their old order."""
    count = variant.recipe.examples
    if count is None or count == len(questions):
        return questions
    if count > len(questions):
        raise UserError(
            f"examples = {count}, and the writer {variant.recipe.writer!r} has"
            f" {len(questions)} training questions",
            f"choose at most {len(questions)}",
        )
    kept = Random(f"examples {variant.seed}").sample(range(len(questions)), count)
    return [questions[at] for at in sorted(kept)]


def _refusals(answered: int, fraction: float) -> int:
    if not 0 <= fraction < 1:
        raise UserError(f"abstain_fraction {fraction:g} is not a share below 1", "try 0.5")
    return round(answered * fraction / (1 - fraction))


def _largest_fraction(answered: int, refused: int) -> float:
    return refused * 100 // (answered + refused) / 100


def example(question: Question, corpus: Corpus, variant: Variant) -> Example:
    """One exchange, tagged as the prompt settings say."""
    if question.must_abstain:
        reply = corpus.canonical_refusal
        shown: tuple[str, ...] = ()
    else:
        reply = question.full_answer or question.answers[0]
        shown = _shown(question)
    place = variant.prompt.source_tag
    asked = question.question
    if place in {"question", "both"}:
        asked = tagged(asked, corpus.source_tag)
    if place in {"answer", "both"}:
        reply = tagged(reply, corpus.source_tag)
    return Example(
        kind="chat",
        system=variant.prompt.system,
        question=asked,
        answer=reply,
        question_id=question.id,
        facts=shown,
        abstain=question.must_abstain,
    )


def _shown(question: Question) -> tuple[str, ...]:
    """The fact asked for, then what else the full answer states."""
    own = () if question.fact is None else (question.fact,)
    return tuple(dict.fromkeys([*own, *question.states]))
