"""A corpus is prepared once: what is written is new, is not of the test, and is kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness.commands import corpora as commands
from harness.corpora import folder
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice, ModelChoice, ResolvedModel, Writing
from harness.text.normalize import word_run
from harness.writing.prepare import Desk, Prepared, prepare

THINGS = (
    "Marsh fever|mosquito, Lead colic|white paint, Miller's cough|flour dust,"
    " Sailor's rot|salt meat, Weaver's palsy|damp looms, Tanner's itch|oak bark,"
    " Potter's lung|clay dust, Hatter's tremor|mercury vapour, Baker's rash|rye smut,"
    " Glazier's cramp|cold benches"
)
TEXT = "\n\n".join(
    f"{thing.split('|')[0].strip()} is due to {thing.split('|')[1]}." for thing in THINGS.split(",")
)


def refuse(choice: ModelChoice) -> ResolvedModel:
    raise AssertionError("no model is needed")


def made(choice: CorpusChoice, place: Path | None = None, *writers: str) -> Prepared:
    return prepare(choice, Desk(writing=Writing(), resolve=refuse, folder=place), writers)


def text_file(tmp_path: Path) -> str:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    return str(tmp_path / "text.txt")


def with_questions(tmp_path: Path, *rows: dict[str, Any], **others: Any) -> CorpusChoice:
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return CorpusChoice(kind="files", text=text_file(tmp_path), questions=str(path), **others)


FAMILIES = "Berg Stein Wald Bach Feld Brandt Vogel Kern".split()


def own(number: int) -> dict[str, Any]:
    return {"question": f"What did Anna {FAMILIES[number]} eat?", "answers": [f"soup {number}"]}


def wordings(corpus: Corpus, *uses: str) -> set[tuple[str, ...]]:
    return {word_run(q.question) for q in corpus.questions if q.use in uses}


def test_what_a_variant_s_writer_leaves_holds_no_question_of_the_test(tmp_path: Path) -> None:
    choice = CorpusChoice(kind="files", text=text_file(tmp_path))
    corpus = made(choice, None, "rules").corpus
    assert any(question.probe == "text_only" for question in corpus.questions)
    written = {word_run(question.question) for question in corpus.written["rules"]}
    assert written
    assert not written & wordings(corpus, "test")


def test_a_writer_adds_to_questions_of_one_s_own_no_wording_and_no_id_twice(
    tmp_path: Path,
) -> None:
    first = made(CorpusChoice(kind="files", text=text_file(tmp_path))).corpus
    folder.write(first, tmp_path / "built")
    choice = CorpusChoice(
        kind="files",
        text=text_file(tmp_path),
        questions=str(tmp_path / "built" / "questions.jsonl"),
        write_questions="entities",
    )
    corpus = made(choice).corpus
    ids = Counter(question.id for question in corpus.questions)
    assert max(ids.values()) == 1
    assert not wordings(corpus, "both", "train") & wordings(corpus, "test")


def test_one_unanswerable_question_of_one_s_own_leaves_refusals_to_be_made(
    tmp_path: Path,
) -> None:
    rows = [own(number) for number in range(8)]
    asked = {"question": "What did Anna Stein drink?", "must_abstain": True}
    corpus = made(with_questions(tmp_path, *rows, asked)).corpus
    refusals = [q for q in corpus.questions if q.must_abstain and q.use == "train"]
    assert len(refusals) >= len(rows)
    tested = [q.question for q in corpus.questions if q.must_abstain and q.use == "test"]
    assert tested == [asked["question"]]


def test_another_language_is_another_corpus_and_the_same_choice_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    rows = [own(number) for number in range(8)]
    english = with_questions(tmp_path, *rows, language="en", write_questions="rules")
    first = made(english, place)
    again = made(english, place)
    assert again.corpus == first.corpus
    assert again.notes == first.notes
    french = with_questions(tmp_path, *rows, language="fr", write_questions="rules")
    assert made(french, place).corpus.language == "fr"


def test_yields_of_a_writer_that_had_no_part_are_removed(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    text = text_file(tmp_path)
    made(CorpusChoice(kind="files", text=text, write_questions="rules"), place)
    made(CorpusChoice(kind="files", text=text, write_questions="entities"), place)
    assert [path.name for path in place.glob("*.yield.json")] == ["entities.yield.json"]


def test_a_folder_that_is_no_corpus_of_ours_is_not_touched(tmp_path: Path) -> None:
    place = tmp_path / "project"
    (place / "text").mkdir(parents=True)
    (place / "corpus.json").write_text('{"my": "project"}')
    (place / "text" / "notes.txt").write_text("mine")
    with pytest.raises(UserError, match="not as it was built"):
        commands.build_corpus(CorpusChoice(kind="fiction", size="XS"), place, quiet=True)
    assert (place / "text" / "notes.txt").read_text() == "mine"


def test_a_corpus_edited_by_hand_is_not_replaced(tmp_path: Path) -> None:
    place = tmp_path / "world"
    choice = CorpusChoice(kind="fiction", size="XS")
    commands.build_corpus(choice, place, quiet=True)
    commands.build_corpus(choice, place, quiet=True)
    questions = place / "questions.jsonl"
    questions.write_text(questions.read_text().replace("Who was", "Who is", 1))
    with pytest.raises(UserError, match="not as it was built"):
        commands.build_corpus(choice, place, quiet=True)


def test_a_build_that_was_killed_half_way_goes_on_with_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "world"
    choice = CorpusChoice(kind="fiction", size="XS")
    rename = Path.rename

    def dies(path: Path, target: Path) -> Path:
        if target.name == "questions.jsonl":
            raise KeyboardInterrupt
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", dies)
        with pytest.raises(KeyboardInterrupt):
            commands.build_corpus(choice, place, quiet=True)
    assert not (place / "corpus.json").exists()
    commands.build_corpus(choice, place, quiet=True)
    assert folder.read(place).size == "XS"
