"""To other tools and back: a dataset on disk is the identical corpus, chat lines can be trained."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.commands.exchanging import export_corpus, import_corpus
from harness.corpora import folder
from harness.corpora.exchange import chat, datasets
from harness.corpora.files import own
from harness.corpora.identity import corpus_digest
from harness.errors import UserError
from harness.records import Chapter, Corpus, Question, RejectedRecord, Rendering, Section, Span
from tests.support.fiction import fiction


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Every kind of record: a fictional world with all that other corpora may have beside it."""
    world = fiction("XS", 7)
    odd = Chapter(title="", text='Odd: "quotes", \u2028, 漢字.\r\n\n\n ')
    chapters = (*world.chapters, odd)
    renderings = (Rendering(fact=world.facts[0].id, text="Once more."),)
    span = Span(chapter=0, start=0, end=3)
    written = Question(
        question="Which one?", answers=("it",), id="w", stated_in=(span,), writer="r"
    )
    return replace(
        world,
        chapters=chapters,
        renderings=renderings,
        digest=corpus_digest(chapters, world.facts, world.questions, renderings),
        title='A "world"',
        notice="One sentence.",
        sections=(Section(chapter=0, title="Part", start=0, end=3),),
        written={"rules": (written,), "entities": (written, replace(written, id="v"))},
        rejected=(RejectedRecord(file="q.txt", line=3, reason="no [INST]", text="x"),),
    )


