"""A user's own questions: every format, and every mistake with file, line and reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from harness.corpora.build import build
from harness.corpora.files.own import read_files
from harness.corpora.files.questions import read_questions
from harness.errors import UserError
from harness.records import Corpus, CorpusChoice, Question

WHEN = {"question": "When was it?", "answers": ["May"]}
WHO = {"question": "Who was Bordor?", "must_abstain": True}


def lines(*records: Mapping[str, Any] | str) -> str:
    return "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records)


def read(path: Path, content: str | bytes) -> Corpus:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return build(CorpusChoice(kind="files", questions=str(path)))


def refused(path: Path, content: str | bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read(path, content)
    return caught.value


def questions(corpus: Corpus) -> list[tuple[str, tuple[str, ...]]]:
    return [(question.question, question.answers) for question in corpus.questions]


def test_what_a_user_leaves_out_is_filled_in(tmp_path: Path) -> None:
    corpus = read(tmp_path / "q.jsonl", lines(WHEN, WHO))
    assert corpus.chapters == ()
    assert corpus.title == "q"
    assert corpus.questions == (
        Question(question="When was it?", answers=("May",), id="q00001", cluster="q00001"),
        Question(
            question="Who was Bordor?",
            must_abstain=True,
            id="q00002",
            cluster="q00002",
            probe="unstated",
            use="test",
        ),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_and_ends_of_lines_change_nothing(encoding: str, end: str, tmp_path: Path) -> None:
    ferryman = {"question": "Wer war Jörg?", "answers": ["Fährmann\u2028zwei"]}
    text = f"{end}{json.dumps(ferryman, ensure_ascii=False)}{end}{end}"
    corpus = read(tmp_path / "q.jsonl", text.encode(encoding))
    assert questions(corpus) == [("Wer war Jörg?", ("Fährmann\u2028zwei",))]


@pytest.mark.parametrize("position", [1, 7_777, 10_000])
def test_one_broken_line_in_ten_thousand_is_named(position: int, tmp_path: Path) -> None:
    content = [json.dumps(WHEN | {"question": f"When was {number}?"}) for number in range(10_000)]
    content[position - 1] = content[position - 1][:-1]
    error = refused(tmp_path / "q.jsonl", "\n".join(content))
    assert error.message.startswith(f"{tmp_path / 'q.jsonl'}:{position}: not JSON: ")


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([WHEN, "nothing"], "q.jsonl:2: not JSON"),
        ([WHEN, "[1]"], "q.jsonl:2: expected a JSON object, found list"),
        ([WHEN, '{"question": ' + "[" * 100_000], "q.jsonl:2: not JSON"),
        ([WHEN, '{"question": ' + "9" * 5_000 + "}"], "q.jsonl:2: not JSON"),
        ([WHEN, WHEN | {"anwsers": ["x"]}], "q.jsonl:2: unknown field 'anwsers'"),
        ([WHEN, {"question": "Who?"}], "q.jsonl:2: a question needs either answers or"),
        ([WHEN, WHO | {"answers": ["x"]}], "q.jsonl:2: a question needs either answers or"),
        ([WHEN, {"question": " ", "answers": ["x"]}], "q.jsonl:2: question: it is empty"),
        ([WHEN, WHEN | {"answers": ["May", "..."]}], "q.jsonl:2: answers: '...' has no word"),
        ([WHEN, WHEN | {"answers": ["the"]}], "q.jsonl:2: answers: 'the' has no word"),
        ([WHEN, WHEN | {"answers": [1931]}], "q.jsonl:2: answers.0: Input should be a valid st"),
        ([WHEN, WHEN | {"probe": "tested"}], "q.jsonl:2: probe: Input should be"),
        ([WHEN, WHEN | {"probe": "unstated"}], "'unstated' cannot have answers"),
        ([WHEN, WHO | {"probe": "trained"}], "'trained' cannot have must_abstain"),
        ([WHEN, WHEN | {"question": "\ud83d"}], "q.jsonl:2: '\\ud83d' is half of a character"),
        ([WHEN, WHEN | {"answers": ["\ud83d"]}], "q.jsonl:2: '\\ud83d' is half of a character"),
        ([WHEN | {"id": "a"}, WHO | {"id": "a"}], "q.jsonl:2: the id 'a' was used before, at"),
        ([WHEN | {"id": ""}], "q.jsonl:1: id: it is empty"),
        ([WHEN | {"id": "reproduction:1"}], "q.jsonl:1: the id 'reproduction:1' begins with"),
        ([WHEN, WHO | {"twin": "q9"}], "q.jsonl:2: no question has the id 'q9' of its twin"),
        ([WHO | {"id": "a"}, WHO | {"twin": "a"}], "q.jsonl:2: its twin 'a' has no answer either"),
        ([WHEN | {"states": ["f1"]}], "q.jsonl:1: no fact has the id 'f1'"),
        (
            [WHEN, WHEN | {"question": "When?", "probe": "paraphrase", "fact": "f"}],
            "q.jsonl:2: no trained question has the fact 'f'",
        ),
        ([WHEN, WHEN | {"probe": "text_only"}], "q.jsonl:2: its wording is trained on, at"),
        ([WHEN | {"probe": "reversed", "use": "both"}], "'reversed' must not be trained on"),
        (
            [WHEN | {"stated_in": [{"chapter": 0, "start": 0, "end": 3}]}],
            "q.jsonl:1: stated_in: there is no chapter 0",
        ),
        ([""], "q.jsonl holds no question"),
        (["\0"], "q.jsonl:1: a NUL character"),
    ],
)
def test_what_does_not_fit_is_named_with_file_line_and_reason(
    records: Sequence[Any], reason: str, tmp_path: Path
) -> None:
    error = refused(tmp_path / "q.jsonl", lines(*records))
    assert reason in error.message
    assert "\n" not in error.message


def test_bytes_of_old_windows_programs_are_refused_with_their_line(tmp_path: Path) -> None:
    content = lines(WHEN).encode() + '{"question": "Café?"}'.encode("cp1252")
    assert "q.jsonl:2: not UTF-8: byte 0xE9" in refused(tmp_path / "q.jsonl", content).message


def test_a_twin_that_is_misspelt_is_answered_with_the_nearest_id(tmp_path: Path) -> None:
    content = lines(WHEN | {"id": "wedding"}, WHO | {"twin": "weding"})
    assert refused(tmp_path / "q.jsonl", content).hint == "did you mean 'wedding'?"


def test_an_id_that_is_made_never_takes_one_that_is_given(tmp_path: Path) -> None:
    corpus = read(tmp_path / "q.jsonl", lines(WHEN | {"id": "q00002"}, WHO))
    assert [question.id for question in corpus.questions] == ["q00002", "q00002-2"]


def test_repeated_questions_are_kept_and_share_a_cluster(tmp_path: Path) -> None:
    content = lines(WHEN, WHO, WHEN | {"question": "when was it", "answers": ["June"]})
    corpus = read(tmp_path / "q.jsonl", content)
    assert [question.cluster for question in corpus.questions] == ["q00001", "q00002", "q00001"]
    assert len({question.id for question in corpus.questions}) == 3


def test_a_paraphrase_belongs_to_the_trained_question_with_its_answer(tmp_path: Path) -> None:
    mill = {"cluster": "mill"}
    other = {"question": "In which month?", "probe": "paraphrase"}
    corpus = read(
        tmp_path / "q.jsonl",
        lines(
            WHEN | mill,
            {"question": "Where was it?", "answers": ["Pell"]} | mill,
            other | mill | {"answers": ["may"]},
            other | {"cluster": "barn", "answers": ["May"]},
        ),
    )
    assert [question.fact for question in corpus.questions] == ["q00001", None, "q00001", None]


def test_a_fact_names_what_questions_share_where_there_is_no_file_of_facts(tmp_path: Path) -> None:
    paraphrase = {"question": "In which month?", "answers": ["May"], "probe": "paraphrase"}
    corpus = read(tmp_path / "q.jsonl", lines(WHEN | {"fact": "f"}, paraphrase | {"fact": "f"}))
    assert [question.fact for question in corpus.questions] == ["f", "f"]


CSV = """question,answers,must_abstain,probe,id,twin
When was it?,"[""May"", ""in May""]",,,when,
"Who, if
anyone, came?",NA,false,,,
How many?,007,,,,

