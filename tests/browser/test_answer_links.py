"""What leads into and out of the answer browser: addresses, questions, the way back, copies."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.browsing import ALL, Visit, at, focused, found, shown, until, written
from tests.support.fake_run import fake

pytestmark = pytest.mark.browser
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_what_is_shown_stands_in_the_address_and_a_link_restores_it(
    visit: Visit, report_file: Path
) -> None:
    page = visit()
    page.select_option("select[name=variant]", "instruct-nf4")
    page.select_option("select[name=probe]", "nonexistent")
    page.select_option("select[name=verdict]", "invented")
    page.fill("input[name=words]", "bordor")
    until(page, "1 of 784 answers")
    link = page.evaluate("location.hash")
    assert link == "#answers?variant=instruct-nf4&probe=nonexistent&verdict=invented&words=bordor"
    again = visit(at(report_file, link))
    until(again, "1 of 784 answers")
    assert again.input_value("select[name=probe]") == "nonexistent"
    assert again.input_value("input[name=words]") == "bordor"
    again.wait_for_function(
        "Math.abs(document.getElementById('answers').getBoundingClientRect().y) < 200"
    )


def test_a_link_restores_order_page_and_size(visit: Visit, report_file: Path) -> None:
    page = visit(at(report_file, "#answers?sort=-question&size=25&page=3&disagree=1"))
    page.wait_for_function("document.getElementById('found').textContent.includes('page 3 of')")
    assert page.locator("th[data-column=question]").get_attribute("aria-sort") == "descending"
    assert page.locator("input[name=disagree]").is_checked()
    assert len(shown(page)) == 25


def test_a_link_to_a_variant_leads_to_its_answers(visit: Visit, report_file: Path) -> None:
    page = visit(at(report_file, "#variant=raw_text-nf4"))
    page.wait_for_function("document.getElementById('found').textContent.startsWith('98 of 784')")
    assert {row[0] for row in shown(page)} == {"raw_text-nf4"}


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#variant=nobody%2Dhere", "Not in this report: variant “nobody-here”. " + ALL),
        ("#question=%E0%A4%A", "Not in this report: question “%E0%A4%A”. " + ALL),
        ("#answers?draw=7&probe=x", "Not in this report: probe “x”, draw “7”. " + ALL),
        ("#answers?sort=__proto__&size=9999&page=-4&constructor=1", ALL),
        ("#answers?page=99999", "784 of 784 answers, 751 to 784 shown, page 16 of 16"),
    ],
)
def test_a_link_that_names_what_is_not_there_says_so(
    visit: Visit, report_file: Path, fragment: str, said: str
) -> None:
    until(visit(at(report_file, fragment)), said)


def test_a_question_shows_what_every_variant_replied_to_it(visit: Visit) -> None:
    page = visit()
    page.select_option("select[name=variant]", "instruct-nf4")
    page.fill("input[name=words]", "who was drusella")
    until(page, "1 of 784 answers")
    page.locator("#browser tbody a").click()
    until(page, "8 of 784 answers")
    assert page.locator("#asked h3").inner_text() == "Who was Drusella?"
    assert focused(page) == "Who was Drusella?"
    assert len({row[0] for row in shown(page)}) == 8
    assert page.locator("#browser td.question").first.is_hidden()
    assert page.evaluate("location.hash") == "#question=nonexistent%3Adrusella-trade"
    assert "no answer" in page.locator("#asked dl").inner_text()
    page.locator("#asked dl a").click()
    assert "Who was Marenka?" in page.locator("#asked h3").inner_text()
    assert "Marenka earned a living as a weaver." in page.locator("#asked dl").inner_text()


def test_a_phone_reader_can_sort_and_open_questions(visit: Visit) -> None:
    page = visit(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page.locator("th[data-column=answer] button").tap()
    assert page.locator("th[data-column=answer]").get_attribute("aria-sort") == "ascending"
    page.locator("#browser tbody a").first.tap()
    page.wait_for_selector("#asked:not([hidden])")
    assert page.locator("html").evaluate("element => element.scrollWidth") <= 360


def test_one_comes_back_from_a_question_to_what_was_listed(visit: Visit) -> None:
    page = visit()
    page.select_option("select[name=variant]", "instruct-nf4")
    page.locator(".pages").first.locator("[data-page=next]").click()
    before = found(page)
    link = page.locator("#browser tbody a").nth(3)
    name = link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    until(page, "8 of 784 answers")
    page.go_back()
    until(page, before)
    assert page.locator("#asked").is_hidden()
    assert focused(page) == name
    page.go_forward()
    until(page, "8 of 784 answers")
    page.click("#leave")
    until(page, before)
    assert focused(page) == name


def test_filters_do_not_fill_the_history(visit: Visit) -> None:
    page = visit()
    before = page.evaluate("history.length")
    for name in ("instruct-nf4", "base-fp32", ""):
        page.select_option("select[name=variant]", name)
    assert page.evaluate("history.length") == before


def test_a_link_can_be_copied(visit: Visit, report_file: Path) -> None:
    page = visit(**CLIPBOARD)
    page.select_option("select[name=verdict]", "refused")
    page.click("#copy-link")
    page.wait_for_function("document.getElementById('done').textContent === 'Link copied'")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == report_file.as_uri() + "#answers?verdict=refused"


def test_all_that_is_listed_is_copied_as_csv_and_not_only_the_page(visit: Visit) -> None:
    page = visit(**CLIPBOARD)
    page.select_option("select[name=variant]", "instruct-nf4")
    page.click("#copy-csv")
    page.wait_for_function("document.getElementById('done').textContent === '98 answers copied'")
    text = page.evaluate("navigator.clipboard.readText()")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 98
    run = fake()
    item = run.judged["instruct-nf4"][0]
    assert rows[0] == {
        "variant": "instruct-nf4",
        "probe": item.question.probe,
        "form": "plain",
        "draw": "0",
        "id": item.question.id,
        "question": item.question.question,
        "expected": item.question.answers[0],
        "answer": item.answer.text,
        "verdict": item.verdict,
        "marks": "",
    }


def test_a_download_quotes_as_rfc_4180_asks_and_holds_no_formula(
    visit: Visit, tmp_path: Path
) -> None:
    run = fake()
    replies = [
        '=HYPERLINK("http://x.test","y")',
        "+1",
        "-1+2",
        "@SUM(1)",
        "\tindented",
        "one, two",
        'said "so"',
        "two\nlines",
        "plain",
    ]
    items = list(run.judged["base-fp32"])
    for place, text in enumerate(replies):
        items[place] = replace(items[place], answer=replace(items[place].answer, text=text))
    path = written(
        replace(run, judged={**run.judged, "base-fp32": tuple(items)}), tmp_path / "csv.html"
    )
    page = visit(path)
    page.select_option("select[name=variant]", "base-fp32")
    with page.expect_download() as download:
        page.click("#save-csv")
    saved = download.value
    assert saved.suggested_filename == "answers.csv"
    raw = saved.path().read_bytes().decode("utf-8")
    assert raw.count("\r\n") == 99
    rows = list(csv.DictReader(io.StringIO(raw, newline="")))
    wanted = [("'" + text if text[0] in "=+-@\t" else text) for text in replies]
    assert [row["answer"] for row in rows[: len(replies)]] == wanted
    assert '"\'=HYPERLINK(""http://x.test"",""y"")"' in raw
    assert ",plain," in raw
