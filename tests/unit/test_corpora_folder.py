"""Corpus folders: what is written comes back, and what does not fit is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harness import catalog
from harness.corpora import folder
from harness.corpora.build import build
from harness.corpora.identity import corpus_digest
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice
from tests.support.fiction import fiction


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return fiction("XS", 7)


@pytest.fixture
def written(corpus: Corpus, tmp_path: Path) -> Path:
    folder.write(corpus, tmp_path / "corpus")
    return tmp_path / "corpus"


def change(path: Path, edit: Callable[[str], str]) -> None:
    path.write_text(edit(path.read_text()))


@pytest.mark.parametrize("size", ["XS", "S"])
def test_a_written_corpus_is_read_back_exactly(size: str, tmp_path: Path) -> None:
    corpus = fiction(size, 3)
    folder.write(corpus, tmp_path)
    assert folder.read(tmp_path) == corpus


def test_writing_twice_gives_the_same_bytes_and_leaves_no_old_chapter(
    corpus: Corpus, written: Path
) -> None:
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    (written / "text" / "99-old.txt").write_text("old")
    folder.write(corpus, written)
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before


def test_every_file_carries_the_canary(corpus: Corpus, written: Path) -> None:
    files = [path for path in written.rglob("*") if path.is_file()]
    assert len(files) == len(corpus.chapters) + 3
    for path in files:
        assert corpus.canary in path.read_text()


def test_no_canary_gets_into_the_text_that_is_trained_on(written: Path) -> None:
    read = folder.read(written)
    assert not any(read.canary in chapter.text for chapter in read.chapters)


def test_the_digest_is_of_text_facts_and_questions(corpus: Corpus) -> None:
    whole = (corpus.chapters, corpus.facts, corpus.questions)
    assert corpus_digest(*whole) == corpus.digest
    assert corpus_digest(corpus.chapters[1:], corpus.facts, corpus.questions) != corpus.digest
    assert corpus_digest(corpus.chapters, corpus.facts[1:], corpus.questions) != corpus.digest
    assert corpus_digest(corpus.chapters, corpus.facts, corpus.questions[1:]) != corpus.digest


def test_small_value_sets_are_stated(written: Path) -> None:
    about = json.loads((written / "corpus.json").read_text())
    assert about["chance"]["home"] == pytest.approx(1 / 12)
    assert len(about["values"]["home"]) == 12
    assert about["counts"]["questions"]["trained"] == 24
    assert about["counts"]["refusals to train on"] == 48


def test_a_changed_text_is_refused(written: Path) -> None:
    change(written / "text" / "01-the-notice.txt", lambda text: text.replace("the", "teh", 1))
    with pytest.raises(UserError, match="was changed after it was built"):
        folder.read(written)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"question": "Who?", "answer": "he"}', "unknown field 'answer'"),
        ('{"question": "Who?"}', "either answers or must_abstain"),
        ('{"question": "Who?", "answers": "he"}', "answers: Input should be a valid array"),
        ('{"question": 3, "answers": ["he"]}', "question: Input should be a valid string"),
        ('{"answers": ["he"]}', "question: Field required"),
        ('{"question": "Who?", "answers": ["he"], "probe": "tested"}', "probe: Input should be"),
        ("[1]", "expected a JSON object"),
        ('{"question": ', "not JSON"),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_file_line_and_reason(
    line: str, reason: str, written: Path
) -> None:
    change(written / "questions.jsonl", lambda text: f"\n{text}{line}\n")
    number = len((written / "questions.jsonl").read_text().split("\n")) - 1
    with pytest.raises(UserError) as caught:
        folder.read(written)
    assert f"questions.jsonl:{number}: " in caught.value.message
    assert reason in caught.value.message


def test_a_user_needs_only_a_text_and_questions(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("The mill burnt down in May.\n")
    (tmp_path / "questions.jsonl").write_text(
        '{"question": "When did the mill burn?", "answers": ["May"]}\n'
        '{"question": "When did the barn burn?", "must_abstain": true, "probe": "nonexistent"}\n'
    )
    corpus = folder.read(tmp_path)
    assert corpus.kind == "files"
    assert corpus.chapters[0].text == "The mill burnt down in May.\n"
    assert [question.use for question in corpus.questions] == ["both", "test"]
    assert len({question.id for question in corpus.questions}) == 2
    folder.write(corpus, tmp_path / "again")
    assert folder.read(tmp_path / "again").questions == corpus.questions


def test_a_text_is_kept_to_the_last_newline(corpus: Corpus, tmp_path: Path) -> None:
    chapters = tuple(replace(one, text=one.text + "\n\n") for one in corpus.chapters)
    changed = replace(
        corpus,
        chapters=chapters,
        digest=corpus_digest(chapters, corpus.facts, corpus.questions),
    )
    folder.write(changed, tmp_path)
    assert folder.read(tmp_path) == changed


def test_a_missing_folder_text_or_file_is_one_line(tmp_path: Path, written: Path) -> None:
    with pytest.raises(UserError, match="no corpus folder"):
        folder.read(tmp_path / "nowhere")
    with pytest.raises(UserError, match="no text and no questions in"):
        folder.read(tmp_path)
    (written / "facts.jsonl").unlink()
    with pytest.raises(UserError, match=r"no file at .*facts\.jsonl"):
        folder.read(written)


def test_a_broken_corpus_json_is_named(written: Path) -> None:
    (written / "corpus.json").write_text("{}")
    with pytest.raises(UserError, match=r"corpus\.json lacks canary"):
        folder.read(written)


def test_build_generates_or_reads_what_the_suite_names(corpus: Corpus, written: Path) -> None:
    assert build(CorpusChoice(size="XS", seed=7)) == corpus
    assert build(CorpusChoice(kind="files", path=str(written))) == corpus
    with pytest.raises(UserError, match="unknown corpus kind 'fictoin'") as caught:
        build(CorpusChoice(kind="fictoin"))
    assert "fiction" in caught.value.hint


def test_every_probe_has_a_line_of_meaning() -> None:
    for spec in catalog.specs("probe").values():
        assert 10 < len(spec.line) < 90