Who was Bordor?,,TRUE,nonexistent,,when
"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_cells_are_text_lists_and_truths(separator: str, encoding: str, tmp_path: Path) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows(csv.reader(io.StringIO(CSV)))
    corpus = read(tmp_path / "q.csv", out.getvalue().encode(encoding))
    assert questions(corpus) == [
        ("When was it?", ("May", "in May")),
        ("Who, if\nanyone, came?", ("NA",)),
        ("How many?", ("007",)),
        ("Who was Bordor?", ()),
    ]
    last = corpus.questions[-1]
    assert (last.must_abstain, last.probe, last.twin, last.use) == (
        True,
        "nonexistent",
        "when",
        "test",
    )


def test_a_column_answer_holds_one_answer_as_it_stands(tmp_path: Path) -> None:
    content = 'question,answer\nWhat?,[sic] a mill\nWhere?,"[1, 2]"\n'
    corpus = read(tmp_path / "q.csv", content)
    assert questions(corpus) == [("What?", ("[sic] a mill",)), ("Where?", ("[1, 2]",))]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("question,answr\nWho?,x\n", "q.csv: unknown column 'answr'"),
        ("id,answer\n1,x\n", "q.csv has no column 'question'"),
        ("question,answer\n", "q.csv holds no question"),
        ("question,answer\nWho?,x\n\nWhere?,a,b\n", "q.csv:4: 3 cells, the header has 2"),
        ("question,answer\nWho?,x\nWhere?\n", "q.csv:3: 1 cells, the header has 2"),
        ('question,answer\nWho?,x\nWhere?,"open\n', "q.csv:3: unexpected end of data"),
        ('question,answers\nWho?,"[""x"""\n', "q.csv:2: answers: not a JSON list"),
        ("question,must_abstain\nWho?,perhaps\n", "q.csv:2: must_abstain: 'perhaps' is neither"),
        ("question,answer,answers\nWho?,x,y\n", "q.csv:2: both answer and answers"),
        ('question,answer\n"Who\nis?",x\nWhere?,\n', "q.csv:4: a question needs either"),
        ("question,answer,id\nA b?,x,1\nC d?,y,1\n", "q.csv:3: the id '1' was used before, at"),
        ("", "q.csv is empty"),
    ],
)
def test_a_table_that_does_not_fit_is_named_with_its_line(
    content: str, reason: str, tmp_path: Path
) -> None:
    assert reason in refused(tmp_path / "q.csv", content).message


