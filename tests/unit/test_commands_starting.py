"""`closedbook init`: a folder that runs as it is, written nowhere where something stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from harness import cli
from harness.commands.starting import FILES, create
from harness.corpora import gates
from harness.corpora.asked import check_probes
from harness.corpora.build import build
from harness.errors import UserError
from harness.records import UNANSWERABLE, Corpus, Suite
from harness.scoring.world import World
from harness.suite import load_suite
from harness.text.matching import contains
from harness.text.normalize import word_run
from harness.training.recipes import examples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create(tmp_path / "my test")
    return tmp_path / "my test"


@pytest.fixture
def suite(folder: Path) -> Suite:
    return load_suite(str(folder / "suite.toml"))


@pytest.fixture
def corpus(suite: Suite) -> Corpus:
    return build(suite.corpus)


def test_the_folder_holds_a_suite_a_text_questions_and_a_word_on_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my test"
    create(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    readme = (folder / "README.md").read_text()
    assert "closedbook plan suite.toml" in readme
    assert "closedbook run suite.toml" in readme
    told = capsys.readouterr().out
    assert f"run it: closedbook run '{folder / 'suite.toml'}'" in told


def test_the_suite_is_valid_and_named_after_the_folder(suite: Suite, folder: Path) -> None:
    assert suite.name == "my-test"
    assert suite.corpus.path is not None
    assert Path(suite.corpus.path).samefile(folder)
    assert [variant.name for variant in suite.variants] == [
        "base-fp32",
        "instruct-nf4",
        "instruct-abstain-nf4",
    ]


def test_every_variant_finds_what_it_trains_on_and_asks(suite: Suite, corpus: Corpus) -> None:
    check_probes(corpus, suite.variants)
    counts = {variant.name: len(examples(corpus, variant)) for variant in suite.variants}
    assert counts == {"base-fp32": 0, "instruct-nf4": 12, "instruct-abstain-nf4": 16}


def test_its_questions_pass_the_gates_that_do_not_need_a_generator(corpus: Corpus) -> None:
    gates.no_answer_in_its_question(corpus)
    gates.every_unanswerable_has_a_twin(corpus)
    gates.nothing_asked_is_trained(corpus)
    gates.nobody_is_absent(corpus)
    gates.oracle_is_right(corpus)


def test_every_answer_stands_in_the_text_and_every_invented_name_does_not(corpus: Corpus) -> None:
    text = word_run(corpus.chapters[0].text)
    for question in corpus.questions:
        if question.answers:
            assert any(contains(text, answer) for answer in question.answers), question
        if question.probe in {"nonexistent", "near_miss"}:
            assert not contains(text, question.cluster), question
            assert question.cluster in question.question


def test_every_probe_of_a_plain_suite_is_there(corpus: Corpus) -> None:
    asked = Counter(question.probe for question in corpus.questions if question.use != "train")
    assert asked["trained"] == 12
    assert asked["paraphrase"] == 6
    assert all(asked[probe] > 0 for probe in (*UNANSWERABLE, "text_only"))
    paraphrases = [question for question in corpus.questions if question.probe == "paraphrase"]
    assert all(question.fact for question in paraphrases)
    World(corpus, frozenset())


def test_nothing_that_is_there_is_overwritten(folder: Path) -> None:
    (folder / "text.txt").write_text("mine")
    with pytest.raises(UserError, match="is not empty"):
        create(folder)
    assert (folder / "text.txt").read_text() == "mine"
    with pytest.raises(UserError, match="is a file"):
        create(folder / "text.txt")


def test_an_empty_folder_and_odd_names_will_do(tmp_path: Path) -> None:
    place = tmp_path / "-- ü --"
    place.mkdir()
    create(place)
    assert load_suite(str(place / "suite.toml")).name == "mine"


def test_the_command_makes_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["closedbook", "init", str(tmp_path / "new")])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 0
    assert (tmp_path / "new" / "suite.toml").exists()
