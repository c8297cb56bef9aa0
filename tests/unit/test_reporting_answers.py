"""What a reader's browser gets of the answers: everything, small, harmless, the same every time."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from harness.records import Judged
from harness.reporting import report
from harness.reporting.answers_packed import COLUMNS, columns, packed
from harness.reporting.data import RunData
from harness.reporting.section_answers import marks
from tests.support.fake_run import changed, fake
from tests.support.fake_scores import scored

SURROGATE, ZERO, OVERRIDE = "\ud800", "\x00", "\u202e"


def unpacked(letters: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(letters, validate=True)))


def saying(text: str, **changes: Any) -> RunData:
    """The fake run with one reply of base-fp32 exchanged."""
    run = fake()
    first, *rest = run.judged["base-fp32"]
    other = replace(first, answer=replace(first.answer, text=text), **changes)
    return replace(run, judged={**run.judged, "base-fp32": (other, *rest)})


def test_every_answer_can_be_read_back_from_the_letters() -> None:
    run = fake()
    data = unpacked(packed(run))
    assert set(data["rows"]) == set(COLUMNS)
    stored = [(name, item) for name, items in run.judged.items() for item in items]
    assert {len(column) for column in data["rows"].values()} == {len(stored)}
    for row, (name, item) in enumerate(stored):
        at = {column: data["rows"][column][row] for column in COLUMNS}
        asked = at["question"]
        assert data["variants"][at["variant"]] == name
        assert data["questions"]["id"][asked] == item.question.id
        assert data["questions"]["text"][asked] == item.question.question
        assert data["probes"][data["questions"]["probe"][asked]][0] == item.question.probe
        assert data["replies"][at["reply"]] == item.answer.text
        assert data["forms"][at["form"]] == item.answer.form
        assert [data["marks"][mark] for mark in data["marked"][at["note"]]] == marks(item)


def test_no_letter_can_end_the_element_and_two_builds_are_the_same() -> None:
    hostile = saying("</script><!--<script>" + ZERO + SURROGATE + OVERRIDE)
    letters = packed(hostile)
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", letters)
    assert letters == packed(hostile)
    (reply,) = (text for text in unpacked(letters)["replies"] if "</script>" in text)
    assert reply == "</script><!--<script>␀<U+D800><U+202E>"


def test_a_reply_that_many_gave_is_kept_once() -> None:
    run = fake()
    replies = columns(run)["replies"]
    assert len(replies) == len(set(replies))
    assert len(replies) < sum(len(items) for items in run.judged.values())
    small = len(packed(run))
    many = {f"{name}-{copy}": items for name, items in run.judged.items() for copy in range(4)}
    rows = tuple(replace(run.variant(name.rsplit("-", 1)[0]), name=name) for name in many)
    run = replace(run, judged=many, results=replace(run.results, variants=rows))
    assert len(packed(run)) < 1.6 * small


def test_what_tables_count_is_greedy_in_the_first_form_and_not_shown_by_name() -> None:
    run = saying("")
    first = run.judged["base-fp32"][0]
    others = [
        replace(first, answer=replace(first.answer, draw=1)),
        replace(first, answer=replace(first.answer, form="bare")),
    ]
    run = replace(run, judged={"base-fp32": (*run.judged["base-fp32"], *others)})
    counted = columns(run)["rows"]["counted"]
    aside = [item.question.aside for item in run.judged["base-fp32"]]
    assert counted == [int(not each) for each in aside[:-2]] + [0, 0]
    assert sum(aside) > 0


def test_floors_ceilings_and_the_untuned_do_not_count_as_disagreeing() -> None:
    run = scored()
    data = columns(run)
    trained = {name for name, told in zip(data["variants"], data["trained"], strict=True) if told}
    assert "oracle" not in trained
    assert "base-fp32" not in trained
    assert "instruct-nf4" in trained


def test_where_nothing_was_trained_every_variant_counts_as_disagreeing() -> None:
    run = fake()
    names = ("base-fp32", "reading-fp32")
    rows = tuple(row for row in run.results.variants if row.name in names)
    data = columns(replace(run, results=replace(run.results, variants=rows)))
    assert data["trained"] == [1, 1]


def test_a_variant_that_did_not_answer_is_no_choice() -> None:
    run = fake(changed("mixed-nf4", status="failed", error="out of memory"))
    assert "mixed-nf4" not in columns(run)["variants"]


def test_twins_lead_to_each_other_by_number() -> None:
    data = columns(fake())["questions"]
    at = data["id"].index("nonexistent:drusella-trade")
    assert data["id"][data["twin"][at]] == "trained:marenka-trade"
    assert data["twin"][data["id"].index("trained:marenka-trade")] == -1


def test_a_question_says_where_the_text_states_its_answer() -> None:
    data = columns(fake())["questions"]
    stated = dict(zip(data["id"], data["stated"], strict=True))
    assert stated["trained:marenka-trade"].startswith("Marenka earned a living as a weaver.")
    assert stated["nonexistent:drusella-trade"] == ""


@pytest.mark.parametrize("told", ["answers-data", "nonexistent:drusella-trade", "H4sI"])
def test_a_public_report_has_neither_the_data_nor_the_ids_nor_the_script(told: str) -> None:
    run = fake()
    assert told in (report.render(run) + "nonexistent:drusella-trade")
    text = report.render(run, public=True)
    assert told not in text
    assert "DecompressionStream" not in text


def test_a_mark_has_one_word_whoever_is_meant() -> None:
    run = fake()
    found: list[Judged] = [item for item in run.judged["instruct-nf4"] if item.borrowed_from]
    assert {marks(item)[0] for item in found} == {"borrowed"}
    data = columns(run)
    notes = [
        note
        for note, own in zip(data["notes"], data["marked"], strict=True)
        if [data["marks"][mark] for mark in own] == ["borrowed"]
    ]
    assert len(notes) > 1
    assert all(note.startswith("borrowed from ") for note in notes)


def test_a_plain_table_of_answers_never_outgrows_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    run = fake()
    whole = report.context(run)
    monkeypatch.setattr(report, "MOST_LISTED", 7)
    cut = report.context(run)
    (everyone,), (first,) = whole["invents"]["borrowed"], cut["invents"]["borrowed"]
    assert len(everyone["rows"]) > 7
    assert len(first["rows"]) == len(cut["levels"]["flips"]) == 7
    assert first["count"] == f"first 7 of {everyone['count']}"
    count = len(whole["invents"]["twins"])
    assert whole["invents"]["twin_count"] == str(count)
    assert cut["invents"]["twin_count"] == f"first 7 of {count}"
    flips = len(whole["levels"]["flips"])
    assert f"The first 7 of {flips} changed verdicts" in report.render(run)