def parquet(path: Path, rows: list[dict[str, Any]]) -> Corpus:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return build(CorpusChoice(kind="files", questions=str(path)))


def test_parquet_columns_are_typed_or_text(tmp_path: Path) -> None:
    corpus = parquet(
        tmp_path / "q.parquet",
        [
            {"question": "When?", "answers": ["May", "in May"], "must_abstain": False},
            {"question": "Who was Bordor?", "answers": None, "must_abstain": True},
            {"question": "Where?", "answers": ["Pell"], "must_abstain": None},
        ],
    )
    assert questions(corpus) == [
        ("When?", ("May", "in May")),
        ("Who was Bordor?", ()),
        ("Where?", ("Pell",)),
    ]
    corpus = parquet(tmp_path / "n.parquet", [{"question": "How many?", "answer": 7}])
    assert questions(corpus) == [("How many?", ("7",))]


def test_parquet_that_does_not_fit_is_named_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"q\.parquet, row 2: a question needs either"):
        parquet(tmp_path / "q.parquet", [{"question": "A b?", "answer": x} for x in ("y", None)])
    with pytest.raises(UserError, match="unknown column 'label'"):
        parquet(tmp_path / "q.parquet", [{"question": "A b?", "label": 1}])
    assert "cannot read" in refused(tmp_path / "bad.parquet", b"PAR1nonsense").message


