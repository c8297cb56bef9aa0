import ast
import hashlib
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import harness
from harness.answering.forms import TAGS_1
from harness.records import Ask, ModelChoice, Prompt, Recipe, Variant
from harness.scoring.judge import JUDGE_VERSION
from harness.scoring.material import Material, scored_answers
from harness.scoring.protocol import forms_digest, protocol
from harness.scoring.results import score_variant
from harness.text.abstention import DETECTOR_VERSION
from harness.text.abstention_more import LEXICON_VERSION
from harness.text.matching import MATCHER_VERSION
from harness.text.normalize import NORMALIZER_VERSION
from tests.validity import worlds

CORPUS = worlds.small_corpus()
VARIANT = Variant(name="a", model=ModelChoice(name="tiny"), recipe=Recipe(name="instruct"))
ROOT = Path(harness.__file__).parent


def under(family="", **changes):
    config = asdict(replace(VARIANT, **changes))
    return protocol(Material(corpus=CORPUS, judged=(), config=config), family)


def test_two_variants_that_are_asked_alike_share_it():
    assert under() == under(name="b", quantization="nf4", recipe=Recipe(name="raw_text"))
    assert len(under()) == 12
    assert int(under(), 16) >= 0


def test_threads_batch_size_and_seed_do_not_enter():
    assert under() == under(threads=4, seed=9, ask=Ask(batch_size=1))


def test_draws_do_not_enter_where_only_greedy_answers_are_scored():
    assert under() == under(ask=Ask(draws=5, temperature=1.0, repeats=("sampled",)))


@pytest.mark.parametrize(
    "changes",
    [
        {"ask": Ask(max_new_tokens=16)},
        {"prompt": Prompt(system="Answer briefly.")},
        {"prompt": Prompt(source_tag="question")},
        {"prompt": Prompt(forms="another-set")},
    ],
)
def test_another_prompt_or_limit_is_another_protocol(changes):
    assert under() != under(**changes)


@pytest.mark.parametrize("forms", ["twelve-1", "tags-1"])
def test_a_set_of_forms_enters_only_where_more_than_the_plain_form_is_scored(forms):
    prompt = Prompt(forms=forms)
    for family in ("recall", "hallucination", "determinism", "likelihood"):
        assert under(family) == under(family, prompt=prompt)
    for family in ("sensitivity", "tag"):
        assert under(family) != under(family, prompt=prompt)


def test_a_set_without_the_plain_form_enters_everywhere(monkeypatch):
    before = under(prompt=Prompt(forms="tags-1"))
    forms_digest.cache_clear()
    monkeypatch.setattr("harness.answering.forms.TAGS_1", TAGS_1[1:])
    try:
        assert under(prompt=Prompt(forms="tags-1")) != before
    finally:
        monkeypatch.undo()
        forms_digest.cache_clear()


@pytest.mark.parametrize("changes", [{"repeat_draws": 9}, {"repeat_sample": 20}])
def test_how_often_and_how_many_were_asked_again_enters_what_is_made_of_it(changes):
    assert under("determinism") != under("determinism", ask=Ask(**changes))
    assert under("recall") == under("recall", ask=Ask(**changes))


def test_the_version_of_one_family_leaves_the_others_alone(monkeypatch):
    before, recall = under("sensitivity"), under("recall")
    monkeypatch.setattr("harness.scoring.protocol.FAMILY_VERSIONS", {"sensitivity": 99})
    assert under("sensitivity") != before
    assert under("recall") == recall


def test_the_wordings_of_a_form_set_enter_and_not_its_name_alone(monkeypatch):
    before = under()
    forms_digest.cache_clear()
    monkeypatch.setattr("harness.answering.prompts.PLAIN", ())
    try:
        assert under() != before
    finally:
        monkeypatch.undo()
        forms_digest.cache_clear()
    assert under() == before


@pytest.mark.parametrize(
    "name", ["NORMALIZER", "MATCHER", "DETECTOR", "LEXICON", "JUDGE", "SCORES"]
)
def test_each_version_enters(monkeypatch, name):
    before = under()
    monkeypatch.setattr(f"harness.scoring.protocol.{name}_VERSION", 99)
    assert under() != before


def test_scores_made_of_draws_depend_on_how_many_there_were():
    answers = [worlds.reply("t0", "potter"), worlds.reply("t0", "potter", draw=1)]
    base = worlds.judge_variant(CORPUS, (), answers)
    config = asdict(VARIANT)
    one, other = (
        Material(corpus=CORPUS, judged=(), config=config, base=said) for said in (base[:1], base)
    )
    assert protocol(one, "strata") != protocol(other, "strata")
    assert protocol(one, "recall") == protocol(other, "recall")


