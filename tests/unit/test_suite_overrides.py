"""`--set KEY=VALUE` changes every variant, and leaves a trace in the stored suite."""

from __future__ import annotations

import pytest

from harness.errors import UserError
from harness.suite import load_suite
from harness.suite.overrides import parse


@pytest.mark.parametrize(
    ("override", "path", "value"),
    [
        ("training.epochs=3", ["training", "epochs"], 3),
        ("training.learning_rate = 5e-4", ["training", "learning_rate"], 5e-4),
        ('prompt.system="Answer briefly."', ["prompt", "system"], "Answer briefly."),
        ("corpus.size=S", ["corpus", "size"], "S"),
        ("model=someone/Some-Model", ["model"], "someone/Some-Model"),
        ("model.path=./weights", ["model", "path"], "./weights"),
        ("measure.phases=[]", ["measure", "phases"], []),
        ("ask.reproduction=false", ["ask", "reproduction"], False),
    ],
)
def test_a_value_is_toml_and_a_bare_word_is_text(
    override: str, path: list[str], value: object
) -> None:
    assert parse(override) == (path, value)


@pytest.mark.parametrize(
    "override",
    ["", "seed", "=3", "seed=", "seed==3", "a b=3", "seed=[1,", "seed=.5", "seed=1\nname='x'"],
)
def test_what_is_no_key_and_value_is_refused(override: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(override)
    assert caught.value.hint


def test_a_change_holds_for_variants_that_say_otherwise() -> None:
    suite = load_suite("quick", ["training.epochs=3"])
    assert {variant.training.epochs for variant in suite.variants} == {3}
    raw = next(variant for variant in suite.variants if variant.recipe.name == "raw_text")
    assert raw.training.until_loss == 0.1


def test_one_seed_replaces_the_seeds_of_a_list() -> None:
    suite = load_suite("quantization", ["seed=5"])
    assert {variant.seed for variant in suite.variants} == {5}
    assert len(suite.variants) == 7


def test_a_model_by_path_replaces_the_model_by_name() -> None:
    suite = load_suite("quick", ["model.path=/models/mine"])
    assert {variant.model.name for variant in suite.variants} == {"mine"}
    assert {variant.model.path for variant in suite.variants} == {"/models/mine"}


def test_the_stored_suite_says_what_was_changed() -> None:
    plain, changed = load_suite("quick"), load_suite("quick", ["seed=5", "corpus.seed=9"])
    assert changed.source.startswith(plain.source.rstrip())
    assert changed.source.endswith("# --set seed=5\n# --set corpus.seed=9\n")
    assert changed.corpus.seed == 9


def test_a_change_to_a_gate_names_the_score() -> None:
    assert load_suite("quick", ["gate.recall.trained=0.3"]).gate["recall.trained"] == 0.3


@pytest.mark.parametrize("override", ["training.epocs=3", "seed.x=3", "corpus.size=XXL"])
def test_a_change_that_means_nothing_is_refused(override: str) -> None:
    with pytest.raises(UserError):
        load_suite("quick", [override])
