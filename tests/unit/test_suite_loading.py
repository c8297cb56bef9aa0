"""A suite file becomes variants, and says plainly what is wrong with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from harness.errors import UserError
from harness.records import Adapter, Ask, CorpusChoice, Measure, Prompt, Training, Writing
from harness.suite import load_suite, schema

HEAD = 'model = "tiny"\n'


def suite_file(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return str(path)


def names(folder: Path, text: str) -> list[str]:
    return [variant.name for variant in load_suite(suite_file(folder, text)).variants]


def mistake(folder: Path, text: str, *changes: str) -> UserError:
    with pytest.raises(UserError) as caught:
        load_suite(suite_file(folder, text), changes)
    assert "\n" not in caught.value.message
    assert "\n" not in caught.value.hint
    return caught.value


def test_quick_has_the_variants_that_its_report_tells_of() -> None:
    suite = load_suite("quick")
    assert [variant.name for variant in suite.variants] == [
        "base-fp32",
        "reading-fp32",
        "raw_text-nf4",
        "instruct-fp32",
        "instruct-int8",
        "instruct-nf4",
        "instruct-perturbed-fp32",
        "instruct-abstain-nf4",
        "mixed-nf4",
    ]
    raw = suite.variants[2].training
    assert (raw.epochs, raw.until_loss, raw.batch_size) == (14, 0.1, 4)
    assert suite.variants[3].training.batch_size == 8
    assert suite.variants[7].recipe.abstain_fraction == 0.5
    assert suite.variants[1].answerer == "reading"
    assert {variant.threads for variant in suite.variants} == {1}


def test_quantization_has_six_levels_with_three_seeds_each() -> None:
    suite = load_suite("quantization")
    assert len(suite.variants) == 21
    assert suite.variants[0].name == "instruct-fp32-s1"
    assert suite.variants[17].name == "instruct-nf4_dq-s3"
    twins = suite.variants[18:]
    assert [twin.name for twin in twins] == [f"instruct-perturbed-fp32-s{s}" for s in (1, 2, 3)]
    assert {(twin.perturb, twin.measure.phases) for twin in twins} == {(1e-3, ())}
    levels = {variant.quantization for variant in suite.variants}
    assert levels == {"fp32", "bf16", "int8", "fp4", "nf4", "nf4_dq"}
    for level in levels:
        found = [v for v in suite.variants[:18] if v.quantization == level]
        assert [variant.seed for variant in found] == [1, 2, 3]


def test_smoke_needs_no_download() -> None:
    suite = load_suite("smoke")
    assert {variant.model.name for variant in suite.variants} == {"tiny"}
    assert len(suite.variants) == 3


def test_lists_multiply_and_the_names_tell_what_differs(tmp_path: Path) -> None:
    text = '[[variants]]\nrecipe = "instruct"\nquantization = ["fp32", "nf4"]\nseed = [1, 2]\n'
    assert names(tmp_path, text) == [
        "instruct-fp32-s1",
        "instruct-fp32-s2",
        "instruct-nf4-s1",
        "instruct-nf4-s2",
    ]


def test_what_is_measured_does_not_name_a_variant_that_its_seed_names(tmp_path: Path) -> None:
    text = (
        '[[variants]]\nrecipe = "instruct"\n'
        '[[variants]]\nrecipe = "instruct"\nseed = 2\nmeasure = { phases = [] }\n'
    )
    assert names(tmp_path, text) == ["instruct-fp32-s1", "instruct-fp32-s2"]


def test_a_list_inside_a_table_of_a_variant_multiplies_too(tmp_path: Path) -> None:
    text = '[[variants]]\nrecipe = "instruct"\nadapter.rank = [4, 8]\n'
    suite = load_suite(suite_file(tmp_path, text))
    assert [variant.name for variant in suite.variants] == ["instruct-fp32-r4", "instruct-fp32-r8"]
    assert [variant.adapter.rank for variant in suite.variants] == [4, 8]


@pytest.mark.parametrize(
    ("table", "attribute", "expected"),
    [
        ('ask.probes = ["trained", "unstated"]', "ask.probes", ("trained", "unstated")),
        ('adapter.targets = ["q_proj", "v_proj"]', "adapter.targets", ("q_proj", "v_proj")),
        ('measure.phases = ["decode"]', "measure.phases", ("decode",)),
    ],
)
def test_keys_whose_value_is_a_list_never_multiply(
    tmp_path: Path, table: str, attribute: str, expected: tuple[str, ...]
) -> None:
    suite = load_suite(suite_file(tmp_path, f'[[variants]]\nrecipe = "instruct"\n{table}\n'))
    (variant,) = suite.variants
    room, _, key = attribute.partition(".")
    assert getattr(getattr(variant, room), key) == expected


def test_several_shares_of_refusals_are_told_apart(tmp_path: Path) -> None:
    text = '[[variants]]\nrecipe = "instruct"\nabstain_fraction = [0.0, 0.2, 0.5]\n'
    assert names(tmp_path, text) == [
        "instruct-fp32",
        "instruct-abstain0.2-fp32",
        "instruct-abstain0.5-fp32",
    ]


def test_several_models_head_the_names(tmp_path: Path) -> None:
    text = '[[variants]]\nmodel = ["tiny", "someone/Some-Model-1B"]\n'
    assert names(tmp_path, text) == ["tiny-base-fp32", "Some-Model-1B-base-fp32"]


def test_a_name_of_its_own_is_kept_and_told_apart_where_it_multiplies(tmp_path: Path) -> None:
    text = '[[variants]]\nname = "mine"\nrecipe = "instruct"\nquantization = ["nf4", "fp4"]\n'
    assert names(tmp_path, text) == ["mine-nf4", "mine-fp4"]


def test_the_same_variant_twice_is_refused(tmp_path: Path) -> None:
    error = mistake(tmp_path, "[[variants]]\n[[variants]]\n")
    assert "base-fp32" in error.message


def test_a_variant_overrides_single_keys_of_a_table(tmp_path: Path) -> None:
    text = (
        "[training]\nepochs = 5\nbatch_size = 4\n"
        '[[variants]]\nrecipe = "instruct"\ntraining = { epochs = 9 }\n'
    )
    (variant,) = load_suite(suite_file(tmp_path, text)).variants
    assert (variant.training.epochs, variant.training.batch_size) == (9, 4)


def test_what_is_left_out_keeps_the_defaults_of_the_records(tmp_path: Path) -> None:
    (variant,) = load_suite(suite_file(tmp_path, "[[variants]]\n")).variants
    assert variant.adapter == Adapter()
    assert variant.training == Training()
    assert variant.prompt == Prompt()
    assert variant.ask == Ask()
    assert variant.measure == Measure()


@pytest.mark.parametrize(
    ("table", "record"),
    [
        (schema.AdapterTable, Adapter),
        (schema.TrainingTable, Training),
        (schema.PromptTable, Prompt),
        (schema.AskTable, Ask),
        (schema.MeasureTable, Measure),
        (schema.CorpusTable, CorpusChoice),
        (schema.WritingTable, Writing),
    ],
)
def test_a_suite_can_set_exactly_what_the_records_hold(
    table: type[schema.Table], record: type
) -> None:
    assert set(table.model_fields) == set(record.__dataclass_fields__)


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("[training]\nepocs = 3\n[[variants]]\n", "training.epocs", "epochs"),
        ("[traning]\nepochs = 3\n[[variants]]\n", "traning", "training"),
        ('[[variants]]\nrecpie = "base"\n', "recpie", "recipe"),
        ('[[variants]]\nrecipe = "instuct"\n', "instuct", "instruct"),
        ('[[variants]]\nquantization = "nf5"\n', "nf5", "nf4"),
        ('[[variants]]\nmodel = "smolm2-135m"\n', "smolm2-135m", "smollm2-135m"),
        ('[[variants]]\nanswerer = "readin"\n', "readin", "reading"),
        ('[ask]\nprobes = ["traned"]\n[[variants]]\n', "traned", "trained"),
        ('[training]\nschedule = "linea"\n[[variants]]\n', "linea", "linear"),
        ('[corpus]\nkind = "fictoin"\n[[variants]]\n', "fictoin", "fiction"),
        (
            '[corpus]\nkind = "files"\npath = "x"\nwrite_questions = "rule"\n[[variants]]\n',
            "rule",
            "rules",
        ),
        ('[[variants]]\nrecipe = "instruct"\nwriter = "entitis"\n', "entitis", "entities"),
        ("[gate]\nrecall.traned = 0.1\n[[variants]]\n", "recall.traned", "recall.trained"),
        ("[[variants]]\n[variants.adapter]\nrnak = 4\n", "adapter.rnak", "rank"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest_one(
    tmp_path: Path, text: str, key: str, nearest: str
) -> None:
    error = mistake(tmp_path, text)
    assert repr(key) in error.message
    assert error.hint == f"did you mean {nearest!r}?"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[training]\nepochs = -1\n[[variants]]\n", "training.epochs"),
        ("[training]\nepochs = 2.5\n[[variants]]\n", "training.epochs"),
        ('[training]\nepochs = "12"\n[[variants]]\n', "training.epochs"),
        ("[training]\nlearning_rate = nan\n[[variants]]\n", "training.learning_rate"),
        ("[training]\nlearning_rate = 0.0\n[[variants]]\n", "training.learning_rate"),
        ("[training]\npacking = 1\n[[variants]]\n", "training.packing"),
        ("[adapter]\nrank = 0\n[[variants]]\n", "adapter.rank"),
        ("[adapter]\ndropout = 1.0\n[[variants]]\n", "adapter.dropout"),
        ("[adapter]\ntargets = []\n[[variants]]\n", "adapter.targets"),
        ("[ask]\nprobes = []\n[[variants]]\n", "ask.probes"),
        ("[ask]\nmax_new_tokens = 0\n[[variants]]\n", "ask.max_new_tokens"),
        ("[gate]\nrecall.trained = 0\n[[variants]]\n", "gate.recall.trained"),
        ('[[variants]]\nrecipe = "instruct"\nabstain_fraction = 1.0\n', "abstain_fraction"),
        ('[[variants]]\nrecipe = "instruct"\nabstain_fraction = -0.1\n', "abstain_fraction"),
        ("[[variants]]\nseed = []\n", "seed"),
        ("variants = []\n", "variants"),
        ("", "variants"),
        ('[[variants]]\nname = "a/b"\n', "name"),
        ('[[variants]]\nname = "a--b"\n', "name"),
        ("threads = 0\n[[variants]]\n", "threads"),
        ("timeout = -1\n[[variants]]\n", "timeout"),
        ("corpus = 3\n[[variants]]\n", "corpus"),
    ],
)
def test_nonsense_is_refused_with_the_key_it_stands_at(tmp_path: Path, text: str, key: str) -> None:
    error = mistake(tmp_path, text)
    assert key in error.message
    assert error.hint


@pytest.mark.parametrize(
    "text",
    [
        "[[variants]]\nabstain_fraction = 0.5\n",
        '[[variants]]\nanswerer = "reading"\nrecipe = "instruct"\n',
        "[ask]\ndraws = 3\n[[variants]]\n",
        '[ask]\nprobes = ["trained", "trained"]\n[[variants]]\n',
        '[corpus]\npath = "mine"\n[[variants]]\n',
        '[corpus]\nkind = "files"\n[[variants]]\n',
        '[corpus]\nkind = "files"\npath = "mine"\ntext = "a.txt"\n[[variants]]\n',
        '[corpus]\nkind = "files"\npath = "mine"\nwrite_questions = "truth"\n[[variants]]\n',
        '[corpus]\nkind = "surgery"\nchapters = [1]\n[[variants]]\n',
        '[corpus]\nkind = "surgery"\nsize = "XS"\n[[variants]]\n',
        "[writing]\nwindow_words = 50\noverlap_words = 50\n[[variants]]\n",
        "[[variants]]\nexamples = 3\n",
    ],
)
def test_settings_that_contradict_each_other_are_refused(tmp_path: Path, text: str) -> None:
    assert mistake(tmp_path, text).hint


def test_a_key_in_the_wrong_table_is_told_where_it_belongs(tmp_path: Path) -> None:
    assert "training.epochs" in mistake(tmp_path, "[[variants]]\nepochs = 3\n").hint
    assert "top of the file" in mistake(tmp_path, "[[variants]]\nthreads = 3\n").hint
    assert "[[variants]]" in mistake(tmp_path, 'recipe = "base"\n[[variants]]\n').hint


def test_a_folder_given_by_path_counts_from_the_file(tmp_path: Path) -> None:
    text = '[[variants]]\nmodel = { path = "weights/mine" }\n'
    (variant,) = load_suite(suite_file(tmp_path, text)).variants
    assert variant.model.path == str(tmp_path / "weights" / "mine")
    assert variant.model.name == "mine"


def test_files_of_a_corpus_count_from_the_suite_file(tmp_path: Path) -> None:
    text = '[corpus]\nkind = "files"\ntext = "notes.md"\nquestions = "q.csv"\n[[variants]]\n'
    corpus = load_suite(suite_file(tmp_path, text)).corpus
    assert corpus.text == str(tmp_path / "notes.md")
    assert corpus.questions == str(tmp_path / "q.csv")


def test_writers_name_variants_and_the_suite_s_model_writes(tmp_path: Path) -> None:
    text = '[[variants]]\nrecipe = "instruct"\nwriter = ["truth", "rules"]\n'
    suite = load_suite(suite_file(tmp_path, text))
    assert [variant.name for variant in suite.variants] == [
        "instruct-fp32-truth",
        "instruct-fp32-rules",
    ]
    assert suite.writing.model is not None
    assert suite.writing.model.name == "tiny"


def test_a_suite_is_found_by_name_or_by_path(tmp_path: Path) -> None:
    path = suite_file(tmp_path, "[[variants]]\n")
    assert load_suite(path).name == "mine"
    with pytest.raises(UserError, match="unknown suite 'quik'") as caught:
        load_suite("quik")
    assert caught.value.hint == "did you mean 'quick'?"
    with pytest.raises(UserError, match="no suite file at"):
        load_suite(str(tmp_path / "none.toml"))


def test_a_file_that_is_no_toml_or_no_text_is_one_line(tmp_path: Path) -> None:
    assert "not valid TOML" in mistake(tmp_path, "[training\n").message
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8"):
        load_suite(str(tmp_path / "bytes.toml"))


def test_a_misspelt_key_is_refused_within_a_second_and_without_torch(tmp_path: Path) -> None:
    path = suite_file(tmp_path, "[training]\nepocs = 3\n[[variants]]\n")
    code = (
        "import sys, time; start = time.perf_counter()\n"
        "from harness.errors import UserError\n"
        "from harness.suite import load_suite\n"
        f"try: load_suite({path!r})\n"
        "except UserError: pass\n"
        "heavy = {'torch', 'transformers', 'datasets', 'evaluate', 'peft'} & set(sys.modules)\n"
        "print(time.perf_counter() - start, sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, _, heavy = done.stdout.strip().partition(" ")
    assert heavy == "[]"
    assert float(seconds) < 1


@pytest.mark.parametrize(
    ("recipe", "setting", "others"),
    [
        ("raw_text", "abstain_fraction = 0.2", "instruct, mixed"),
        ("base", "abstain_fraction = [0.0, 0.2]", "instruct, mixed"),
        ("instruct", "renderings = 3", "raw_text, mixed"),
        ("base", "renderings = 3", "raw_text, mixed"),
    ],
)
def test_a_setting_that_the_recipe_would_ignore_is_refused(
    tmp_path: Path, recipe: str, setting: str, others: str
) -> None:
    error = mistake(tmp_path, f'[[variants]]\nrecipe = "{recipe}"\n{setting}\n')
    assert f"the recipe {recipe!r} has no {setting.partition(' ')[0]}" in error.message
    assert others in error.hint


def test_an_optimizer_is_one_that_training_has(tmp_path: Path) -> None:
    error = mistake(tmp_path, '[training]\noptimizer = "adamw_torhc"\n[[variants]]\n')
    assert error.hint == "did you mean 'adamw_torch'?"
    text = '[training]\noptimizer = "sgd"\n[[variants]]\n'
    assert load_suite(suite_file(tmp_path, text)).variants[0].training.optimizer == "sgd"


def test_a_name_that_no_folder_could_have_is_refused(tmp_path: Path) -> None:
    assert "name" in mistake(tmp_path, f'name = "{"x" * 300}"\n[[variants]]\n').message
    assert "name" in mistake(tmp_path, f'[[variants]]\nname = "{"x" * 300}"\n').message
    text = (
        f'[[variants]]\nname = "{"x" * 99}"\nrecipe = "instruct"\n'
        f"adapter.rank = [4, 8]\ntraining.epochs = [1, 2]\nprompt.system = ['{'s' * 50}', 't']\n"
        f"quantization = ['nf4', 'fp4']\nmodel = [{{ path = '{'m' * 50}' }}, 'tiny']\n"
    )
    assert "give it a name of at most" in mistake(tmp_path, text).hint


def test_every_optimizer_that_a_suite_may_name_is_known_to_transformers() -> None:
    from transformers.training_args import OptimizerNames

    assert set(get_args(schema.Optimizer)) <= {name.value for name in OptimizerNames}


@pytest.mark.parametrize("key", ["training.epochs", "adapter.rank"])
def test_untrained_variants_are_not_told_apart_by_how_they_would_be_trained(
    tmp_path: Path, key: str
) -> None:
    error = mistake(tmp_path, f"[[variants]]\n{key} = [1, 2]\n")
    assert "are the same: neither is trained" in error.message
    seeds = names(tmp_path, "[[variants]]\nseed = [1, 2]\n")
    assert seeds == ["base-fp32-s1", "base-fp32-s2"]


def test_a_sample_of_nothing_that_is_asked_again_is_refused(tmp_path: Path) -> None:
    found = mistake(tmp_path, "[ask]\nrepeat_sample = 5\n[[variants]]\n")
    assert "repeat_sample" in found.message
    assert "ask.repeats" in found.hint