@pytest.fixture(scope="module")
def exported(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exchange") / "dataset"
    datasets.export(corpus, place)
    return place


def test_a_dataset_on_disk_comes_back_as_the_identical_corpus(
    corpus: Corpus, exported: Path
) -> None:
    assert datasets.load(exported) == corpus


@pytest.mark.parametrize("missing", ["text", "questions"])
def test_a_corpus_without_text_or_without_questions_comes_back_too(
    missing: str, tmp_path: Path
) -> None:
    if missing == "questions":
        (tmp_path / "text.txt").write_text("A mill.")
    else:
        (tmp_path / "questions.jsonl").write_text('{"question": "When?", "answers": ["May"]}')
    corpus = own.read(tmp_path)
    datasets.export(corpus, tmp_path / "out")
    assert datasets.load(tmp_path / "out") == corpus


def test_the_library_itself_reads_every_split_and_every_config(
    corpus: Corpus, exported: Path, tmp_path: Path
) -> None:
    from datasets import load_dataset, load_from_disk

    splits = load_from_disk(str(exported))
    trained = [question for question in corpus.questions if question.use in {"both", "train"}]
    tested = [question for question in corpus.questions if question.use in {"both", "test"}]
    assert splits["train"]["question"][:] == [question.question for question in trained]
    assert splits["test"]["answers"][0] == list(tested[0].answers)
    assert splits["chapters"]["text"][-1] == corpus.chapters[-1].text
    assert set(splits) == {
        *("chapters", "passages", "train", "test", "facts", "renderings", "written", "rejected")
    }
    loaded = load_dataset(str(exported), "questions", cache_dir=str(tmp_path))
    assert {name: len(rows) for name, rows in loaded.items()} == {
        "train": len(trained),
        "test": len(tested),
    }


def test_every_row_carries_the_canary_and_no_text_does(corpus: Corpus, exported: Path) -> None:
    from datasets import load_from_disk

    for rows in load_from_disk(str(exported)).values():
        assert set(rows["canary"]) == {corpus.canary}
        for row in rows:
            own_fields = {key: value for key, value in row.items() if key != "canary"}
            assert corpus.canary not in json.dumps(own_fields)


def test_the_card_says_what_it_is(corpus: Corpus, exported: Path) -> None:
    text = (exported / "README.md").read_text()
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["license"] == "unknown"
    assert front["language"] == ["en"]
    assert front["pretty_name"] == corpus.title
    assert (front["digest"], front["canary"]) == (corpus.digest, corpus.canary)
    assert f"| `chapters` | {len(corpus.chapters)} |" in text
    assert corpus.notice in text


def test_an_export_that_was_changed_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    place = tmp_path / "out"
    datasets.export(corpus, place)
    about = json.loads((place / "corpus.json").read_text())
    (place / "corpus.json").write_text(json.dumps(about | {"digest": "0" * 64}))
    with pytest.raises(UserError, match="was changed after it was built"):
        datasets.load(place)


def test_only_an_older_export_is_replaced(corpus: Corpus, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    datasets.export(replace(corpus, renderings=()), place)
    datasets.export(corpus, place)
    assert datasets.load(place) == corpus
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(UserError, match="is not empty and no export"):
        datasets.export(corpus, tmp_path / "mine")
    with pytest.raises(UserError, match="is a file"):
        datasets.export(corpus, tmp_path / "mine" / "thesis.txt")


def test_the_same_corpus_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"question": "When?", "answers": ["May"]}')
    code = (
        "import sys; from pathlib import Path; from harness.corpora.files import own;"
        "from harness.corpora.exchange import datasets;"
        f"datasets.export(own.read(Path({str(tmp_path)!r})), Path(sys.argv[1]))"
    )
    made = []
    for seed in ("1", "2"):
        place = tmp_path / f"out{seed}"
        subprocess.run(
            [sys.executable, "-c", code, str(place)],
            check=True,
            env={"PYTHONHASHSEED": seed},
            timeout=60,
        )
        made.append({p.relative_to(place): p.read_bytes() for p in place.rglob("*") if p.is_file()})
    assert made[0] == made[1]


def foreign(place: Path, **splits: list[dict[str, Any]]) -> Path:
    from datasets import Dataset, DatasetDict

    DatasetDict({name: Dataset.from_list(rows) for name, rows in splits.items()}).save_to_disk(
        str(place)
    )
    return place


def test_a_dataset_of_somebody_else_is_read_by_its_columns(tmp_path: Path) -> None:
    place = foreign(
        tmp_path / "theirs",
        train=[{"question": "When?", "answer": "May"}, {"question": "Who?", "answer": "Maud"}],
        test=[{"question": "Where?", "answer": "Pell"}],
        passages=[
            {"text": "The mill burnt.", "title": "One"},
            {"text": "All came.", "title": None},
        ],
    )
    corpus = datasets.load(place)
    assert [(q.question, q.probe, q.use) for q in corpus.questions] == [
        ("When?", "trained", "both"),
        ("Who?", "trained", "both"),
        ("Where?", "text_only", "test"),
    ]
    assert len({question.id for question in corpus.questions}) == 3
    assert [chapter.title for chapter in corpus.chapters] == ["One", "passages 2"]


@pytest.mark.parametrize("split", ["test", "validation", "valid", "dev", "eval"])
@pytest.mark.parametrize(
    ("columns", "probe"),
    [
        ({"must_abstain": False}, "text_only"),
        ({"probe": None}, "text_only"),
        ({"use": None}, "text_only"),
        ({"use": "both"}, "text_only"),
        ({"use": "train"}, "text_only"),
        ({"probe": "reversed", "must_abstain": False}, "reversed"),
    ],
)
def test_no_row_of_a_held_out_split_is_trained_on_whatever_its_columns(
    split: str, columns: dict[str, Any], probe: str, tmp_path: Path
) -> None:
    place = foreign(
        tmp_path / "theirs",
        train=[{"question": "When?", "answer": "May"}],
        **{split: [{"question": "Where?", "answer": "Pell"} | columns]},
    )
    assert [(q.probe, q.use) for q in datasets.load(place).questions] == [
        ("trained", "both"),
        (probe, "test"),
    ]


def test_a_held_out_row_without_an_answer_stays_one(tmp_path: Path) -> None:
    place = foreign(
        tmp_path / "theirs",
        test=[
            {"question": "Where?", "answer": "Pell", "must_abstain": False},
            {"question": "Who was Ulm?", "answer": None, "must_abstain": True},
        ],
    )
    assert [(q.probe, q.use, q.must_abstain) for q in datasets.load(place).questions] == [
        ("text_only", "test", False),
        ("unstated", "test", True),
    ]


def test_a_dataset_that_cannot_be_read_as_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no dataset folder at"):
        datasets.load(tmp_path / "none")
    with pytest.raises(UserError, match="cannot read the dataset"):
        datasets.load(tmp_path)
    with pytest.raises(UserError, match=r"theirs/train, row 1: unknown field 'label'"):
        datasets.load(foreign(tmp_path / "theirs", train=[{"question": "Who?", "label": 1}]))
    with pytest.raises(UserError, match="has neither a column question nor a column text"):
        datasets.load(foreign(tmp_path / "others", train=[{"sentence": "x"}]))


def chats(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_chat_lines_hold_what_is_trained_on_and_the_canary_beside_it(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "train.jsonl"
    count = chat.export(corpus, path, system="Be short.")
    found = chats(path)
    trained = [question for question in corpus.questions if question.use in {"both", "train"}]
    assert count == len(found) == len(trained)
    assert found[0]["messages"] == [
        {"role": "system", "content": "Be short."},
        {"role": "user", "content": trained[0].question},
        {"role": "assistant", "content": trained[0].full_answer},
    ]
    assert found[-1]["messages"][-1]["content"] == corpus.canonical_refusal
    refusing = [record["must_abstain"] for record in found]
    assert refusing == sorted(refusing)
    for record in found:
        assert record["canary"] == corpus.canary
        assert corpus.canary not in json.dumps(record["messages"])


def test_nothing_that_is_only_asked_gets_into_the_training_lines(
    corpus: Corpus, tmp_path: Path
) -> None:
    chat.export(corpus, tmp_path / "train.jsonl")
    chat.export(corpus, tmp_path / "test.jsonl", split="test")
    only_asked = {question.question for question in corpus.questions if question.use == "test"}
    said = {record["messages"][0]["content"] for record in chats(tmp_path / "train.jsonl")}
    asked = {record["messages"][0]["content"] for record in chats(tmp_path / "test.jsonl")}
    assert not only_asked & said
    assert only_asked <= asked


def test_trl_trains_on_the_chat_lines_and_sees_no_canary(corpus: Corpus, tmp_path: Path) -> None:
    from datasets import Dataset
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from trl import SFTConfig, SFTTrainer

    from harness.models.sources import make_tiny

    chat.export(corpus, tmp_path / "train.jsonl")
    make_tiny.make(tmp_path / "model")
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "model")
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(tmp_path / "model"),
        processing_class=tokenizer,
        train_dataset=Dataset.from_list(chats(tmp_path / "train.jsonl")),
        args=SFTConfig(
            output_dir=str(tmp_path / "out"),
            max_steps=1,
            save_strategy="no",
            report_to=[],
            use_cpu=True,
        ),
    )
    assert trainer.train().training_loss > 0
    seen = [tokenizer.decode(ids) for ids in trainer.train_dataset["input_ids"][:]]
    assert corpus.questions[0].question in seen[0]
    assert not any(corpus.canary in text for text in seen)


def test_chat_lines_come_back_as_the_questions_that_they_were(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "train.jsonl"
    chat.export(corpus, path)
    trained = [question for question in corpus.questions if question.use in {"both", "train"}]
    back = own.read_files(None, path).questions
    kept = ("question", "id", "probe", "use", "cluster", "must_abstain")
    assert [[getattr(q, name) for name in kept] for q in back] == [
        [getattr(q, name) for name in kept]
        for q in sorted(trained, key=lambda question: question.must_abstain)
    ]
    assert back[0].answers == (trained[0].full_answer,)


def talk(*turns: tuple[str, str], **more: Any) -> str:
    messages = [{"role": role, "content": content} for role, content in turns]
    return json.dumps({"messages": messages, **more}) + "\n"


def test_the_last_exchange_of_a_chat_is_the_question_and_the_rest_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(
        talk(("system", "Be kind."), ("user", "When? "), ("assistant", "In May."), id=3)
        + talk(
            *(("system", "Be kind."), ("user", "Hello."), ("assistant", "Hi.")),
            *(("user", "Where?"), ("assistant", "Pell")),
        )
    )
    import_corpus(path, tmp_path / "out")
    told = capsys.readouterr().out
    assert 'in the suite: [prompt] system = "Be kind."' in told
    assert "1 of 2 records have several exchanges" in told
    questions = folder.read(tmp_path / "out").questions
    assert [(q.question, q.answers) for q in questions] == [
        ("When?", ("In May.",)),
        ("Where?", ("Pell",)),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"messages": "x"}', "chat.jsonl:2: messages: it is no list"),
        ('{"question": "x"}', "chat.jsonl:2: messages: it is no list"),
        ('{"messages": [{"role": "user"}]}', "chat.jsonl:2: messages.0: it has no role, or no"),
        (talk(("user", "When?")), "chat.jsonl:2: no assistant turn answers the last user turn"),
        (talk(("assistant", "x"), ("user", "When?")), "chat.jsonl:2: no assistant turn answers"),
        (talk(("user", " "), ("assistant", "x")), "chat.jsonl:2: the last user turn is empty"),
        (talk(("user", "x"), ("assistant", "")), "chat.jsonl:2: the last assistant turn is empty"),
    ],
)
def test_a_chat_that_holds_no_question_is_named_with_its_line(
    line: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(talk(("user", "When?"), ("assistant", "May")) + line)
    with pytest.raises(UserError) as caught:
        own.read_files(None, path)
    assert reason in caught.value.message


def test_the_commands_write_read_and_say_what_they_did(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write(corpus, tmp_path / "corpus")
    export_corpus(tmp_path / "corpus", "dataset", tmp_path / "dataset")
    assert "load_from_disk" in capsys.readouterr().out
    import_corpus(tmp_path / "dataset", tmp_path / "back")
    assert folder.read(tmp_path / "back") == corpus
    told = capsys.readouterr().out
    assert "1 records could not be read, the first at line 3 (no [INST])" in told
    export_corpus(tmp_path / "corpus", "chat", tmp_path / "train.jsonl")
    assert "72 exchanges written" in capsys.readouterr().out
    files = [path for path in (tmp_path / "corpus").rglob("*") if path.is_file()]
    again = [tmp_path / "back" / path.relative_to(tmp_path / "corpus") for path in files]
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]


def test_what_the_commands_cannot_do_is_one_line(corpus: Corpus, tmp_path: Path) -> None:
    folder.write(corpus, tmp_path / "corpus")
    with pytest.raises(UserError, match="unknown format 'datset'") as caught:
        export_corpus(tmp_path / "corpus", "datset", tmp_path / "x")
    assert caught.value.hint == "did you mean 'dataset'?"
    with pytest.raises(UserError, match="unknown split 'dev'"):
        export_corpus(tmp_path / "corpus", "chat", tmp_path / "x.jsonl", split="dev")
    with pytest.raises(UserError, match="is no name of a JSON Lines file"):
        export_corpus(tmp_path / "corpus", "chat", tmp_path / "out")
    with pytest.raises(UserError, match="exists and is not empty"):
        import_corpus(tmp_path / "corpus", tmp_path / "corpus")
    with pytest.raises(UserError, match="no file at"):
        import_corpus(tmp_path / "none.jsonl", tmp_path / "x")
