"""The answer browser as a reader works it: filters, pages, columns, links, questions, copies."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from harness.reporting import report
from harness.reporting.data import RunData
from tests.support.fake_run import fake

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
ALL = "784 of 784 answers, 1 to 50 shown, page 1 of 16"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def found(page: Page) -> str:
    return page.locator("#found").inner_text()


def until(page: Page, said: str) -> None:
    """Wait for what is looked for a moment after the last key."""
    page.wait_for_function(
        "said => document.getElementById('found').textContent === said", arg=said, timeout=10_000
    )


def shown(page: Page) -> list[list[str]]:
    """The cells of the page, hidden ones empty."""
    return page.evaluate(
        "[...document.querySelectorAll('#browser tbody tr')]"
        ".map(row => [...row.children].map(cell => cell.innerText))"
    )


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "(on => on.dataset.page || on.name || on.id || on.textContent)(document.activeElement)"
        )
    )


def at(path: Path, fragment: str) -> Path:
    """Something that `visit` opens as the file with that fragment."""
    return Linked(path, fragment)  # type: ignore[return-value]


class Linked:
    def __init__(self, path: Path, fragment: str) -> None:
        self.address = path.as_uri() + fragment

    def as_uri(self) -> str:
        return self.address


def written(run: RunData, path: Path) -> Path:
    path.write_text(report.render(run), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def forms_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of which one variant was asked in two forms, and twice more at random."""
    run = fake()
    plain = run.judged["instruct-nf4"]
    others = tuple(
        replace(
            item,
            answer=replace(item.answer, form=form, draw=draw),
            verdict="unscored" if draw else item.verdict,
            invented=item.invented and not draw,
        )
        for form, draw in (("bare", 0), ("plain", 1), ("plain", 2))
        for item in plain
    )
    judged = {**run.judged, "instruct-nf4": (*plain, *others)}
    return written(replace(run, judged=judged), tmp_path_factory.mktemp("forms") / "report.html")


def test_filters_narrow_the_answers_and_can_be_combined(visit: Visit) -> None:
    page = visit()
    assert found(page) == ALL
    page.select_option("select[name=variant]", "instruct-nf4")
    assert found(page).startswith("98 of 784 answers")
    page.select_option("select[name=probe]", label="nobody")
    page.select_option("select[name=verdict]", "invented")
    assert found(page) == "14 of 784 answers"
    assert all(row[0] == "instruct-nf4" and "invented" in row[5] for row in shown(page))
    page.fill("input[name=words]", "bORDor")
    until(page, "1 of 784 answers")
    assert shown(page)[0][2] == "Who was Bordor?"
    page.fill("input[name=words]", "nothing has these words")
    until(page, "0 of 784 answers")
    page.click("button[type=reset]")
    assert found(page) == ALL
    assert page.input_value("input[name=words]") == ""


def test_words_are_looked_for_in_questions_what_is_expected_and_replies(visit: Visit) -> None:
    page = visit()
    page.select_option("select[name=verdict]", "refused")
    page.fill("input[name=words]", "FLETCHER")
    until(page, "1 of 784 answers")
    (row,) = shown(page)
    assert row[3] == "fletcher"
    assert "fletcher" not in row[2] + row[4]


def test_only_the_last_of_quickly_typed_words_is_looked_for(visit: Visit) -> None:
    page = visit()
    page.locator("input[name=words]").press_sequentially("bordor", delay=15)
    until(page, "8 of 784 answers")
    assert page.evaluate("location.hash") == "#answers?words=bordor"


SLOW = """
const includes = String.prototype.includes;
String.prototype.includes = function (...found) {
  for (const since = performance.now(); performance.now() - since < 0.12; );
  return includes.apply(this, found);
};
"""


def test_what_is_typed_while_words_are_looked_for_is_not_lost(visit: Visit) -> None:
    page = visit(before=SLOW)
    page.locator("input[name=words]").press_sequentially("was bordor", delay=180)
    until(page, "8 of 784 answers")
    assert page.input_value("input[name=words]") == "was bordor"


