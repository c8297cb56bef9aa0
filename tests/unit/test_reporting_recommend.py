"""A variant is recommended on what is shown about it, or none is and what would decide is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from harness.reporting.headline import sentences
from harness.reporting.labels import HALF_LETTER, placed, said
from harness.reporting.palette import LIGHT
from harness.reporting.recommend import by_memory, choose, front, needed, reasons
from harness.reporting.recommend_field import Candidate, Field
from harness.reporting.recommend_run import advice
from harness.reporting.section_use import Use, to_use
from harness.reporting.shares import OUTCOMES
from harness.stats.contrast import Outcomes
from tests.support.fake_run import Persona, changed, fake, quick
from tests.support.fake_scores import scored

N = 200
GB = 1e9


def candidate(
    name: str,
    right: int,
    invents: int = N // 2,
    peak: float | None = 2 * GB,
    *,
    n: int = N,
    rotate: int = 0,
    speeds: tuple[float, ...] = (),
) -> Candidate:
    """So many of `n` questions right, each about an entity of its own."""
    return Candidate(
        name=name,
        knows=Outcomes({str(at): (at + rotate) % n < right for at in range(n)}),
        invents=Outcomes({f"x{at}": at < invents for at in range(n // 2)}),
        peak=peak,
        speeds=speeds,
    )


def field(*candidates: Candidate) -> tuple[Field, tuple[str, ...]]:
    return Field(candidates), tuple(each.name for each in candidates)


def test_a_dominated_variant_is_never_named() -> None:
    arena, names = field(
        candidate("best", 180), candidate("worse", 100, peak=3 * GB), candidate("last", 60)
    )
    assert front(arena, names) == ("best",)
    choice = choose(arena, names)
    assert choice.use == "best"
    assert {*choice.careful, *choice.equal, *choice.undecided} == set()
    assert {each.loser: each.winner for each in reasons(arena, names)} == {
        "worse": "best",
        "last": "best",
    }


def test_a_cheaper_variant_wins_where_it_cannot_be_noticeably_worse() -> None:
    arena, names = field(candidate("large", 180, peak=6 * GB), candidate("small", 179, peak=2 * GB))
    assert choose(arena, names).use == "small"
    assert reasons(arena, names)[0].better_at == ("memory",)


def test_intervals_that_overlap_too_much_give_no_recommendation() -> None:
    few = 24
    arena, names = field(
        candidate("large", 16, peak=6 * GB, n=few),
        candidate("small", 14, peak=2 * GB, n=few, rotate=5),
    )
    choice = choose(arena, names)
    assert choice.use is None
    assert choice.undecided == ("large", "small")
    assert choice.questions is not None
    assert choice.questions > few


def test_about_as_many_questions_as_are_said_to_decide_do_decide() -> None:
    def pair(n: int) -> tuple[Candidate, Candidate]:
        large = candidate("large", round(0.7 * n), peak=6 * GB, n=n)
        return large, candidate("small", round(0.64 * n), n=n, rotate=n // 6)

    arena, names = field(*pair(60))
    assert choose(arena, names).use is None
    enough = needed(arena, "large", "small")
    assert choose(*field(*pair(enough * 3 // 2))).use is not None
    assert choose(*field(*pair(enough // 3))).use is None


def test_memory_counts_only_beyond_what_two_runs_of_one_variant_differ_by() -> None:
    arena, names = field(candidate("a", 150, peak=2.00 * GB), candidate("b", 150, peak=2.05 * GB))
    assert not arena.needs_less("a", "b")
    assert front(arena, names) == names
    assert choose(arena, names).equal == ("b",)
    tiny, _ = field(candidate("a", 150, peak=10e6), candidate("b", 150, peak=14e6))
    assert not tiny.needs_less("a", "b")


def test_unmeasured_memory_is_no_advantage_and_fits_nowhere() -> None:
    arena, names = field(candidate("known", 150), candidate("unknown", 150, peak=None))
    assert not arena.needs_less("known", "unknown")
    assert not arena.needs_less("unknown", "known")
    classes = by_memory(arena, names)
    assert [(each.limit_gb, each.fits) for each in classes] == [(2, ("known",)), (None, names)]


def test_only_memory_that_separates_variants_makes_a_class() -> None:
    arena, names = field(
        candidate("small", 120, peak=3 * GB),
        candidate("middle", 160, peak=7.5 * GB),
        candidate("large", 195, peak=30 * GB),
    )
    classes = by_memory(arena, names)
    assert [each.limit_gb for each in classes] == [4, 8, 40]
    assert [each.choice.use for each in classes] == ["small", "middle", "large"]


def test_no_limit_lies_between_peaks_that_two_runs_of_one_variant_could_swap() -> None:
    light = candidate("nf4", 150, peak=0.972 * GB)
    heavy = candidate("bf16", 195, peak=1.001 * GB)
    exact, names = field(light, heavy)
    assert [each.limit_gb for each in by_memory(exact, names)] == [2]
    far = replace(heavy, peak=1.2 * GB)
    assert [each.limit_gb for each in by_memory(*field(light, far))] == [1, 2]
    noisy = field(replace(light, noise=0.5), replace(far, noise=0.08))
    assert [each.limit_gb for each in by_memory(*noisy)] == [2]
    assert not noisy[0].needs_less("nf4", "bf16")
    clear = field(replace(light, noise=0.5), replace(far, noise=0.08, peak=1.5 * GB))
    assert [each.limit_gb for each in by_memory(*clear)] == [1, 2]


def test_peaks_on_a_processor_are_noisy_and_those_of_a_gpu_are_not() -> None:
    run = fake()
    environment = {**run.results.environment, "device": "cuda"}
    for device, noise in (("cpu", (0.08, 0.5)), ("cuda", (0.0, 0.0))):
        results = replace(run.results, environment={**environment, "device": device})
        found = advice(results, run.judged).field.candidates
        assert (found["instruct-fp32"].noise, found["instruct-nf4"].noise) == noise


def test_who_invents_less_is_named_beside_who_knows_more() -> None:
    arena, names = field(candidate("knows", 190, invents=100), candidate("refuses", 150, invents=9))
    choice = choose(arena, names)
    assert (choice.use, choice.careful) == ("knows", ("refuses",))


def test_a_speed_of_one_process_is_no_evidence_and_a_clear_ratio_of_five_is() -> None:
    slow, fast = (100.0, 101.0, 99.0, 102.0, 98.0), (160.0, 158.0, 161.0, 159.0, 162.0)
    once, _ = field(candidate("a", 150, speeds=fast[:1]), candidate("b", 150, speeds=slow[:1]))
    assert not once.is_faster("a", "b")
    often, names = field(candidate("a", 150, speeds=fast), candidate("b", 150, speeds=slow))
    assert often.is_faster("a", "b")
    assert choose(often, names).use == "a"
    near = tuple(1.05 * each for each in slow)
    close, _ = field(candidate("a", 150, speeds=near), candidate("b", 150, speeds=slow))
    assert not close.is_faster("a", "b")


def test_nobody_is_recommended_among_nobody() -> None:
    assert choose(Field(()), ()).use is None


def used(personas: tuple[Persona, ...], **corpus: object) -> tuple[Use, dict[str, str]]:
    run = fake(personas)
    found = to_use(run)
    assert found is not None
    told = {each.key: each.text for each in sentences(run.results, run.judged, run.models)}
    return found, told


def test_the_first_screen_says_what_to_use_what_it_costs_and_what_is_wrong() -> None:
    poor = tuple(
        replace(each, right={"trained": 24}) if each.name == "instruct-nf4" else each
        for each in changed("mixed-nf4", right={"trained": 24, "paraphrase": 24, "text_only": 4})
    )
    four = tuple(e for e in poor if e.name in ("base-fp32", "instruct-nf4", "mixed-nf4"))
    found, told = used(four)
    assert found.settled
    assert told["use"].startswith(
        "mixed-nf4 (trained on the text and on questions, 4-bit weights). It answers 48 of 48 "
        "questions on what it was taught, more than any other."
    )
    assert told["costs"].startswith("810\u00a0MB of memory while ")
    assert "invents or plays along with a false claim on 36 of 36 that have none" in told["still"]
    assert "there is no answer" in told["still"]


def test_the_example_is_a_wrong_answer_to_a_taught_question_where_there_is_one() -> None:
    _, told = used(quick())
    assert "misses 8 of 48 questions on what it was taught" in told["still"]
    assert "; right is “" in told["still"]


def test_where_nothing_settles_it_the_sentence_says_what_would() -> None:
    _, told = used(tuple(e for e in quick() if e.name in ("instruct-fp32", "instruct-nf4")))
    assert told["use"].startswith("not settled. Which knows most, this run cannot tell: of 48 ")
    assert "questions, on more names, would tell." in told["use"]
    assert told["costs"] == "instruct-fp32 1,238\u00a0MB and instruct-nf4 810\u00a0MB of memory " \
        "at the highest, while training."  # fmt: skip


def test_nothing_is_recommended_where_nobody_learned_enough() -> None:
    hopeless = tuple(replace(each, right={}) for each in quick())
    found, told = used(hopeless)
    assert told["use"].startswith("nothing from this run yet")
    assert "still" not in told
    assert found.rows == ()
    assert all("is not shown to know more" in reason for _, reason in found.left_out)


def test_floors_ceilings_controls_and_the_untrained_are_no_candidates() -> None:
    run = scored()
    names = set(advice(run.results, run.judged).groups)
    assert names
    assert not names & {"oracle", "abstain", "majority", "retrieval", "base-fp32"}
    assert not any("other_world" in name or "shuffled" in name for name in names)


def tagged(place: str, *names: str) -> tuple[Use, set[str]]:
    """The run of two variants of which those are asked with the source tag."""
    run = fake((*(e for e in quick() if e.name in ("base-fp32", "instruct-fp32")), TAGGED))
    rows = tuple(
        replace(row, config={**row.config, "prompt": {"source_tag": place, "system": ""}})
        if row.name in names
        else row
        for row in run.results.variants
    )
    run = replace(run, results=replace(run.results, variants=rows))
    found = to_use(run)
    assert found is not None
    return found, set(advice(run.results, run.judged).groups)


TAGGED = Persona(
    name="tagged", recipe="instruct", right={"trained": 24, "paraphrase": 24}, weights=100e6
)


def test_a_variant_that_is_tagged_for_comparison_is_never_recommended() -> None:
    found, names = tagged("both", "tagged")
    assert names == {"instruct-fp32"}
    assert ("tagged", "differs from instruct-fp32 only in the source tag") in [
        (name, reason.split(",")[0]) for name, reason in found.left_out
    ]


def test_a_variant_that_needs_the_tag_says_so() -> None:
    found, names = tagged("question", "tagged", "instruct-fp32")
    assert "tagged" in names or "instruct-fp32" in names
    assert all("ask with the source tag" in row.name for row in found.rows)


def test_a_perturbed_twin_is_no_candidate() -> None:
    run = fake()
    rows = tuple(
        replace(row, config={**row.config, "perturb": 0.001}) if row.name == "mixed-nf4" else row
        for row in run.results.variants
    )
    assert "mixed-nf4" not in advice(replace(run.results, variants=rows), run.judged).groups


@pytest.mark.parametrize("trainings", [1, 3])
def test_trainings_that_differ_in_nothing_but_the_seed_are_one_candidate(trainings: int) -> None:
    personas = (
        quick()[0],
        *(
            Persona(
                name=f"instruct-nf4-s{seed}",
                recipe="instruct",
                quantization="nf4",
                seed=seed,
                right={"trained": 24, "paraphrase": 20},
            )
            for seed in range(1, trainings + 1)
        ),
    )
    run = fake(personas)
    found = advice(run.results, run.judged)
    name = "instruct-nf4" if trainings > 1 else "instruct-nf4-s1"
    assert list(found.groups) == [name]
    assert len(found.candidate(name).knows) == 48 * trainings


def test_memory_in_which_nothing_else_is_chosen_has_no_row() -> None:
    pair = ("base-fp32", "instruct-fp32", "instruct-nf4")
    same, _ = used(tuple(e for e in quick() if e.name in pair[:2]))
    assert same.classes == ()
    assert same.memory == "All of them fit into 2\u00a0GB of memory."
    two, _ = used(tuple(e for e in quick() if e.name in pair))
    assert [row.limit for row in two.classes] == ["up to 1\u00a0GB", "up to 2\u00a0GB"]
    assert two.classes[0].most == "instruct-nf4"
    assert two.classes[0].lost.startswith("instruct-nf4 against instruct-fp32: right answers −6")
    assert two.classes[1].most == "not settled between instruct-fp32 and instruct-nf4"


def test_no_cell_of_the_table_by_memory_is_a_dash() -> None:
    pair = ("base-fp32", "instruct-fp32", "instruct-nf4")
    always, _ = used(tuple(e for e in quick() if e.name in pair))
    assert {row.careful for row in always.classes} == {"none here refuses"}
    assert always.classes[-1].lost == "nothing: the choice is the same without a limit"
    some = [replace(e, refuses={"unstated": 2}) if e.name == pair[2] else e for e in quick()]
    sometimes, _ = used(tuple(e for e in some if e.name in pair))
    assert [row.careful for row in sometimes.classes] == [
        "instruct-nf4",
        "none is shown to invent less",
    ]


def test_whoever_leads_says_whom_it_beats() -> None:
    found, _ = used(quick())
    said = {row.name: row.best_at for row in found.rows}
    others = "instruct-fp32, instruct-int8, instruct-nf4 and mixed-nf4"
    assert said["instruct-abstain-nf4"] == f"fewer inventions than {others}"
    assert said["instruct-fp32"].startswith("more right answers (not shown against instruct-")
    assert said["instruct-nf4"] == "not shown to be worse than any"


def test_memory_says_when_it_is_highest() -> None:
    found, told = used(tuple(e for e in quick() if e.name in ("base-fp32", "instruct-nf4")))
    assert found.rows[0].peak.note == "training"
    assert "of memory while training (" in told["costs"]


def test_kinds_of_inventions_differ_in_grey_too() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    greys = [light(LIGHT[kind]) for kind in OUTCOMES]
    assert greys == sorted(greys)
    assert all((b + 0.05) / (a + 0.05) > 1.2 for a, b in pairwise(greys))


def test_labels_of_near_dots_do_not_touch() -> None:
    dots = [(0.2 + 0.02 * at // 3, 1.0) for at in range(12)] + [(0.3, 0.99), (0.31, 0.5)]
    found = placed(dots)
    assert sorted(number for numbers, _ in found for number in numbers) == list(range(1, 15))
    boxes = [(x, y, HALF_LETTER * len(said(n))) for n, (x, y) in found]
    for at, (x, y, half) in enumerate(boxes):
        for other_x, other_y, other in boxes[at + 1 :]:
            assert abs(x - other_x) > half + other or abs(y - other_y) > 0.04
