"""Texts that try to run, to hide, to turn the page around or to burst it are shown as texts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from harness.records import VERDICTS, Judged, Question
from harness.reporting import report
from harness.reporting.data import RunData
from harness.reporting.wording import visible
from tests.support.fake_run import fake

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
WILD = (
    "</script><script>window.taken = 1; document.title = 'taken'</script>",
    "<img src='https://outside.test/x.png' onerror='window.taken = 2'>",
    "<!-- <script> --> <svg onload=window.taken=3><style>*{display:none}</style>",
    "\"quoted\" 'twice' & `ticks` ${window.taken = 4} {{ 7 * 7 }} %s \\u003cb\\u003e &lt;b&gt;",
    "אבג right to left דהו \u202e override \u2066 isolate \u200f mark",
    "🐉🧵👩‍👩‍👧‍👦 emoji, e\u0301 and ﷽",
    "half a pair \ud83d and \udc09 the other",
    "null \x00 bell \x07 escape \x1b[31m delete \x7f",
    "line\u2028separator\u2029 and \ufeff and \u200b",
    "javascript:window.taken=5",
)
ODD_ID = "a&b#c?d=e%20f+g/h\"i'<j>"


def wild() -> RunData:
    """The fake run in which the first questions, what is expected and the replies are WILD."""
    run = fake()
    first = [item.question.id for item in run.judged["base-fp32"]][: len(WILD)]
    texts = dict(zip(first, WILD, strict=True))

    def asked(question: Question) -> Question:
        text = texts[question.id]
        name = ODD_ID if question.id == first[0] else f"{text}/{question.id}"
        return replace(question, id=name, question=text, answers=(text,))

    def turned(item: Judged, place: int) -> Judged:
        if item.question.id not in texts:
            return item
        question = asked(item.question)
        answer = replace(item.answer, question=question.id, text=question.question)
        verdict = VERDICTS[place % len(VERDICTS)]  # as differently as can be: most telling
        return replace(item, question=question, answer=answer, verdict=verdict)

    judged = {
        name: tuple(turned(item, place) for item in items)
        for place, (name, items) in enumerate(run.judged.items())
    }
    long = judged["base-fp32"][len(WILD)]
    endless = replace(long, answer=replace(long.answer, text="🐉<b>endless</b> " * 6_000))
    base = judged["base-fp32"]
    judged["base-fp32"] = (*base[: len(WILD)], endless, *base[len(WILD) + 1 :])
    questions = tuple(
        asked(question) if question.id in texts else question for question in run.corpus.questions
    )
    return replace(run, judged=judged, corpus=replace(run.corpus, questions=questions))


@pytest.fixture(scope="module")
def wild_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wild") / "report.html"
    path.write_bytes(report.render(wild()).encode("utf-8"))
    return path


def until(page: Page, said: str) -> None:
    page.wait_for_function(
        "said => document.getElementById('found').textContent.startsWith(said)", arg=said
    )


def untouched(page: Page) -> None:
    """Nothing ran, nothing became markup."""
    assert page.evaluate("window.taken") is None
    assert page.title() == "quick: what it knows, what it invents"
    assert page.locator("img, #browser svg, #browser style, #browser script").count() == 0


def test_every_wild_text_is_shown_as_it_is_wherever_it_stands(
    visit: Visit, wild_file: Path
) -> None:
    page = visit(wild_file)
    cells = page.evaluate(
        "[...document.querySelectorAll('#browser tbody tr')].slice(0, 10)"
        ".map(row => [2, 3, 4].map(at => row.children[at].textContent))"
    )
    for text, found in zip(WILD, cells, strict=True):
        assert found == [visible(text)] * 3
    untouched(page)


def test_no_text_turns_its_neighbours_around(visit: Visit, wild_file: Path) -> None:
    page = visit(wild_file)
    row = page.locator("#browser tbody tr", has_text="right to left").first
    left = row.locator("td").first.bounding_box()
    right = row.locator("td").last.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] < right["x"]
    for cell in row.locator("td bdi").all():
        assert cell.get_attribute("dir") == "auto"


def test_a_question_with_an_odd_id_has_a_link_that_leads_back_to_it(
    visit: Visit, wild_file: Path
) -> None:
    page = visit(wild_file)
    page.locator("#browser tbody a").first.click()
    until(page, "8 of 784 answers")
    fragment = page.evaluate("location.hash")
    assert fragment == "#question=" + quote(ODD_ID, safe="!'()*")
    page.reload()
    until(page, "8 of 784 answers")
    assert page.locator("#asked h3").inner_text() == WILD[0]
    assert page.locator("#asked code").inner_text() == ODD_ID
    untouched(page)


def test_ids_made_of_anything_open_from_the_list(visit: Visit, wild_file: Path) -> None:
    page = visit(wild_file)
    for place, text in enumerate(WILD):
        page.locator("#browser tbody a").nth(place).click()
        until(page, "8 of 784 answers")
        assert page.locator("#asked h3").text_content() == visible(text)
        page.go_back()
        until(page, "784 of 784 answers")
    untouched(page)


def test_a_link_full_of_markup_is_told_as_text(visit: Visit, wild_file: Path) -> None:
    page = visit(wild_file)
    page.evaluate("location.hash = '#answers?variant=<img src=x onerror=window.taken=6>&sort=\"]'")
    until(page, "Not in this report: variant “<img src=x onerror=window.taken=6>”.")
    page.evaluate("location.hash = '#answers?words=' + encodeURIComponent('</script><script>')")
    until(page, "8 of 784 answers")
    assert page.input_value("input[name=words]") == "</script><script>"
    untouched(page)


def test_wild_texts_survive_the_way_to_csv(visit: Visit, wild_file: Path) -> None:
    page = visit(wild_file)
    page.select_option("select[name=variant]", "base-fp32")
    with page.expect_download() as download:
        page.click("#save-csv")
    with download.value.path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["answer"] for row in rows[: len(WILD)]] == [visible(text) for text in WILD]
    assert rows[0]["id"] == ODD_ID
    assert rows[len(WILD)]["answer"] == "🐉<b>endless</b> " * 6_000


def test_a_very_long_reply_is_begun_and_opens_whole_on_request(
    visit: Visit, wild_file: Path
) -> None:
    page = visit(wild_file)
    details = page.locator("#browser details.long").first
    begun = details.inner_text()
    assert "more characters" in begun
    assert "\ufffd" not in begun
    assert len(begun) < 400
    details.locator("summary").click()
    whole = details.locator("bdi").nth(1)
    assert whole.text_content() == "🐉<b>endless</b> " * 6_000
    assert page.locator("html").evaluate("page => page.scrollWidth <= innerWidth")


def test_without_scripts_wild_texts_are_texts_too(visit: Visit, wild_file: Path) -> None:
    page = visit(wild_file, java_script_enabled=False)
    for text in WILD[:3]:
        assert page.locator("#telling td", has_text=text).count() > 0
    assert page.locator("img").count() == 0
