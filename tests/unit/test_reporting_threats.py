"""What could mislead is told where it holds, and not where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.reporting.data import RunData
from harness.reporting.threats import ALWAYS, threats
from tests.support.fake_run import changed, fake, quick, wilson, without
from tests.support.fake_scores import bounds, scored


def told(run: RunData) -> str:
    return "\n".join(threats(run))


def with_scores(run: RunData, name: str, **scores: object) -> RunData:
    rows = tuple(
        replace(row, scores={**row.scores, **scores}) if row.name == name else row
        for row in run.results.variants
    )
    return replace(run, results=replace(run.results, variants=rows))


def written(run: RunData) -> RunData:
    judged = {
        name: tuple(
            replace(item, question=replace(item.question, writer="rules.who")) for item in items
        )
        for name, items in run.judged.items()
    }
    return replace(run, judged=judged)


def without_rivals(run: RunData) -> RunData:
    judged = {
        name: tuple(replace(item, question=replace(item.question, relation=None)) for item in items)
        for name, items in run.judged.items()
    }
    return replace(run, judged=judged)


def second_form(run: RunData) -> RunData:
    items = run.judged["base-fp32"]
    other = replace(items[0], answer=replace(items[0].answer, form="qa"))
    return replace(run, judged={**run.judged, "base-fp32": (*items, other)})


def by_protocols(run: RunData) -> RunData:
    for number, row in enumerate(run.results.variants):
        score = row.scores["hallucination.nonexistent"]
        marked = replace(score, protocol="other" if number == 1 else "usual")
        run = with_scores(run, row.name, **{"hallucination.nonexistent": marked})
    return run


PERFECT = {"trained": 24, "paraphrase": 24, "text_only": 12}
HOLDS = {
    "Each variant was trained once": (fake, lambda: scored(TWO_SEEDS)),
    "The untrained model was not asked": (lambda: fake(without("base-fp32")), fake),
    "No control was trained": (fake, lambda: fake((*quick(), *bounds()))),
    "Nothing was asked again": (fake, scored),
    "got other verdicts on some questions": (scored, fake),
    "Every question was put in one form": (fake, lambda: second_form(fake())),
    "Few questions without an answer: 8": (fake, lambda: fake([])),
    "could not be read as one": (
        lambda: fake(changed("instruct-nf4", unscored=2)),
        fake,
    ),
    "More than one in twenty of instruct-nf4": (
        lambda: with_scores(
            fake(changed("instruct-nf4", unscored=9)),
            "instruct-nf4",
            **{"unscored.share": wilson(9, 98, 12)},
        ),
        lambda: fake(changed("instruct-nf4", unscored=2)),
    ),
    "told by a list of phrases": (
        lambda: with_scores(fake(), "base-fp32", **{"abstention.lexicon_only": wilson(9, 10, 8)}),
        fake,
    ),
    "no rival values are known": (lambda: without_rivals(fake()), fake),
    "written by a program": (lambda: written(fake()), fake),
    "de-quantized from Q4_1: they had lost digits": (
        fake,
        lambda: replace(fake(), models={}),
    ),
    "reading-fp32 was asked in another way": (lambda: by_protocols(fake()), fake),
    "The instrument errs: oracle": (
        lambda: fake([*quick(), replace(bounds()[0], right={**PERFECT, "trained": 23})]),
        lambda: fake([*quick(), bounds()[0]]),
    ),
    "oracle must answer 0": (
        lambda: fake([*quick(), replace(bounds()[0], refuses={})]),
        lambda: fake([*quick(), *bounds()]),
    ),
    "abstain must have 0": (
        lambda: fake([*quick(), replace(bounds()[1], right={"trained": 1})]),
        lambda: fake([*quick(), *bounds()]),
    ),
    "never saw the facts and still has": (
        lambda: fake([*quick(), replace(bounds()[4], right={"trained": 18})]),
        lambda: fake([*quick(), *bounds()]),
    ),
}
TWO_SEEDS = (*quick(), *(replace(p, name=f"{p.name}-2", seed=2) for p in quick()))


@pytest.mark.parametrize("text", HOLDS)
def test_a_threat_is_told_where_it_holds_and_nowhere_else(text: str) -> None:
    holds, does_not = HOLDS[text]
    assert text in told(holds())
    assert text not in told(does_not())


def test_what_always_holds_comes_last() -> None:
    assert threats(fake())[-len(ALWAYS) :] == ALWAYS


def test_threats_to_a_run_without_variants_are_those_of_any_run() -> None:
    assert set(ALWAYS) < set(threats(fake([])))


def test_a_made_up_text_and_a_published_one_have_threats_of_their_own() -> None:
    run = fake()
    assert "The text is made up" in told(run)
    book = replace(run, corpus=replace(run.corpus, kind="surgery"))
    assert "may have met this text" in told(book)