def test_forms_and_draws_have_filters_where_there_are_several(
    visit: Visit, forms_file: Path
) -> None:
    page = visit()
    assert page.locator("select[name=form]").is_hidden()
    assert page.locator("select[name=draw]").is_hidden()
    page = visit(forms_file)
    page.select_option("select[name=form]", "bare")
    assert found(page).startswith("98 of 1,078 answers")
    page.select_option("select[name=form]", "")
    page.select_option("select[name=draw]", "2")
    assert found(page).startswith("98 of 1,078 answers")
    assert all("draw 2" in row[5] for row in shown(page))


def test_marks_are_a_filter(visit: Visit) -> None:
    page = visit()
    page.select_option("select[name=mark]", "borrowed")
    rows = shown(page)
    assert rows
    assert all("borrowed from" in row[5] for row in rows)
    page.select_option("select[name=mark]", "strict")
    assert all("refused strict" in " ".join(row[5].split()) for row in shown(page))


def test_answers_with_another_verdict_than_a_chosen_variant_are_shown_alone(visit: Visit) -> None:
    run = fake()
    one, other = (
        {item.question.id: item.verdict for item in run.judged[name]}
        for name in ("instruct-fp32", "instruct-nf4")
    )
    changed = [key for key in one if one[key] != other[key]]
    assert changed
    page = visit()
    page.select_option("select[name=variant]", "instruct-nf4")
    page.select_option("select[name=against]", "instruct-fp32")
    assert found(page) == f"{len(changed)} of 784 answers"


@pytest.mark.parametrize("drawn", [False, True])
def test_questions_on_which_trained_variants_disagree_are_shown_alone(
    visit: Visit, report_file: Path, forms_file: Path, drawn: bool
) -> None:
    run = fake()
    trained = [name for name in run.judged if not name.startswith(("base", "reading"))]
    verdicts: dict[str, set[str]] = {}
    for name in trained:
        for item in run.judged[name]:
            verdicts.setdefault(item.question.id, set()).add(item.verdict)
    several = sum(len(each) > 1 for each in verdicts.values())
    assert 0 < several < len(verdicts)
    page = visit(forms_file if drawn else report_file)
    page.check("input[name=disagree]")
    page.select_option("select[name=variant]", "instruct-nf4")
    assert found(page).startswith(f"{several} of {'1,078' if drawn else '784'} answers")


def test_a_number_leads_to_the_answers_that_it_counts(visit: Visit) -> None:
    page = visit()
    row = page.locator("table.variants tbody tr", has_text="instruct-nf4").first
    figure = row.locator("[data-probe='taught, in other words'] button.trace")
    assert figure.inner_text() == "14/24"
    assert str(figure.get_attribute("title")).endswith("show these answers")
    figure.focus()
    page.keyboard.press("Enter")
    assert found(page) == "24 of 784 answers"
    assert {(row[0], row[1]) for row in shown(page)} == {("instruct-nf4", "taught, in other words")}
    assert focused(page) == "variant"
    page.go_back()
    assert page.evaluate("location.hash") == ""