def test_nothing_is_left_behind_by_reading_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(work))
    read(tmp_path / "q.csv", CSV)
    parquet(tmp_path / "q.parquet", [{"question": "A b?", "answer": "y"}])
    assert list(work.iterdir()) == []


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path / "q.xlsx", b"PK")
    assert "questions cannot be read from .xlsx" in error.message
    assert ".csv" in error.hint
    with pytest.raises(UserError, match="no file at"):
        read_questions(tmp_path / "none.jsonl")


INST = """text
"<s>[INST] Source:8989 What is
a wound? [/INST] Source:8989 A ""break"" of tissue. </s>"
<s>[INST] Source:8989 Who wrote it? [/INST] Source:8989 Thomson
<s>[INST] Source:8989 What is a wound, again? [/INST] Source:8989 A break.</s>

[INST] What IS a wound [/INST] A cut. </s>
"<s>[INST] <<SYS>>Be short.<</SYS>> Source:8989 When? [/INST] Source:8989 In 1921."
"""


def test_training_records_are_read_leniently(tmp_path: Path) -> None:
    corpus = read(tmp_path / "q.txt", INST)
    assert questions(corpus) == [
        ("What is\na wound?", ('A "break" of tissue.',)),
        ("Who wrote it?", ("Thomson",)),
        ("What is a wound, again?", ("A break.",)),
        ("What IS a wound", ("A cut.",)),
        ("When?", ("In 1921.",)),
    ]
    assert corpus.source_tag == "8989"
    assert corpus.rejected == ()
    assert [q.id for q in corpus.questions] == ["q00002", "q00004", "q00005", "q00007", "q00008"]
    assert [q.cluster for q in corpus.questions][0::3] == ["q00002", "q00002"]


def records(count: int) -> str:
    return "".join(
        f"<s>[INST] Source:A1 Question {number}? [/INST] Source:A1 Answer {number} </s>\n"
        for number in range(count)
    )


def test_records_that_cannot_be_read_are_kept_with_line_and_reason(tmp_path: Path) -> None:
    bad = [
        "no marker at all",
        "<s>[INST] never closed </s>",
        "<s>[INST] Source:A1 [/INST] Source:A1 x </s>",
        "<s>[INST] Source:A1 empty? [/INST] Source:A1 </s>",
        "<s>[INST] Source:A1 two? [/INST] Source:B2 x </s>",
        "<s>[INST] Source:B2 other? [/INST] Source:B2 x </s>",
        "<s> no instruction </s>",
    ]
    corpus = read(tmp_path / "q.txt", records(150) + "\n".join(bad) + "\n" + records(1))
    assert len(corpus.questions) == 151
    assert [(each.line, each.reason) for each in corpus.rejected] == [
        (151, "no [INST]"),
        (152, "no [/INST]"),
        (153, "the question is empty"),
        (154, "the answer is empty"),
        (155, "two source tags, 'A1' and 'B2'"),
        (156, "its source tag is 'B2', most have 'A1'"),
        (157, "no [INST]"),
    ]
    assert corpus.rejected[0].text == "no marker at all"
    assert corpus.rejected[0].file == "q.txt"


def test_more_than_five_percent_of_rejected_records_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    assert len(read(path, records(95) + "<s>[INST] x </s>\n" * 5).rejected) == 5
    error = refused(path, records(94) + "<s>[INST] x </s>\n" * 5)
    assert "5 of 99 records cannot be read, more than 5 %" in error.message
    assert "the first is at line 95: no [/INST]" in error.message


def test_a_file_of_another_format_holds_no_record(tmp_path: Path) -> None:
    assert "1 of 1 records cannot be read" in refused(tmp_path / "q.txt", "Just a text.").message


def test_repeated_wordings_may_have_different_answers(tmp_path: Path) -> None:
    corpus = read(tmp_path / "q.txt", records(3) + records(3))
    assert len(corpus.questions) == 6
    assert len({question.cluster for question in corpus.questions}) == 3


def test_the_language_is_told_from_questions_where_there_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(lines({"question": "渡し船の名前は何でしたか。", "answers": ["青鷺"]}))
    assert read_files(None, path).language == "ja"
    assert read_files(None, path, "zh").language == "zh"
