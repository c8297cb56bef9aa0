"""`closedbook corpus audit` and `show` on folders, in plain text and as JSON."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.commands import auditing
from harness.commands.auditing import show_audit
from harness.commands.corpus_showing import show_corpus
from harness.corpora import folder as corpus_folder
from harness.corpora.identity import corpus_digest
from harness.errors import UserError
from harness.records import Corpus
from harness.storage.jsonl import canonical
from tests.support.fake_run import quick
from tests.support.fake_world import world
from tests.support.run_folder import write_run

NOTICE = "A historical text, not advice."


@pytest.fixture(autouse=True)
def no_tokenizer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLOSEDBOOK_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def corpus() -> Corpus:
    return replace(world(), title="The wet autumn", notice=NOTICE)


@pytest.fixture
def place(tmp_path: Path, corpus: Corpus) -> Path:
    corpus_folder.write(corpus, tmp_path / "world")
    return tmp_path / "world"


def test_the_audit_is_a_plain_table_where_there_is_no_terminal(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show_audit(place, None, None)
    said = capsys.readouterr().out
    assert said.startswith("The wet autumn (digest ")
    assert NOTICE in said
    assert "\x1b" not in said
    assert "paraphrase" in said
    assert "Nothing here should worry a reader." in said
    assert "Lengths in words (no tokenizer here)" in said
    assert not any(line != line.rstrip() for line in said.splitlines() if "most alike" in line)


def test_a_leak_is_told_on_the_terminal(
    tmp_path: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    leak = replace(corpus.questions[0], id="leak", probe="paraphrase", use="test")
    questions = (*corpus.questions, leak)
    digest = corpus_digest(corpus.chapters, corpus.facts, questions)
    corpus_folder.write(replace(corpus, questions=questions, digest=digest), tmp_path / "leaky")
    show_audit(tmp_path / "leaky", None, None)
    assert "! 1 of 25 paraphrase questions are also training" in capsys.readouterr().out


def test_json_holds_every_number_and_repeats(place: Path, tmp_path: Path) -> None:
    show_audit(place, tmp_path / "one.json", None)
    show_audit(place, tmp_path / "two.json", None)
    found = json.loads((tmp_path / "one.json").read_text())
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert found["unit"] == "words"
    assert found["corpus"]["notice"] == NOTICE
    probes = {each["probe"]: each for each in found["overlaps"][0]["probes"]}
    assert probes["trained"]["exact"] == probes["trained"]["n"] == 24
    assert {each["relation"] for each in found["relations"]} == {"trade", "home", "keeps"}
    assert canonical(found)


def test_a_run_on_this_corpus_adds_what_the_untuned_model_knows(
    tmp_path: Path, place: Path, corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    run = write_run(tmp_path / "run", [quick()[0]], corpus=corpus)
    show_audit(place, tmp_path / "a.json", run.path)
    found = json.loads((tmp_path / "a.json").read_text())["contamination"]
    assert (found[0]["probe"], found[0]["right"]["n"], found[0]["right"]["value"]) == ("", 60, 0.0)
    assert "What the untuned model already knows" in capsys.readouterr().out


def test_a_run_on_another_corpus_is_refused(tmp_path: Path, place: Path, corpus: Corpus) -> None:
    facts = corpus.facts[1:]
    other = replace(
        corpus, facts=facts, digest=corpus_digest(corpus.chapters, facts, corpus.questions)
    )
    run = write_run(tmp_path / "run", [quick()[0]], corpus=other)
    with pytest.raises(UserError, match="another corpus"):
        show_audit(place, None, run.path)


def test_a_run_without_an_untuned_variant_is_refused(
    tmp_path: Path, place: Path, corpus: Corpus
) -> None:
    run = write_run(tmp_path / "run", [quick()[3]], corpus=corpus)
    with pytest.raises(UserError, match="holds no untuned variant"):
        show_audit(place, None, run.path)


def test_a_folder_that_is_no_run_is_refused(place: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no run folder"):
        show_audit(place, None, tmp_path / "nothing")


def test_tokens_are_counted_where_the_tokenizer_is_on_this_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    from harness import catalog

    assert auditing.token_counter() is None
    monkeypatch.setenv("CLOSEDBOOK_CACHE", str(tmp_path))
    digest = str(catalog.get("model", auditing.TOKENIZER_OF).data["sha256"])[:12]
    path = tmp_path / "models" / f"{auditing.TOKENIZER_OF}--{digest}" / "tokenizer.json"
    path.parent.mkdir(parents=True)
    tokenizer = Tokenizer(WordLevel({"a": 0, "?": 1}, unk_token="?"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(path))
    count = auditing.token_counter()
    assert count is not None
    assert count("a, b a") == 4


def test_neither_command_imports_torch(place: Path) -> None:
    import subprocess

    code = (
        "import sys; from pathlib import Path;"
        "from harness.commands.auditing import show_audit;"
        "from harness.commands.corpus_showing import show_corpus;"
        f"show_audit(Path({str(place)!r}), None, None); show_corpus(Path({str(place)!r}));"
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'datasets')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_show_tells_counts_chapters_and_some_questions(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show_corpus(place, 2)
    said = capsys.readouterr().out
    assert said.startswith("The wet autumn\nfiction, size XS, seed 7, language en, digest ")
    assert NOTICE in said
    assert "What the market heard" in said
    assert "36 facts, 24 of them asked in training" in said
    assert said.count("(has no answer)") == 8
    assert "Who was Marenka?  Marenka is a weaver." in said


def test_show_without_questions_shows_none(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_corpus(place, 0)
    assert "Who was" not in capsys.readouterr().out


def test_the_audit_does_not_depend_on_the_order_of_sets(place: Path, tmp_path: Path) -> None:
    import os
    import subprocess

    found = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.json"
        code = (
            "from pathlib import Path; from harness.commands.auditing import show_audit;"
            f"show_audit(Path({str(place)!r}), Path({str(out)!r}), None)"
        )
        settings = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code], env=settings, check=True, capture_output=True)
        found.append(out.read_bytes())
    assert found[0] == found[1]
