"""Tables as a reader uses them: sorted, narrowed, copied, linked to, printed, without scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SPY = """
navigator.clipboard ?? Object.defineProperty(navigator, "clipboard", { value: {} });
navigator.clipboard.writeText = async (text) => { window.copied = text; };
"""


def names(page: Page, body: str = "tbody:not(.bounds)") -> list[str]:
    return page.locator(f"table.variants {body} tr:visible th a.self bdi").all_inner_texts()


def over(page: Page, table: str = "table.variants") -> Locator:
    """What stands over a table."""
    return page.locator(f".over:has(+ .wide {table})").first


def head(page: Page, name: str) -> Locator:
    return page.locator("table.variants thead th", has_text=name).last


def test_a_column_sorts_by_value_and_floors_stay_below(visit: Visit, full_file: Path) -> None:
    page = visit(full_file)
    before, bounds = names(page), names(page, "tbody.bounds")
    button = head(page, "peak").locator("button.sort")
    button.click()
    assert head(page, "peak").get_attribute("aria-sort") == "descending"
    place = head(page, "peak").evaluate("(th) => th.cellIndex") + 1
    peaks = page.locator(f"table.variants tbody:not(.bounds) tr td:nth-child({place})")
    found = [each.get_attribute("data-value") or "" for each in peaks.all()]
    numbers = [float(each) for each in found if each]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) > 2
    assert sorted(names(page)) == sorted(before)
    button.click()
    assert head(page, "peak").get_attribute("aria-sort") == "ascending"
    button.click()
    assert head(page, "peak").get_attribute("aria-sort") is None
    assert names(page) == before
    assert names(page, "tbody.bounds") == bounds


def test_figures_sort_as_numbers_in_their_unit_and_not_as_texts(visit: Visit) -> None:
    page = visit()
    times = page.locator("table.variants tbody:not(.bounds) td:last-child")
    texts = {each.inner_text(): each.get_attribute("data-value") for each in times.all()}
    assert texts["60\u00a0s"] == "60"
    assert texts["2.5\u00a0min"] == "150"
    assert texts["–"] == ""
    head(page, "training").locator("button.sort").click()
    order = times.all_inner_texts()
    assert order.index("2.5\u00a0min") < order.index("60\u00a0s")
    assert order[-1] == "–"


def test_the_keyboard_sorts_and_keeps_its_place(visit: Visit) -> None:
    page = visit()
    button = head(page, "Variant").locator("button.sort")
    button.focus()
    page.keyboard.press("Enter")
    assert head(page, "Variant").get_attribute("aria-sort") == "ascending"
    assert names(page) == sorted(names(page))
    assert button.evaluate("element => element === document.activeElement")
    assert over(page).locator("[role=status]").inner_text() == "Sorted by Variant, ascending"


def test_rows_are_narrowed_to_those_that_hold_all_words(visit: Visit, full_file: Path) -> None:
    page = visit(full_file)
    field = over(page).locator("input")
    field.fill("instruct nf4")
    assert all("instruct" in name and "nf4" in name for name in names(page))
    assert names(page)
    status = over(page).locator("[role=status]").inner_text()
    shown = len(names(page)) + len(names(page, "tbody.bounds"))
    assert status.startswith(f"{shown} of ")
    assert page.locator("table.variants tr.side", has_text="Ceilings").is_hidden()
    field.fill("")
    assert page.locator("table.variants tr.side", has_text="Ceilings").is_visible()
    assert over(page).locator("[role=status]").inner_text() == ""


def test_every_table_of_figures_is_copied_as_csv_as_it_stands(visit: Visit) -> None:
    page = visit()
    page.evaluate(SPY)
    over(page).locator("input").fill("nf4")
    over(page).get_by_role("button", name="Copy as CSV").click()
    page.wait_for_function("window.copied")
    rows = list(csv.reader(io.StringIO(page.evaluate("window.copied"))))
    assert len({len(row) for row in rows}) == 1
    assert rows[0][:3] == ["Variant", "Knows: as taught", "Knows: other words"]
    assert rows[0][-1] == "Speed: training"
    kept = {row[0]: row for row in rows[1:]}
    assert kept["instruct-nf4"][2].startswith("14/24 (")
    assert "base-fp32" not in kept
    assert over(page).locator("[role=status]").inner_text() == "Copied"
    tables = page.locator("main table:has(thead)").count()
    browser = page.locator("#browser table").count()
    assert page.locator(".over button").count() == tables - browser


def test_a_table_with_cells_over_several_rows_is_copied_whole(
    visit: Visit, full_file: Path
) -> None:
    page = visit(full_file)
    page.evaluate(SPY)
    page.locator("#repeats .over button").first.click()
    page.wait_for_function("window.copied")
    rows = list(csv.reader(io.StringIO(page.evaluate("window.copied"))))
    assert len({len(row) for row in rows}) == 1
    assert all(row[0] for row in rows)
    assert page.locator("#repeats table").first.locator("button.sort").count() == 0


def test_no_cell_is_copied_as_a_formula(visit: Visit, tmp_path: Path, report_file: Path) -> None:
    path = tmp_path / "formula.html"
    text = report_file.read_text(encoding="utf-8")
    path.write_text(text.replace("<bdi>instruct-nf4</bdi>", "<bdi>=1+1</bdi>"), encoding="utf-8")
    page = visit(path)
    page.evaluate(SPY)
    over(page).get_by_role("button", name="Copy as CSV").click()
    page.wait_for_function("window.copied")
    assert "\n'=1+1," in page.evaluate("window.copied")


def test_sections_variants_and_definitions_are_linked_to(visit: Visit, report_file: Path) -> None:
    page = visit(reduced_motion="reduce")
    lost = page.evaluate(
        "[...document.querySelectorAll('a.self')].filter((link) => "
        "!document.getElementById(link.getAttribute('href').slice(1))).map((link) => link.href)"
    )
    assert lost == []
    for name in ("use", "variants", "variant-instruct-nf4", "column-knows-as-taught"):
        assert page.locator(f"a.self[href='#{name}']").count() >= 1, name
    mark = page.locator("#levels-title a.self")
    mark.focus()
    opacity = "getComputedStyle(document.activeElement, '::after').opacity"
    assert page.evaluate(opacity) == "1"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#levels"
    page.goto(report_file.as_uri() + "#variant-mixed-nf4")
    box = page.locator("[id='variant-mixed-nf4']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < page.viewport_size["height"]  # type: ignore[index]


def test_every_figure_of_the_table_of_variants_leads_to_what_it_means(visit: Visit) -> None:
    page = visit()
    links = page.locator("table.variants thead tr:last-child th:not(:first-child) a.defined")
    assert links.count() == page.locator("table.variants thead tr:last-child th").count() - 1
    undefined = page.evaluate(
        "[...document.querySelectorAll('main thead a.defined')].map((link) => link.hash.slice(1))"
        ".filter((name) => !document.querySelector(`dl [id='${name}'] dd`)?.textContent)"
    )
    assert undefined == []


def test_without_scripts_tables_are_whole_and_no_button_is_dead(
    visit: Visit, full_file: Path
) -> None:
    page = visit(full_file, java_script_enabled=False)
    assert page.locator(".over").count() == 0
    assert page.locator("main button:visible").count() == 0
    assert names(page)
    assert names(page, "tbody.bounds")


def test_a_phone_sorts_by_a_menu(visit: Visit) -> None:
    page = visit(**PHONE)
    menu = over(page).locator("select")
    assert menu.is_visible()
    assert head(page, "Variant").locator("button.sort").get_attribute("tabindex") == "-1"
    menu.select_option(label="Variant")
    assert names(page) == sorted(names(page))
    assert over(page).locator("[role=status]").inner_text() == "Sorted by Variant, ascending"
    menu.select_option(label="as in the report")
    assert names(page) != sorted(names(page))


def test_on_paper_headings_stay_and_tools_go(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    assert page.locator(".over:visible").count() == 0
    assert head(page, "Variant").inner_text().strip() == "Variant"
    assert page.locator("table.use thead th button").first.is_visible()
    page.set_viewport_size({"width": 718, "height": 1000})
    wide = page.evaluate(
        "[...document.querySelectorAll('main table')].filter((table) => "
        "table.getBoundingClientRect().right > innerWidth + 1).map((table) => table.className)"
    )
    assert wide == []


def test_headings_leave_no_level_out_and_there_is_one_first(visit: Visit, full_file: Path) -> None:
    page = visit(full_file)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((h) => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_to_use_stands_first(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 900})
    box = page.locator("#answer .advice")
    leads = box.locator("strong").all_inner_texts()
    assert leads == ["Use:", "It costs:", "It still gets wrong:"]
    place = box.bounding_box()
    assert place is not None
    assert place["y"] + place["height"] < 900
    box.locator("a.evidence").first.click()
    assert page.evaluate("location.hash") == "#use"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(visit: Visit, full_file: Path, scheme: str) -> None:
    page = visit(full_file, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    faint = page.evaluate((Path(__file__).parent / "contrast.js").read_text(encoding="utf-8"))
    assert faint == []