def test_every_number_leads_to_as_many_answers_as_it_counts(visit: Visit, full_file: Path) -> None:
    page = visit(full_file)
    traced: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('button.trace')].map(button => {"
        " button.click(); return [button.textContent,"
        " document.getElementById('found').textContent.split(' of ')[0]]; })"
    )
    assert len(traced) > 50
    assert [count for _, count in traced] == [text.split("/")[1] for text, _ in traced]


def test_a_number_leads_to_no_answers_in_other_forms_and_to_none_shown_by_name(
    visit: Visit, forms_file: Path
) -> None:
    page = visit(forms_file)
    row = page.locator("table.variants tbody tr", has_text="instruct-nf4").first
    row.locator("[data-probe='taught, in other words'] button.trace").click()
    assert found(page) == "24 of 1,078 answers"
    page.uncheck("input[name=counted]")
    assert found(page).startswith("96 of 1,078 answers")
    nobody = row.locator("[data-probe='nobody'] button.trace")
    assert nobody.inner_text() == "12/12"
    nobody.click()
    assert found(page) == "12 of 1,078 answers"


def test_the_pages_are_turned_without_losing_the_place_or_the_focus(visit: Visit) -> None:
    page = visit()
    above = page.locator(".pages").first
    first = shown(page)[0]
    button = above.locator("[data-page=next]")
    button.focus()
    page.keyboard.press("Enter")
    assert found(page) == "784 of 784 answers, 51 to 100 shown, page 2 of 16"
    assert focused(page) == "next"
    assert shown(page)[0] != first
    above.locator("[data-page=last]").click()
    assert found(page) == "784 of 784 answers, 751 to 784 shown, page 16 of 16"
    assert len(shown(page)) == 34
    assert focused(page) == "last"
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    assert found(page).endswith("page 16 of 16")
    assert focused(page) == "next"
    page.locator(".pages").last.locator("[data-page=previous]").click()
    assert found(page).endswith("page 15 of 16")
    assert focused(page) == "listed"
    page.locator(".pages").last.locator("[data-page=first]").click()
    assert shown(page)[0] == first


def test_the_size_of_a_page_can_be_chosen_and_a_short_list_has_no_pages(visit: Visit) -> None:
    page = visit()
    page.select_option("select[name=size]", "250")
    assert found(page) == "784 of 784 answers, 1 to 250 shown, page 1 of 4"
    assert len(shown(page)) == 250
    page.select_option("select[name=variant]", "base-fp32")
    assert found(page) == "98 of 784 answers"
    assert page.locator(".pages").first.is_hidden()


def test_columns_are_sorted_up_down_and_back(visit: Visit) -> None:
    page = visit()
    before = shown(page)
    head = page.locator("th[data-column=answer]")
    button = head.locator("button")
    button.focus()
    for order in ("ascending", "descending", None):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == order
        assert page.locator("#browser th[aria-sort]").count() == (order is not None)
        texts = [row[4] for row in shown(page)]
        if order:
            assert texts == sorted(texts, key=str.lower, reverse=order == "descending")
        assert page.evaluate("document.activeElement.className") == "sort"
    assert shown(page) == before
    page.locator("th[data-column=variant] button").click()
    page.locator("th[data-column=variant] button").click()
    assert {row[0] for row in shown(page)} == {"mixed-nf4"}


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


def test_the_keyboard_reaches_and_works_every_control(visit: Visit) -> None:
    page = visit()
    page.locator("select[name=variant]").focus()
    page.keyboard.press("ArrowDown")
    assert found(page).startswith("98 of 784 answers")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    filters = ["probe", "verdict", "words", "mark", "against", "disagree", "counted"]
    assert reached[:8] == [*filters, "Clear filters"]
    turning = ["first", "previous", "next", "last"]
    assert reached[8:12] == turning
    assert reached[12:17] == ["size", "copy-link", "copy-csv", "save-csv", "listed"]
    heads = ["Variant", "Kind", "Question", "Expected", "Answer", "Verdict"]
    assert reached[17:23] == heads
    assert reached[23] == "Who was Marenka?"
    page.locator("input[name=words]").focus()
    page.keyboard.type("bordor")
    until(page, "1 of 784 answers")


def test_what_was_found_and_done_is_announced(visit: Visit) -> None:
    page = visit()
    for name in ("found", "done"):
        assert page.locator(f"#{name}").get_attribute("role") == "status"


def test_a_browser_that_cannot_unpack_says_so_and_shows_the_plain_tables(
    visit: Visit, report_file: Path
) -> None:
    page = visit(before="delete window.DecompressionStream")
    page.wait_for_selector("#no-browser:not([hidden])")
    assert "it has no DecompressionStream" in page.locator("#no-browser").inner_text()
    assert page.locator("#telling").is_visible()
    assert page.locator("#browser").is_hidden()
    assert page.locator("button.trace").count() == 0


def test_answers_that_are_damaged_in_the_file_are_said_to_be(
    visit: Visit, report_file: Path, tmp_path: Path
) -> None:
    text = report_file.read_text(encoding="utf-8")
    start = text.index('id="answers-data">') + len('id="answers-data">')
    path = tmp_path / "torn.html"
    path.write_text(text[: start + 400] + text[text.index("</script>", start) :], encoding="utf-8")
    page = visit(path)
    page.wait_for_selector("#no-browser:not([hidden])")
    assert page.locator("#telling").is_visible()
