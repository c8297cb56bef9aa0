"""A user's folder or files as a corpus: text, questions, or both."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.answering.plan import make_plan
from harness.corpora import folder
from harness.corpora.build import build
from harness.corpora.windows import training_windows
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice, ModelChoice, Question, Recipe, Variant
from harness.scoring.world import World
from harness.training.recipes import examples
from tests.support.fiction import fiction

QUESTION = '{"question": "When did the mill burn?", "answers": ["May"]}\n'


def given(where: Path, **contents: str) -> Path:
    """A folder of files, "_" in a name standing for "."."""
    where.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (where / name.replace("_", ".")).write_text(content)
    return where


def built(path: Path) -> Corpus:
    return build(CorpusChoice(kind="files", path=str(path)))


def refused(choice: CorpusChoice) -> UserError:
    with pytest.raises(UserError) as caught:
        build(choice)
    return caught.value


@pytest.mark.parametrize(
    "contents",
    [
        {"text_txt": "The mill burnt in May.", "questions_jsonl": QUESTION},
        {
            "text_md": "# A\n\nThe mill.\n\n# B\n\nIt burnt.",
            "questions_csv": "question,answer\nA?,b",
        },
        {"text_txt": "Only a text.\n\n"},
        {"questions_jsonl": QUESTION},
        {"questions_txt": "<s>[INST] Source:T When? [/INST] Source:T May </s>"},
    ],
    ids=["both", "other formats", "text only", "questions only", "training records"],
)
def test_what_is_read_is_the_same_after_a_run_wrote_it_down(
    contents: dict[str, str], tmp_path: Path
) -> None:
    corpus = built(given(tmp_path / "mine", **contents))
    assert corpus.kind == "files"
    assert corpus.title == "mine"
    folder.write(corpus, tmp_path / "run")
    assert folder.read(tmp_path / "run") == corpus
    assert built(tmp_path / "run") == corpus


def test_files_and_a_folder_with_the_same_content_are_the_same_corpus(tmp_path: Path) -> None:
    where = given(tmp_path, text_txt="The mill burnt in May.", questions_jsonl=QUESTION)
    files = CorpusChoice(
        kind="files", text=str(where / "text.txt"), questions=str(where / "questions.jsonl")
    )
    assert build(files).digest == built(where).digest
    assert replace(build(files), title="") == replace(built(where), title="")


def test_other_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    where = given(tmp_path, text_txt="Text.", suite_toml="", README_md="# no", notes_docx="x")
    assert [chapter.text for chapter in built(where).chapters] == ["Text."]


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        ({}, "no text and no questions in"),
        ({"notes_txt": "x"}, "no text and no questions in"),
        ({"text_txt": "a", "text_md": "b"}, "holds text.txt and text.md"),
        ({"questions_jsonl": QUESTION, "questions_csv": "a"}, "questions.jsonl and questions.csv"),
        ({"text_txt": ""}, "text.txt is empty"),
    ],
)
def test_a_folder_that_leaves_a_choice_or_holds_nothing_is_refused(
    contents: dict[str, str], reason: str, tmp_path: Path
) -> None:
    error = refused(CorpusChoice(kind="files", path=str(given(tmp_path / "x", **contents))))
    assert reason in error.message
    assert error.hint


def test_two_places_for_the_text_are_refused(tmp_path: Path) -> None:
    given(tmp_path / "text", a_txt="a")
    assert [chapter.title for chapter in built(tmp_path).chapters] == ["a"]
    given(tmp_path, text_txt="b")
    error = refused(CorpusChoice(kind="files", path=str(tmp_path)))
    assert "holds both text/ and text.txt" in error.message


def test_chapters_are_chosen_by_number_with_their_sections(tmp_path: Path) -> None:
    book = "# A\n\na\n\n# B\n\nb\n\n## Part\n\nb2\n\n# C\n\nc\n"
    file = given(tmp_path, book_md=book) / "book.md"
    choice = CorpusChoice(kind="files", text=str(file), chapters=(3, 2))
    corpus = build(choice)
    assert [chapter.title for chapter in corpus.chapters] == ["B", "C"]
    assert [(section.chapter, section.title) for section in corpus.sections] == [(0, "Part")]
    assert corpus.digest != build(replace(choice, chapters=())).digest
    error = refused(replace(choice, chapters=(4,)))
    assert (error.message, error.hint) == ("the text has no chapter 4", "its chapters are 1 to 3")
    given(tmp_path, q_jsonl=QUESTION)
    error = refused(replace(choice, questions=str(tmp_path / "q.jsonl")))
    assert "chapters cannot be chosen from a text with questions" in error.message


def test_a_choice_that_names_nothing_or_too_much_is_refused(tmp_path: Path) -> None:
    file = given(tmp_path, text_txt="x") / "text.txt"
    assert "no path, no text and no questions" in refused(CorpusChoice(kind="files")).message
    error = refused(CorpusChoice(kind="files", path=str(tmp_path), text=str(file)))
    assert "a path, and text or questions beside it" in error.message
    error = refused(CorpusChoice(kind="files", path=str(file)))
    assert "is a file" in error.message
    assert "text = " in error.hint
    error = refused(CorpusChoice(kind="files", path=str(tmp_path / "none")))
    assert "no corpus folder at" in error.message


def test_facts_and_their_places_are_checked(tmp_path: Path) -> None:
    fact = {"id": "f", "entity": "mill", "relation": "burnt", "value": "May"}
    span = {"chapter": 0, "start": 4, "end": 8}
    question = json.loads(QUESTION) | {"fact": "f"}
    where = given(
        tmp_path,
        text_txt="The mill burnt in May.",
        facts_jsonl=json.dumps(fact | {"stated_in": [span]}),
        questions_jsonl=json.dumps(question),
    )
    assert built(where).facts[0].stated_in[0].end == 8
    given(tmp_path, facts_jsonl=json.dumps(fact | {"stated_in": [span | {"end": 99}]}))
    error = refused(CorpusChoice(kind="files", path=str(where)))
    assert "stated_in: characters 4 to 99 of a chapter of 22" in error.message
    given(tmp_path, facts_jsonl=json.dumps(fact | {"id": "g"}))
    error = refused(CorpusChoice(kind="files", path=str(where)))
    assert "questions.jsonl:1: no fact has the id 'f'" in error.message


def test_language_and_refusal_go_with_the_text(tmp_path: Path) -> None:
    where = given(tmp_path, text_txt="春の朝、渡し船は羊を運んだ。")
    assert (built(where).language, built(where).canonical_refusal) == ("ja", "答えられません。")
    chosen = build(CorpusChoice(kind="files", path=str(where), language="zh"))
    assert (chosen.language, chosen.canonical_refusal) == ("zh", "我无法回答。")


def test_a_canary_goes_with_the_text_and_stands_in_no_training_passage(tmp_path: Path) -> None:
    corpus = built(given(tmp_path, text_txt="The mill.", questions_jsonl=QUESTION))
    assert corpus.canary
    other = given(tmp_path / "other", text_txt="The barn.", questions_jsonl=QUESTION)
    assert built(other).canary != corpus.canary
    assert all(corpus.canary not in text for text, _ in training_windows(corpus))


def test_a_built_folder_without_its_corpus_json_is_a_text_of_ones_own(tmp_path: Path) -> None:
    world = fiction("XS", 7)
    folder.write(world, tmp_path)
    (tmp_path / "corpus.json").unlink()
    corpus = built(tmp_path)
    assert (corpus.kind, corpus.canary) == ("files", world.canary)
    assert [one.text for one in corpus.chapters] == [one.text for one in world.chapters]
    assert (corpus.facts, corpus.questions) == (world.facts, world.questions)


def test_a_heading_as_long_as_a_page_gives_a_file_that_can_be_written(tmp_path: Path) -> None:
    corpus = built(given(tmp_path / "mine", text_md=f"# {'word ' * 500}\n\na\n\n# B\n\nb\n"))
    folder.write(corpus, tmp_path / "run")
    assert folder.read(tmp_path / "run") == corpus


def test_every_text_has_a_source_tag_that_does_not_change_with_the_questions(
    tmp_path: Path,
) -> None:
    tag = built(given(tmp_path, text_txt="The mill.")).source_tag
    assert tag.startswith("TEXT")
    assert built(given(tmp_path, questions_jsonl=QUESTION)).source_tag == tag
    assert built(given(tmp_path, text_txt="The barn.")).source_tag != tag


@pytest.fixture
def asked_only(tmp_path: Path) -> Corpus:
    refusal = {
        "question": "When did Bordor burn?",
        "must_abstain": True,
        "probe": "nonexistent",
        "twin": "q00001",
    }
    return built(given(tmp_path, questions_jsonl=QUESTION + json.dumps(refusal)))


def tuned(recipe: str) -> Variant:
    return Variant(name="x", model=ModelChoice(name="tiny"), recipe=Recipe(name=recipe))  # type: ignore[arg-type]


def test_questions_without_a_text_can_be_trained_on_asked_and_judged(asked_only: Corpus) -> None:
    assert asked_only.chapters == ()
    assert training_windows(asked_only) == []
    (example,) = examples(asked_only, tuned("instruct"))
    assert (example.question, example.answer) == ("When did the mill burn?", "May")
    assert make_plan(asked_only, tuned("instruct")).items == 2
    world = World(asked_only, frozenset())
    assert not world.recited(["word"] * 20)


def test_recipes_that_read_the_text_refuse_questions_without_one(asked_only: Corpus) -> None:
    for recipe in ("raw_text", "mixed"):
        with pytest.raises(UserError, match="the corpus has no text to train on"):
            examples(asked_only, tuned(recipe))


def test_a_text_without_questions_can_be_read(tmp_path: Path) -> None:
    corpus = built(given(tmp_path, text_txt="The mill burnt in May."))
    assert [example.text for example in examples(corpus, tuned("raw_text"))] == [
        "The mill burnt in May."
    ]
    with pytest.raises(UserError, match="no question to train on"):
        examples(corpus, tuned("instruct"))


def test_reading_a_table_loads_no_torch(tmp_path: Path) -> None:
    given(tmp_path, questions_csv="question,answer\nWhen was it?,May\n")
    code = (
        "import sys; from harness.corpora.build import build;"
        "from harness.records import CorpusChoice;"
        f"build(CorpusChoice(kind='files', path={str(tmp_path)!r}));"
        "assert 'datasets' in sys.modules; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_same_folder_is_the_same_corpus_in_every_process(tmp_path: Path) -> None:
    given(tmp_path, text_txt="The mill.", questions_jsonl=QUESTION * 3)
    code = (
        "from harness.corpora.build import build; from harness.records import CorpusChoice;"
        f"c = build(CorpusChoice(kind='files', path={str(tmp_path)!r})); print(c.digest, c.canary)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_questions_come_back_as_the_records_they_are(tmp_path: Path) -> None:
    everything = Question(
        question="When?",
        answers=("May", "in May"),
        id="a",
        cluster="mill",
        full_answer="It burnt in May.",
        relation="month",
        values=("June", "July"),
        distractors=("It burnt in June.",),
        wording="w1",
        direction="forward",
    )
    from harness.storage.jsonl import write_jsonl

    write_jsonl(tmp_path / "questions.jsonl", [everything])
    assert built(tmp_path).questions == (everything,)
