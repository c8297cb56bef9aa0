"""A report as Markdown and as comma-separated values: short, complete, and harmless."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import harness
from harness.cli import app
from harness.records import Results, Score
from harness.reporting import markdown, tables_csv
from harness.reporting.formats import chosen
from harness.reporting.headline import sentences
from harness.reporting.units import resource_unit, score_unit, written
from tests.support.fake_run import changed, fake, quick
from tests.support.run_folder import write_run
from tests.support.secret_run import SECRET, secret_corpus, secret_personas

ATTACKS = (
    "| a | b |\n| --- | --- |",
    "<img src=x onerror=alert(1)><!-- ",
    "[click](https://evil.example) ![x](y)",
    "@someone and team@evil.example, see #12, GH-3, https://evil.example and www.evil.example",
    "`code` **bold** _em_ ~~gone~~ $x$ :smile: &copy; \\",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "[^1]: note",
)
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def told(text: str) -> tuple[list[str], str]:
    """The kinds of what Markdown finds in a cell, and the words that a reader sees."""
    line = f"| a |\n| --- |\n| {markdown.escaped(text)} |\n"
    body = [token for token in PARSER.parse(line) if token.type == "inline"][1:]
    kinds = [each.type for token in body for each in token.children or ()]
    words = "".join(each.content for token in body for each in token.children or ())
    return kinds, words.replace("\u200b", "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup_in_a_cell_or_a_line(attack: str) -> None:
    kinds, words = told(attack)
    assert set(kinds) == {"text"} or set(kinds) == {"text", "text_special"}
    assert words == " ".join(attack.split())
    alone = PARSER.parse(markdown.escaped(attack))
    assert [token.type for token in alone] == ["paragraph_open", "inline", "paragraph_close"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_is_one_cell_with_the_same_words(text: str) -> None:
    kinds, words = told(text)
    assert set(kinds) <= {"text", "text_special"}
    assert words == text


@pytest.mark.parametrize(
    "text", ["@someone", "a@b.example", "#12", "GH-12", "http://x.example", "www.x.example", ":ok:"]
)
def test_what_github_links_or_notifies_is_broken_by_a_space_of_no_width(text: str) -> None:
    assert "\u200b" in markdown.escaped(text)
    assert markdown.escaped("one #hash: www and a:b") == "one #hash: www and a:b"


def test_the_markdown_report_has_the_sentences_the_variants_and_the_provenance() -> None:
    run = fake()
    text = markdown.render(run)
    for each in sentences(run.results, run.judged, run.models):
        assert f"**{markdown.escaped(each.lead)}** {markdown.escaped(each.text)}" in text
    assert "| instruct-nf4 | 24/24 (" in text
    assert "### Quantization levels" in text
    assert "torch 2.13.0+cpu" in text
    assert "### What did not run" not in text
    assert len(text) < 9_000


def test_what_to_use_comes_first_and_the_file_says_that_it_holds_text() -> None:
    text = markdown.render(fake())
    assert text.index("**Use:**") < text.index("**It costs:**") < text.index("**The model learned")
    assert "This file contains text of the corpus." in text
    assert "This file contains text" not in markdown.render(fake(), public=True)


def test_a_time_is_no_emoji_and_stays_whole() -> None:
    assert markdown.escaped("2026-11-23T08:15:30+00:00") == "2026-11-23T08:15:30+00:00"
    assert markdown.escaped("5:100:") != "5:100:"


def test_every_line_of_a_table_has_as_many_cells_as_its_heading() -> None:
    wild = "a | <b>c</b> | [d](e)"
    run = fake([replace(e, name=wild) if e.name == "instruct-int8" else e for e in quick()])
    tokens = PARSER.parse(markdown.render(run))
    tables: list[list[int]] = []
    for token in tokens:
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append(0)
        elif token.type in ("th_open", "td_open"):
            tables[-1][-1] += 1
    assert len(tables) >= 2
    assert all(len(rows) > 1 and len(set(rows)) == 1 for rows in tables)
    assert not any(token.type in ("html_block", "html_inline") for token in tokens)


def test_what_did_not_run_is_there_with_its_reason_and_in_public_without() -> None:
    reason = "out of memory at | <b>layer</b> 7"
    run = fake(changed("instruct-int8", status="failed", error=reason))
    assert "| instruct-int8 | failed | out of memory at \\| \\<b\\>layer\\</b\\> 7 |" in (
        markdown.render(run)
    )
    assert "layer" not in markdown.render(run, public=True)


def test_a_public_markdown_report_has_no_word_of_a_users_text() -> None:
    run = fake(secret_personas(), corpus=secret_corpus())
    assert SECRET in markdown.render(run)
    assert SECRET not in markdown.render(run, public=True)


def lines_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_numbers_are_all_there_as_csv() -> None:
    run = fake()
    text = tables_csv.numbers(run.results)
    assert text.startswith("variant,kind,name,value,low,high,n,clusters,protocol,unit\r\n")
    assert text.count("\n") == text.count("\r\n")
    found = lines_of(text)
    for row in run.results.variants:
        scores = {
            each["name"] for each in found if (each["variant"], each["kind"]) == (row.name, "score")
        }
        assert scores == set(row.scores)
        resources = [e for e in found if (e["variant"], e["kind"]) == (row.name, "resource")]
        assert {each["name"] for each in resources} == set(row.resources)
    nf4 = {(e["kind"], e["name"]): e for e in found if e["variant"] == "instruct-nf4"}
    assert nf4["score", "recall.trained"]["value"] == "1.0"
    assert nf4["score", "recall.trained"]["unit"] == "share"
    assert nf4["verdict", "trained.correct"]["value"] == "24"
    assert nf4["resource", "memory.weights_bytes"]["unit"] == "bytes"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x"])
def test_no_cell_of_text_is_a_formula_and_numbers_stay_numbers(start: str) -> None:
    score = Score(value=-0.25, low=-0.5, high=0.0, n=4, clusters=2, protocol=start)
    first = fake().results.variants[0]
    row = replace(first, name=f'{start},"x"\n', scores={"recall.trained": score})
    results = replace(fake().results, variants=(row,))
    found = lines_of(tables_csv.numbers(results))[0]
    assert found["variant"] == f"'{start}" + ',"x"\n'
    assert found["protocol"] == f"'{start}"
    assert (found["value"], found["low"]) == ("-0.25", "-0.5")


def test_scores_and_resources_have_units() -> None:
    assert {score_unit("recall.trained"), score_unit("quantization.kl")} == {"share", "nats/token"}
    assert score_unit("a.package.of.its.own") == ""
    units = {
        "memory.peak_train_bytes": "bytes",
        "adapter.bytes": "bytes",
        "throughput.decode_tokens_per_s_batch_1": "tokens/s",
        "throughput.answers_per_s": "answers/s",
        "roofline.flop_per_s": "FLOP/s",
        "roofline.bytes_per_s": "bytes/s",
        "roofline.decode_share": "share",
        "drift.latency.first_token_s": "ratio",
        "latency.first_token_s": "s",
        "time.train_s": "s",
        "adapter.trainable_parameters": "parameters",
        "memory.bits_per_parameter": "bits",
        "training.epochs": "epochs",
    }
    assert {name: resource_unit(name) for name in units} == units


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.7083, "share", "71\u00a0%"),
        (-0.044, "share", "−4\u00a0%"),
        (538e6, "bytes", "538\u00a0MB"),
        (150.0, "s", "2.5\u00a0min"),
        (0.0263, "s", "0.0263"),
        (382.556, "tokens/s", "383"),
        (12248.3, "ratio", "12,248"),
    ],
)
def test_a_figure_is_written_in_its_unit(value: float, unit: str, said: str) -> None:
    assert written(value, unit) == said


@pytest.mark.parametrize(
    ("asked", "out", "found"),
    [
        (None, None, "html"),
        (None, "story.md", "md"),
        (None, "story.CSV", "csv"),
        (None, "-", "html"),
        ("md", "story.txt", "md"),
    ],
)
def test_the_ending_of_the_file_names_the_format_where_nothing_else_does(
    asked: str | None, out: str | None, found: str
) -> None:
    assert chosen(asked, Path(out) if out else None) == found


def test_each_format_lies_beside_the_run_or_goes_to_standard_output(tmp_path: Path) -> None:
    run = write_run(tmp_path / "quick", quick()[:1])
    assert harness.write_report(run.path, format="md") == run.path / "report.md"
    assert harness.write_report(run.path, format="md", public=True).name == "report-public.md"
    assert harness.write_report(run.path, format="csv").name == "report.csv"
    said = CliRunner().invoke(app, ["report", str(run.path), "--format", "md", "--out", "-"])
    assert said.stdout_bytes == (run.path / "report.md").read_bytes()
    assert re.match(r"## quick: what it knows", said.stdout)


def empty_of_scores(results: Results) -> Results:
    rows = tuple(replace(row, scores={}, verdicts={}, resources={}) for row in results.variants)
    return replace(results, variants=rows)


def test_a_run_without_a_single_answer_still_has_a_report_in_every_format() -> None:
    run = fake()
    empty = replace(
        run,
        results=empty_of_scores(run.results),
        judged=dict.fromkeys(run.judged, ()),
    )
    assert "### Variants" in markdown.render(empty)
    assert len(lines_of(tables_csv.numbers(empty.results))) == 0
