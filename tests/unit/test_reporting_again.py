"""Refusing on pairs, asking again, and what flips are worth beside the noise of asking again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.records import Score, VariantResult
from harness.reporting import section_levels, section_pairs, section_repeats
from harness.reporting.data import RunData, gather
from harness.reporting.headline import sentences
from harness.reporting.report import render
from harness.reporting.section_repeats import beyond, noise_said
from harness.scoring import abstention
from harness.scoring.material import Material
from harness.storage.jsonl import write_jsonl
from tests.support.fake_run import changed, fake, quick, wilson
from tests.support.fake_scores import LEARNED, graded, scored
from tests.support.run_folder import write_run


@pytest.fixture(scope="module")
def run() -> RunData:
    return scored()


def quadrant(run: RunData, name: str) -> section_pairs.Quadrant:
    return next(each for each in section_pairs.quadrants(run) if each.name == name)


def test_the_two_by_two_counts_both_kinds_of_question_and_keeps_the_unreadable_apart() -> None:
    persona = changed(
        "instruct-abstain-nf4",
        refuses={"nonexistent": 6, "near_miss": 0, "unstated": 7, "text_only": 8},
        unscored=3,
    )
    found = quadrant(fake(persona), "instruct-abstain-nf4")
    assert section_pairs.COLUMNS == ("answered right", "answered wrong", "withheld", "not readable")
    assert [cell.text for cell in found.answerable] == ["32/36", "0/36", "0/36", "4/36"]
    assert [cell.text for cell in found.unanswerable] == ["–", "23/36", "13/36", "0/36"]
    assert found.unanswerable[0].note == "impossible"


def test_the_two_by_two_counts_the_pairs_that_abstention_is_scored_on() -> None:
    run = fake()
    for row in run.results.variants:
        judged = run.judged[row.name]
        material = Material(
            corpus=run.corpus, judged=tuple(i for i in judged if not i.question.aside)
        )
        expected = abstention.scores(material).get("abstention.recall")
        pairs = section_pairs.pairs_of(judged)
        assert len(pairs) == (expected.n if expected else 0), row.name
        if expected:
            withheld = sum(section_pairs.outcome(question) == "withheld" for question, _ in pairs)
            assert withheld / len(pairs) == expected.value


def test_the_untrained_model_was_taught_no_answer_and_has_no_two_by_two(run: RunData) -> None:
    names = [each.name for each in section_pairs.quadrants(run)]
    assert "base-fp32" not in names
    assert names.index("mixed-nf4") < names.index("oracle")
    assert quadrant(run, "oracle").side == "ceiling"


def test_refusing_on_pairs_is_told_in_words(run: RunData) -> None:
    said = section_pairs.sentences(section_pairs.quadrants(run))
    assert len(said) == 2
    assert said[0].startswith("instruct-abstain-nf4: of 36 questions that it can answer it")
    assert "When it refuses, it is right to in 13 of 13 cases." in said[0]
    assert said[1].startswith("raw_text-nf4, instruct-fp32, instruct-int8, instruct-nf4 and mixed")
    assert "never refuse" in said[1]
    assert not any(word in " ".join(said) for word in ("oracle", "other_world"))


def test_a_reply_that_cannot_be_read_is_told_apart_from_a_refusal() -> None:
    persona = changed("instruct-abstain-nf4", refuses={"nonexistent": 6}, unscored=3)
    said = quadrant(fake(persona), "instruct-abstain-nf4").sentence
    assert "could not be read as either" in said


def with_noise(noise: Score | None, excess: Score | None) -> tuple[VariantResult, VariantResult]:
    run = fake()
    row, reference = run.variant("instruct-nf4"), run.variant("instruct-fp32")
    if noise is not None:
        reference = replace(reference, scores={"determinism.noise": noise})
    if excess is not None:
        row = replace(row, scores={"quantization.excess": excess})
    return row, reference


def test_flips_within_the_noise_are_said_not_to_rise_above_it() -> None:
    row, reference = with_noise(wilson(1, 60, 12), graded(4 / 60, 0.08, 60))
    assert beyond(row, reference, 60) == (
        "flips do not visibly rise above the noise of asking again, which changes 1 of 60"
    )


def test_flips_beyond_the_noise_are_counted() -> None:
    row, reference = with_noise(wilson(2, 60, 12), graded(18 / 60, 0.08, 60))
    assert beyond(row, reference, 60) == (
        "18 of 20 flips are beyond the noise; asking again changes 2 of 60"
    )


def test_noise_of_a_sample_is_held_against_the_flips_of_that_sample() -> None:
    row, reference = with_noise(wilson(1, 20, 8), graded(9 / 20, 0.1, 20))
    assert beyond(row, reference, 60) == (
        "9 of 10 flips on the 20 questions asked again are beyond the noise; "
        "asking again changes 1 of 20"
    )


def test_noise_that_was_not_measured_is_not_taken_to_be_none() -> None:
    unmeasured = "noise of asking again: not measured"
    assert beyond(*with_noise(None, None), 60) == unmeasured
    assert beyond(*with_noise(wilson(1, 60, 12), None), 60) == unmeasured
    row, _ = with_noise(None, graded(0.1))
    assert beyond(row, None, 60) == unmeasured
    page = render(fake())
    assert page.count("asking again changes was not measured") == 1  # and not in every row
    assert unmeasured not in page
    assert 'id="repeats"' not in page


def test_the_sentence_on_four_bits_names_the_noise_where_it_is_known(run: RunData) -> None:
    told = {each.key: each.text for each in sentences(run.results, run.judged, run.models)}
    assert (
        "Flips do not visibly rise above the noise of asking again, which changes 1 of 60."
        in told["four_bits"]
    )
    plain = fake()
    told = {each.key: each.text for each in sentences(plain.results, plain.judged)}
    assert "noise" not in told["four_bits"]


def test_flips_beyond_the_noise_are_not_told_as_no_change(run: RunData) -> None:
    rows = tuple(
        replace(row, scores={**row.scores, "quantization.excess": graded(5 / 60, 0.04, 60)})
        if row.name == "instruct-nf4"
        else row
        for row in run.results.variants
    )
    results = replace(run.results, variants=rows)
    (bits,) = [e for e in sentences(results, run.judged, run.models) if e.key == "four_bits"]
    assert bits.lead == "4 bits change answers, at no net cost that this run could show."
    assert "5 of 6 flips are beyond the noise; asking again changes 1 of 60." in bits.text


def test_every_variant_at_two_levels_is_held_against_its_own_reference() -> None:
    refusing = next(each for each in quick() if each.name == "instruct-abstain-nf4")
    exact = replace(refusing, name="instruct-abstain-fp32", quantization="fp32", skip=3)
    found = section_levels.comparisons(fake((*quick(), exact)))
    assert {(each.reference.name, each.row.name) for each in found} == {
        ("instruct-fp32", "instruct-int8"),
        ("instruct-fp32", "instruct-nf4"),
        ("instruct-abstain-fp32", "instruct-abstain-nf4"),
    }
    rows = {row.name: row for row in section_levels.level_rows(fake((*quick(), exact)))}
    assert rows["instruct-abstain-fp32"].flips == "reference"
    assert "of 60" in rows["instruct-abstain-nf4"].flips


def test_every_flip_is_listed_with_both_answers_side_by_side(run: RunData) -> None:
    listed = section_levels.flipped(run)
    for each in section_levels.comparisons(run):
        own = [flip for flip in listed if flip.level == each.row.name]
        assert len(own) == each.change.flips > 0
        then = {i.question.question: i.answer.text for i in run.judged[each.reference.name]}
        now = {i.question.question: i.answer.text for i in run.judged[each.row.name]}
        for flip in own:
            assert flip.before.startswith(f"{then[flip.question]} (")
            assert flip.after.startswith(f"{now[flip.question]} (")
            assert ("(correct)" in flip.before) == (flip.direction == "lost")


def test_what_a_fresh_process_changes_is_told_in_words(run: RunData) -> None:
    row = run.variant("instruct-fp32")
    assert noise_said(row) == (
        "asked again in a fresh process, 1 of 60 questions changed between right and not right "
        "(2\u00a0%, 0–9). Flips have to rise above it."
    )
    scores = {**row.scores, "determinism.noise": wilson(0, 60, 12)}
    assert "none of 60 questions changed" in noise_said(replace(row, scores=scores))
    assert "the words differ in 1 of 98 answers" in noise_said(replace(row, scores=scores))
    scores["determinism.process"] = wilson(98, 98, 12)
    assert "same to the last token" in noise_said(replace(row, scores=scores))
    del scores["determinism.noise"]
    assert "not in a fresh process" in noise_said(replace(row, scores=scores))


def test_ways_of_asking_again_come_from_the_least_change_to_the_most(run: RunData) -> None:
    found = section_repeats.repeats(run)
    assert found is not None
    variants = dict(found.variants)
    assert [row.way for row in variants["instruct-fp32"]] == [
        "again in the same process",
        "in a fresh process",
        "one at a time",
        "sampled, temperature 1",
    ]
    _, fresh, alone, drawn = variants["instruct-fp32"]
    assert fresh.same.text == "97/98"
    assert "the largest gap is 0.0013" in fresh.differs
    assert "1 of 6 are ties" in alone.differs
    assert "2.71 different replies" in drawn.drawn
    assert len(found.sentences) == 1, "four variants of whom the same is true"


def test_answers_that_parted_are_shown_with_the_token_and_the_gap(run: RunData) -> None:
    found = section_repeats.repeats(run)
    assert found is not None
    assert len(found.examples) == section_repeats.EXAMPLES < found.parted == 28
    first = found.examples[0]
    assert first.after == f"{first.before} Or so."
    assert first.place == "6"
    assert {each.gap for each in found.examples} == {"a tie", "0.0013"}


def test_what_was_asked_again_is_read_from_the_run_folder(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run")
    assert set(gather(folder).repeated.values()) == {()}
    (path,) = folder.path.glob("variants/instruct-nf4--*")
    answer = scored().repeated["instruct-nf4"][0]
    write_jsonl(path / "repeats.jsonl", [answer])
    assert gather(folder).repeated["instruct-nf4"] == (), "the phase has not ended"
    status = json.loads((path / "status.json").read_text())
    status["phases"]["repeat"] = status["phases"]["answer"]
    (path / "status.json").write_text(json.dumps(status))
    found = gather(folder)
    assert found.repeated["instruct-nf4"] == (answer,)
    assert found.repeated["instruct-fp32"] == ()
    assert "determinism.process" in found.variant("instruct-nf4").scores


def test_a_run_that_was_asked_again_says_what_came_of_it_and_links_to_it(run: RunData) -> None:
    page = render(run)
    assert '<a href="#repeats">Asked again</a>' in page
    assert LEARNED["determinism.process"].n == 98
    public = render(run, public=True)
    assert 'id="repeats"' in public
    assert "Or so." in page
    assert "Or so." not in public
