"""Every score of a run has a place, a definition and its floor; what was not asked has none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from harness import catalog
from harness.records import Score
from harness.reporting import section_scores
from harness.reporting.definitions import DEFINITIONS, anchor, name_of, shown
from harness.reporting.report import render
from harness.reporting.score_tables import cell, figure
from tests.support.fake_run import fake, wilson
from tests.support.fake_scores import graded, scored


@pytest.fixture(scope="module")
def page() -> str:
    return render(scored())


def declared() -> list[str]:
    return [name for spec in catalog.specs("score").values() for name in spec.options]


def test_every_score_that_a_family_declares_is_defined() -> None:
    assert [name for name in declared() if name_of(name) is None] == []


def test_every_definition_is_of_a_score_that_some_family_declares() -> None:
    names = {name_of(name) for name in declared()}
    assert [name for name in DEFINITIONS if name not in names] == []


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_definition_is_one_to_three_sentences_with_its_bounds(name: str) -> None:
    says, limits = DEFINITIONS[name]
    sentences = re.findall(r"[.!?](?= [A-Z0-9]|$)", says)
    assert 2 <= len(sentences) <= 3, says
    assert limits.endswith(".")


@pytest.mark.parametrize(
    ("score", "name"),
    [
        ("recall.trained", "recall.trained"),
        ("recall.trained.all_wordings", "recall.PROBE.all_wordings"),
        ("unshown.correct.text_only", "unshown.VERDICT.PROBE"),
        ("hallucination.near_miss.kinds.echo", "hallucination.PROBE.kinds.KIND"),
        ("likelihood.gold.two_hop", "likelihood.SCORE.PROBE"),
        ("likelihood.top1.chance", "likelihood.top1.chance"),
        ("selective.score_75", "selective.score_N"),
        ("determinism.batch_16", "determinism.batch_SIZE"),
        ("sensitivity.form.qa", "sensitivity.form.FORM"),
        ("somebody.elses", None),
    ],
)
def test_a_score_is_found_under_the_name_it_is_defined_by(score: str, name: str | None) -> None:
    assert name_of(score) == name


def test_the_method_defines_each_score_of_the_run_once_with_its_items_and_clusters() -> None:
    run = scored()
    found = {each.name: each for each in shown(run)}
    given = {name_of(name) for row in run.results.variants for name in row.scores}
    assert set(found) == given
    assert found["recall.trained"].made_of == "24 items in 8 clusters"
    assert found["determinism.verdicts.HOW"].made_of == "48 to 98 items in 8 to 12 clusters"


def test_a_score_of_a_family_that_was_added_is_listed_all_the_same() -> None:
    run = fake()
    first = run.results.variants[0]
    odd = replace(first, scores={**first.scores, "somebody.elses": wilson(1, 2, 2)})
    rows = (odd, *run.results.variants[1:])
    found = shown(replace(run, results=replace(run.results, variants=rows)))
    assert found[-1].name == "somebody.elses"
    assert "family that was added" in found[-1].says


def test_headings_lead_to_definitions_that_are_on_the_page(page: str) -> None:
    links = re.findall(r'class="defined" href="#([^"]+)"', page)
    assert len(links) > 20
    for link in links:
        assert f'id="{link}"' in page


@pytest.mark.parametrize(
    ("table", "texts"),
    [
        ("likelihood", ["45/48", "chance 17\u00a0%", "0.012", "0 is best, about 1 is not knowing"]),
        ("recite", ["40/48", "38/40", "1/8"]),
        ("selective", ["0.61", "−3.82", "ECE", "no variant visibly does better than saying"]),
        ("distance", ["0.021", "0.00071", "798/812", "0 is best"]),
        ("locality", ["31/40", "6/36", "1.31", "1: no change", "6 of the 36 answers"]),
    ],
)
def test_a_table_holds_the_figures_of_its_scores(page: str, table: str, texts: list[str]) -> None:
    body = page.split(f'<h3 id="{table}">')[1].split("</table>", maxsplit=1)[0]
    for text in texts:
        assert text in body, text


def test_a_run_without_a_score_has_no_table_of_it() -> None:
    assert not any(section_scores.tables(fake()).values())
    page = render(fake())
    for name in ("likelihood", "recite", "tag", "selective", "distance", "locality"):
        assert f'id="{name}"' not in page


def test_who_does_better_than_silence_is_told_only_where_the_range_shows_it() -> None:
    run = scored()

    def said(**values: float) -> str:
        rows = tuple(
            replace(row, scores={"selective.score_50": graded(values[row.name], 0.1)})
            for row in run.results.variants
            if row.name in values
        )
        return section_scores.silence_said(
            replace(run, results=replace(run.results, variants=rows))
        )

    assert said(**{"base-fp32": 0.05}).endswith(
        "no variant visibly does better than saying nothing."
    )
    assert said(**{"base-fp32": -0.5, "mixed-nf4": 0.4}).endswith(
        "mixed-nf4 visibly does better than saying nothing, and base-fp32 visibly does worse."
    )
    assert said() == ""


def test_looser_counts_stand_only_beside_their_floors() -> None:
    run = fake()
    loose = {"diagnostic.f1": graded(0.42)}
    row = replace(run.results.variants[3], scores=loose)
    alone = replace(run, results=replace(run.results, variants=(row,)))
    assert section_scores.tables(alone)["knows"] == ()
    row = replace(row, scores={**loose, "diagnostic.f1.floor": graded(0.4)})
    (table,) = section_scores.tables(replace(run, results=replace(run.results, variants=(row,))))[
        "knows"
    ]
    assert [column.heading for column in table.columns] == ["F1", "F1, untrained"]


def test_a_tag_that_nobody_trained_with_has_no_table_of_zeros() -> None:
    assert all("tag.emitted" in run.scores for run in [scored().variant("instruct-fp32")])
    names = [each.id for each in section_scores.tables(scored())["knows"]]
    assert names == ["likelihood", "recite"]


def test_probabilities_are_also_given_by_kind_of_question() -> None:
    (found,) = [e for e in section_scores.tables(scored())["knows"] if e.id == "likelihood"]
    names = [row.name for row in found.by_probe]
    assert "instruct-nf4: taught, as taught" in names
    assert found.by_probe[0].cells[0].text == "0.91"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.000713, "0.00071"),
        (0.0213, "0.021"),
        (0.5, "0.50"),
        (-3.824, "−3.82"),
        (12345.6, "12,346"),
    ],
)
def test_a_number_has_two_digits_that_say_something(value: float, text: str) -> None:
    assert figure(value) == text


def test_a_score_without_a_range_or_a_value_is_not_given_one() -> None:
    bare = Score(value=0.5, low=None, high=None, n=3, clusters=3)
    assert cell(bare, "graded").note == "–"
    assert cell(replace(bare, value=None), "number").text == "–"


def test_an_anchor_is_that_of_the_definition() -> None:
    assert anchor("selective.score_75") == "score-selective-score_N"
    assert anchor("recall.trained") == "score-recall-trained"


def test_a_number_names_what_it_is_made_of_and_the_answers_behind_it(page: str) -> None:
    table = page.split('<table class="variants')[1].split("</table>", maxsplit=1)[0]
    assert (
        'title="24 items in 8 clusters" data-variant="instruct-fp32" '
        'data-probe="taught, in other words" data-verdict="">17/24' in table
    )