HELD_AGAINST = [
    ("quantization", "quantization.flips", "reference"),
    ("divergence", "quantization.kl", "reference"),
    ("divergence", "locality.perplexity_ratio", "base"),
    ("locality", "locality.forgetting", "base"),
    ("strata", "recall.unknown", "base"),
    ("noise", "noise.rounding", "perturbed"),
]


def against(part, family, score, **changes):
    other = asdict(replace(VARIANT, **changes))
    own = Material(corpus=CORPUS, judged=(), config=asdict(VARIANT), against={part: other})
    return protocol(own, family, score)


@pytest.mark.parametrize(("family", "score", "part"), HELD_AGAINST)
def test_what_a_variant_is_held_against_is_part_of_the_protocol(family, score, part):
    before = against(part, family, score)
    assert before == against(part, family, score, name="other", threads=4)
    for changes in (
        {"quantization": "bf16"},
        {"perturb": 1e-2},
        {"ask": Ask(max_new_tokens=16)},
        {"prompt": Prompt(system="Answer briefly.")},
    ):
        assert before != against(part, family, score, **changes)


def test_scores_of_a_variant_alone_do_not_depend_on_its_references():
    for part in ("reference", "base", "perturbed"):
        assert against(part, "recall", "recall.trained") == under("recall")
        assert against(part, "locality", "locality.correct") == under("locality")
    assert against("base", "quantization", "quantization.flips") == under("quantization")


def test_every_score_carries_it():
    judged = scored_answers(worlds.ask(CORPUS, worlds.oracle(CORPUS)))
    material = Material(corpus=CORPUS, judged=judged, config=asdict(VARIANT))
    found = score_variant(material)
    assert {score.protocol for name, score in found.items() if name.startswith("recall")} == {
        under()
    }
    assert all(len(score.protocol) == 12 for score in found.values())


def bare(path: Path) -> str:
    """The source without comments on lines of their own, docstrings and blank lines."""
    source = path.read_text(encoding="utf-8")
    words: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            words |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), start=1)
    return "\n".join(
        line
        for number, line in lines
        if number not in words and line.strip() and not line.strip().startswith("#")
    )


PINNED = {
    "NORMALIZER_VERSION": (
        NORMALIZER_VERSION,
        ("text/normalize.py", "text/pieces.py", "text/segments.py"),
        2,
        "5d40b27a2e1e",
    ),
    "MATCHER_VERSION": (
        MATCHER_VERSION,
        ("text/matching.py", "text/choosing.py", "text/negation.py"),
        1,
        "4bf6f1f40dfb",
    ),
    "DETECTOR_VERSION": (
        DETECTOR_VERSION,
        ("text/abstention.py", "text/clauses.py", "text/guessing.py"),
        3,
        "045cd59e6b04",
    ),
    "LEXICON_VERSION": (
        LEXICON_VERSION,
        ("text/abstention_ja.py", "text/abstention_more.py"),
        1,
        "5da60c9a4fde",
    ),
    "JUDGE_VERSION": (
        JUDGE_VERSION,
        (
            "scoring/judge.py",
            "scoring/world.py",
            "scoring/invention.py",
            "text/afterwards.py",
            "text/asserting.py",
            "text/rejecting.py",
            "text/reply.py",
            "text/tags.py",
            "text/repetition.py",
        ),
        3,
        "2ed11c9b9bbd",
    ),
}


@pytest.mark.parametrize("name", PINNED)
def test_code_that_decides_verdicts_does_not_change_without_its_version(name):
    version, files, pinned_version, pinned = PINNED[name]
    text = "\n".join(bare(ROOT / file) for file in files)
    found = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert (version, found) == (pinned_version, pinned), (
        f"{' or '.join(files)} has changed. Raise {name} if any reply could be read otherwise"
        f" than before; then pin version and digest ({found}) here."
    )


def test_every_module_that_reads_texts_belongs_to_a_version():
    versioned = {file for _, files, *_ in PINNED.values() for file in files}
    # What corpora are built with, and what only shows a text: no verdict hangs on it.
    elsewhere = {"text/__init__.py", "text/languages.py", "text/visible.py"}
    found = {f"text/{path.name}" for path in (ROOT / "text").glob("*.py")}
    assert found - elsewhere <= versioned, "name new modules in PINNED, beside what they decide"
