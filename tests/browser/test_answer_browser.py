"""The answer browser as a reader works it: filters, words, numbers, pages, columns, keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.browsing import ALL, Visit, focused, found, shown, until, written
from tests.support.fake_run import fake

pytestmark = pytest.mark.browser


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
