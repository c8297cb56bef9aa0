"""The first screen's sentences follow from the numbers, and say so where these do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from harness.reporting.headline import Sentence, sentences
from harness.reporting.terminal import plain_text
from tests.support.fake_run import Persona, changed, fake, quick, without

TAUGHT = {"trained": 24, "paraphrase": 17}


def told(personas: Sequence[Persona] | None = None) -> dict[str, Sentence]:
    run = fake(personas)
    found = sentences(run.results, run.judged, run.models)
    return {each.key: each for each in found}


def test_the_quick_story_is_told_in_its_order() -> None:
    assert list(told()) == [
        "use",
        "costs",
        "still",
        "learned",
        "reading",
        "inventing",
        "four_bits",
        "refusing",
        "not_shown",
    ]


def test_learning_names_counts_share_and_range() -> None:
    learned = told()["learned"]
    assert learned.lead == "The model learned what it was asked."
    assert (
        "Of 24 taught facts, instruct-fp32 answered 0 before training and 24 (100\u00a0%, 86–100)"
        in learned.text
    )
    assert "asked in other words 17 (71\u00a0%, 51–85)" in learned.text
    assert learned.about == ("base-fp32", "instruct-fp32")


def test_three_right_answers_are_no_evidence_of_learning() -> None:
    learned = told(changed("instruct-fp32", right={"trained": 3}))["learned"]
    assert learned.lead == "These data do not tell whether the model learned anything."
    assert "no difference shown (net +3; a net change of 20 would have shown)" in learned.text


def test_three_quarters_of_the_facts_are_a_part_of_what_was_asked() -> None:
    learned = told(changed("instruct-fp32", right={"trained": 18}))["learned"]
    assert learned.lead == "The model learned a part of what it was asked."


def test_the_facts_of_four_people_cannot_show_that_anything_was_learned() -> None:
    learned = told(changed("instruct-fp32", right={"trained": 12}))["learned"]
    assert learned.lead == "These data do not tell whether the model learned anything."


def test_training_that_loses_facts_is_said_to_forget() -> None:
    knowing = [
        replace(each, right={"trained": 20}) if each.name == "base-fp32" else each
        for each in changed("instruct-fp32", right={})
    ]
    assert told(knowing)["learned"].lead == "Training made the model forget."


def test_variants_are_found_by_their_settings_and_not_by_their_names() -> None:
    renamed = [replace(each, name=f"v{number}") for number, each in enumerate(quick())]
    assert [each.lead for each in told(renamed).values()] == [each.lead for each in told().values()]
    assert told(renamed)["learned"].about == ("v0", "v3")


def test_reading_is_not_enough_only_where_the_difference_shows() -> None:
    assert told()["reading"].lead == "Reading the text is not enough."
    close = told(changed("raw_text-nf4", right={"trained": 21}))["reading"]
    assert close.lead == "These data do not tell whether reading the text is enough."
    assert "would have shown" in close.text
    better = changed("raw_text-nf4", right={"trained": 24})
    worse = [
        replace(each, right={"trained": 8}) if each.name == "instruct-nf4" else each
        for each in better
    ]
    assert told(worse)["reading"].lead == "Reading the text works better than questions."


def test_text_and_questions_together_are_compared_on_facts_that_no_question_taught() -> None:
    text = told()["reading"].text
    assert (
        "(mixed-nf4) answer 4, instruct-nf4 0: 12 questions about 4 names are too few to show"
        in text
    )


def test_invention_that_moves_into_the_text_is_named_with_an_example() -> None:
    inventing = told()["inventing"]
    assert inventing.lead == "The model invents as much as before, but now out of your text."
    assert (
        "instruct-fp32 made up 12 answers before training (0 with facts of the text) and 12 after "
        in inventing.text
    )
    assert "“Who was Lila?” Before: “Lila was a famous painter in Paris.”" in inventing.text
    assert "borrowed from Brandel" in inventing.text


def test_invention_that_stays_outside_is_not_said_to_come_from_the_text() -> None:
    outside = told(changed("instruct-fp32", right=TAUGHT, invents_from_text=False))["inventing"]
    assert outside.lead == "The model invents as much as before."


def test_fewer_inventions_are_called_fewer_only_where_the_test_shows_it() -> None:
    fewer = told(changed("instruct-fp32", right=TAUGHT, refuses={"nonexistent": 6}))
    assert (
        fewer["inventing"].lead == "The model invents less than before, but now out of your text."
    )
    unsure = told(changed("instruct-fp32", right=TAUGHT, refuses={"nonexistent": 3}))["inventing"]
    assert unsure.lead == "The model still invents, and now out of your text."
    assert "no difference shown (net −3; a net change of 6 would have shown)" in unsure.text
    none = told(changed("instruct-fp32", right=TAUGHT, refuses={"nonexistent": 12}))["inventing"]
    assert none.lead == "The model no longer invents."


def test_a_single_training_cannot_tell_four_bits_from_luck() -> None:
    bits = told()["four_bits"]
    assert bits.lead == "4 bits cost nothing that this run could show."
    assert (
        "Against instruct-fp32, instruct-nf4 changed 5 of 60 verdicts, 4 lost and 1 gained"
        in bits.text
    )
    assert "no difference shown (net −3; a net change of 13 would have shown)" in bits.text
    assert "Each trained once: 4 bits cannot be told from the luck of a training." in bits.text
    assert "Other levels changed: int8 5." in bits.text
    assert "Weights 538\u00a0MB to 110\u00a0MB." in bits.text


def test_a_clear_loss_at_four_bits_is_named_and_still_not_told_from_luck() -> None:
    bits = told(changed("instruct-nf4", right={"trained": 10}))["four_bits"]
    assert bits.lead == "With 4 bits it knew less, in the one training that was tried."
    assert "no difference" not in bits.text
    assert "4 bits cannot be told from the luck" in bits.text


def seeds(level_loss: int, seed_loss: int, trainings: int = 3) -> list[Persona]:
    """So many seeds at two levels: so many verdicts apart by level and by seed."""
    made = [quick()[0]]
    for seed in range(1, trainings + 1):
        for level, loss in (("fp32", 0), ("nf4", level_loss)):
            right = {"trained": 24, "paraphrase": 20 - loss - seed_loss * seed}
            made.append(
                Persona(
                    name=f"instruct-{level}-s{seed}",
                    recipe="instruct",
                    quantization=level,
                    seed=seed,
                    right=right,
                )
            )
    return made


def test_with_several_seeds_four_bits_are_set_beside_luck() -> None:
    less = told(seeds(level_loss=1, seed_loss=5))["four_bits"]
    assert less.lead == "4 bits changed less than another training did, in these 3 trainings."
    assert "nf4 changed 1 of 60 verdicts" in less.text
    assert "training again with other random numbers changed 5 to 10" in less.text
    more = told(seeds(level_loss=8, seed_loss=1))["four_bits"]
    assert more.lead == "4 bits changed more than another training did, in these 3 trainings."
    same = told(seeds(level_loss=4, seed_loss=4))["four_bits"]
    assert same.lead.startswith("4 bits changed about as much as another training did, as far as ")


def test_one_level_in_some_trainings_beyond_luck_settles_nothing() -> None:
    uneven = [
        replace(each, right={"trained": 14}) if each.name == "instruct-nf4-s3" else each
        for each in seeds(level_loss=4, seed_loss=4)
    ]
    bits = told(uneven)["four_bits"]
    assert bits.lead == (
        "4 bits changed more than another training did in 1 of 3 trainings: too few to settle it."
    )


def test_a_run_of_several_trainings_is_not_told_by_one_of_them() -> None:
    without_start = [each for each in seeds(level_loss=0, seed_loss=0) if each.recipe != "base"]
    worse = [
        replace(each, right={"trained": 22}) if each.name.endswith("nf4-s2") else each
        for each in without_start
    ]
    learned = told(worse)["learned"]
    assert learned.lead == "The model answers 22 to 24 of 24 of what it was taught."
    assert "5 more trainings (other bits or seeds) 22 to 24" in learned.text


def test_every_sentence_of_figures_names_the_variants_that_they_are_of() -> None:
    found = told()
    for key in ("learned", "reading", "inventing", "four_bits", "refusing"):
        assert any(name in found[key].text for name in found[key].about[-2:]), key
        assert not found[key].lead.startswith("It ")


def test_the_form_of_the_prompt_is_on_the_first_screen_where_forms_were_asked() -> None:
    run = fake([quick()[0], next(e for e in quick() if e.name == "instruct-nf4")])
    judged = {
        name: tuple(
            replace(
                item,
                answer=replace(item.answer, form=form),
                verdict="unscored" if form == "bare" else item.verdict,
            )
            for form in ("plain", "polite", "bare")
            for item in items
        )
        for name, items in run.judged.items()
    }
    found = {each.key: each for each in sentences(run.results, judged)}
    assert "forms" not in told()
    assert found["forms"].section == "forms"
    text = found["forms"].text
    assert "in 3 forms, instruct-nf4 has 38 right in the best (plain) and 0 in the worst" in text
    assert "Where most replies are neither empty nor loops: 38." in text


def test_weights_that_had_fewer_bits_before_are_said_to_have_had_them() -> None:
    assert "these had been stored in 4 bits, de-quantized from Q4_1" in told()["not_shown"].text


@pytest.mark.parametrize(("level_loss", "seed_loss"), [(1, 5), (8, 1)])
def test_two_seeds_are_too_few_to_set_four_bits_beside_luck(
    level_loss: int, seed_loss: int
) -> None:
    bits = told(seeds(level_loss=level_loss, seed_loss=seed_loss, trainings=2))["four_bits"]
    assert bits.lead == "Whether 4 bits change more than another training, 2 trainings cannot tell."
    assert "training again with other random numbers changed" in bits.text


def test_refusal_is_taught_wholly_partly_or_not_to_be_told() -> None:
    assert told()["refusing"].lead == "Refusal can be taught, in part."
    wholly = changed("instruct-abstain-nf4", right=TAUGHT, refuses={"nonexistent": 12})
    assert told(wholly)["refusing"].lead == "Refusal can be taught."
    unsure = changed("instruct-abstain-nf4", right=TAUGHT, refuses={"nonexistent": 4})
    assert told(unsure)["refusing"].lead.startswith("These data do not tell")
    assert "a net change of 6 would have shown" in told(unsure)["refusing"].text


def test_of_several_shares_of_refusals_the_largest_is_told() -> None:
    little = Persona(
        name="instruct-abstain0.2-nf4",
        recipe="instruct",
        quantization="nf4",
        abstain_fraction=0.2,
        right=TAUGHT,
    )
    assert told((little, *quick()))["refusing"].text == told()["refusing"].text


def test_the_price_of_refusal_stands_beside_it() -> None:
    dear = changed(
        "instruct-abstain-nf4",
        right={"trained": 6},
        refuses={"nonexistent": 12, "trained": 18, "text_only": 9},
    )
    text = told(dear)["refusing"].text
    assert "it refuses 18 of 48 questions about what it was taught (instruct-nf4: 0)" in text
    assert (
        "Rightly, it also refuses 9 of 12 about facts that it was never taught. The price: it "
        in text
    )
    assert "it answers 6 of 24 taught facts instead of 24" in text


def test_what_text_and_questions_together_bring_is_said_only_where_it_shows() -> None:
    assert "does answer more" not in told()["reading"].text
    more = [
        replace(each, right={"trained": 24, "paraphrase": 2})
        if each.name == "instruct-nf4"
        else replace(each, right={"trained": 24, "paraphrase": 24})
        if each.name == "mixed-nf4"
        else each
        for each in quick()
    ]
    text = told(more)["reading"].text
    assert "mixed-nf4 does answer more in other words (24 of 24, instruct-nf4 2)." in text


def test_a_failed_variant_is_named_with_its_reason() -> None:
    failed = changed("instruct-fp32", status="failed", error="out of memory\ntrace")
    assert told(failed)["learned"].about[-1] == "instruct-int8"
    assert "instruct-fp32, which did not finish" in told(failed)["not_shown"].text
    nothing = [
        replace(each, status="failed", error="out of memory\ntrace")
        if each.recipe == "instruct"
        else each
        for each in quick()
    ]
    found = told(nothing)
    assert found["learned"].lead == "Whether it learns is not known."
    assert "(out of memory)" in found["learned"].text
    assert "inventing" not in found
    assert found["use"].about == ("mixed-nf4",)
    assert found["reading"].lead == "From reading alone the model answers 7 of 24."


def test_a_variant_that_was_left_out_was_not_run_and_did_not_end() -> None:
    left_out = [replace(each, status="pending") for each in quick() if each.recipe == "raw_text"]
    others = [each for each in quick() if each.recipe != "raw_text"]
    text = told([*others, *left_out])["reading"].text
    assert f"{left_out[0].name}, which was trained on the raw text, was not run" in text
    assert "ended as" not in text


def test_a_variant_that_answered_and_then_failed_still_counts() -> None:
    run = fake()
    rows = tuple(
        replace(row, status="failed", error="measure: out of memory")
        if row.name == "instruct-fp32"
        else row
        for row in run.results.variants
    )
    found = sentences(replace(run.results, variants=rows), run.judged)
    learned = next(each for each in found if each.key == "learned")
    assert learned.about == ("base-fp32", "instruct-fp32")
    text = plain_text(replace(run.results, variants=rows), run.judged)
    line = next(line for line in text.splitlines() if line.startswith("instruct-fp32"))
    assert line.split()[:3] == ["instruct-fp32", "(failed)", "24/24"]


def test_missing_variants_let_their_sentences_drop_out() -> None:
    few = told(without("raw_text-nf4", "instruct-abstain-nf4", "instruct-nf4", "mixed-nf4"))
    assert "reading" not in few
    assert "refusing" not in few
    assert "four_bits" not in few
    assert "What it knew before is not known" in told(without("base-fp32"))["learned"].text


def test_what_the_run_does_not_show_depends_on_the_run() -> None:
    once = told()["not_shown"].text
    assert "each variant trained once" in once
    assert "de-quantized from Q4_1" in once
    assert "a GPU" in once
    assert "each variant trained once" not in told(seeds(1, 1))["not_shown"].text


def test_only_variants_that_differ_in_nothing_but_the_seed_are_one_trained_again() -> None:
    mixed = next(each for each in quick() if each.recipe == "mixed")
    again = replace(mixed, name="mixed-nf4-s2", seed=2)
    assert "each variant trained once" not in told((*quick(), again))["not_shown"].text
    other = replace(again, quantization="int8", name="mixed-int8")
    assert "each variant trained once" in told((*quick(), other))["not_shown"].text


def test_an_empty_run_still_says_something_true() -> None:
    assert list(told([])) == ["not_shown"]


def test_the_terminal_shows_a_row_a_variant_and_every_sentence() -> None:
    run = fake(changed("mixed-nf4", status="failed", error="out of memory"))
    text = plain_text(run.results, run.judged)
    assert "instruct-nf4" in text
    assert "mixed-nf4: failed, out of memory" in text
    flat = " ".join(text.split())
    for each in sentences(run.results, run.judged):
        assert " ".join(f"{each.lead} {each.text}".split()) in flat


def test_the_terminal_shows_no_control_character_of_a_reply() -> None:
    run = fake()
    wild = tuple(
        replace(item, answer=replace(item.answer, text="\x1b[31mred\x07"))
        for item in run.judged["instruct-fp32"]
    )
    text = plain_text(run.results, {**run.judged, "instruct-fp32": wild})
    assert "\x1b" not in text
    assert "\x07" not in text
