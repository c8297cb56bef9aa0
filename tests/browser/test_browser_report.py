"""The report as a reader meets it: with a mouse, a keyboard, a phone, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from harness.reporting.palette import DARK, LIGHT

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def test_the_first_screen_is_the_answer(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 900})
    first = page.locator("#answer .claim").first
    assert first.inner_text().startswith("The model learned what it was asked.")
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


def test_without_scripts_a_number_leads_nowhere(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    assert page.locator("table.variants .figure").first.inner_text() == "0/24"
    assert page.locator("button.trace").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_floors_and_ceilings_are_grey_and_apart(visit: Visit, full_file: Path, scheme: str) -> None:
    page = visit(full_file, color_scheme=scheme)
    muted = rgb((LIGHT if scheme == "light" else DARK)["muted"])
    oracle = page.locator("table.variants tbody.bounds tr", has_text="oracle").first
    cell = oracle.locator(".figure").first
    assert cell.evaluate("element => getComputedStyle(element).color") == muted
    tried = page.locator("table.variants tbody:not(.bounds)").inner_text()
    assert "oracle" not in tried


def test_a_heading_leads_to_the_definition_of_its_score(visit: Visit, full_file: Path) -> None:
    page = visit(full_file, reduced_motion="reduce")
    page.locator("#likelihood ~ .wide a.defined").first.click()
    assert page.evaluate("location.hash") == "#score-likelihood-gold"
    page.wait_for_function(
        "innerHeight > document.querySelector('#score-likelihood-gold').getBoundingClientRect().y",
        timeout=5_000,
    )


@pytest.mark.parametrize("width", [360, 768])
def test_a_report_with_every_score_never_scrolls_sideways(
    visit: Visit, full_file: Path, width: int
) -> None:
    page = visit(full_file, viewport={"width": width, "height": 740})
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    assert page.locator("html").evaluate("element => element.scrollWidth") <= width


def test_a_keyboard_reader_can_skip_open_and_scroll(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    summary = page.locator("summary", has_text="Twins")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("table", has_text="Has no answer").last.is_visible()
    scrollers = page.locator(".wide")
    assert all(each.get_attribute("tabindex") == "0" for each in scrollers.all())


def test_the_focus_can_be_seen(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "2px"


def test_everything_is_readable_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    assert page.locator("#browser").is_hidden()
    assert page.locator("#telling").is_visible()
    for name in ("answer", "variants", "knows", "invents", "levels", "memory", "method"):
        assert page.locator(f"#{name}").is_visible(), name
    assert page.locator("figure svg:visible").count() == 4
    page.locator("#telling summary", has_text="nobody").click()
    assert page.locator("#telling td", has_text="Who was Bordor?").first.is_visible()


def test_with_scripts_the_browser_takes_the_place_of_the_plain_tables(visit: Visit) -> None:
    page = visit()
    assert page.locator("#browser").is_visible()
    assert page.locator("#telling").is_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_never_scrolls_the_page_sideways(visit: Visit, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts, **PHONE)
    for summary in page.locator("details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()
    width = page.locator("html").evaluate("element => element.scrollWidth")
    assert width <= 360


def test_a_phone_shows_the_table_of_variants_as_cards(visit: Visit) -> None:
    page = visit(**PHONE)
    table = page.locator("table.variants")
    assert table.evaluate("element => element.scrollWidth") <= 360
    cell = page.locator("table.variants tbody td").first
    label = cell.evaluate("element => getComputedStyle(element, '::before').content")
    assert label == '"Knows: as taught"'


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_light_and_dark_readers_get_their_colours(
    visit: Visit, scheme: str, colours: dict[str, str]
) -> None:
    page = visit(color_scheme=scheme)
    for name in ("paper", "ink"):
        property_of = "backgroundColor" if name == "paper" else "color"
        value = page.evaluate(f"getComputedStyle(document.body).{property_of}")
        assert value == rgb(colours[name])
    label = page.locator("figure svg text").first
    fill = label.evaluate("element => getComputedStyle(element).fill")
    assert fill in (rgb(colours["ink"]), rgb(colours["muted"]))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_text_stands_out_from_every_ground_that_it_stands_on(colours: dict[str, str]) -> None:
    for ink in ("ink", "muted", "accent", "correct", "wrong"):
        for ground in ("paper", "panel"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for ground in ("heat-all", "heat-asked", "heat-recited", "heat-missed"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
    for ground in ("outside", "text"):
        assert contrast(colours["paper"], colours[ground]) >= 3, ground


def test_paper_gets_light_colours_and_the_plain_tables(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == rgb(LIGHT["paper"])
    assert page.locator("#telling").is_visible()
    assert page.locator("#browser").is_hidden()
    for table in page.locator("#telling table").all():
        box = table.bounding_box()
        assert box is not None, "folded on paper"
        assert box["height"] > 50
    page.set_viewport_size({"width": 794, "height": 1123})
    assert page.locator("html").evaluate("element => element.scrollWidth") <= 794
    assert len(page.pdf(format="A4")) > 20_000


def channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def rgb(colour: str) -> str:
    return f"rgb({', '.join(map(str, channels(colour)))})"


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2: (lighter + .05) / (darker + .05) of relative luminances."""

    def luminance(colour: str) -> float:
        parts = [each / 255 for each in channels(colour)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_no_figure_is_cut_on_a_phone_and_its_letters_can_be_read(
    visit: Visit, full_file: Path
) -> None:
    page = visit(full_file, **PHONE)
    boxes = page.locator("figure .wide").evaluate_all(
        "all => all.map(each => [each.scrollWidth, each.clientWidth])"
    )
    assert len(boxes) == 4
    assert all(whole <= seen for whole, seen in boxes)
    letters = page.locator("figure .narrow svg text").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().height)"
    )
    assert min(letters) > 9
    assert not page.locator("figure .broad").first.is_visible()
    wide = visit(full_file, viewport={"width": 1280, "height": 900})
    assert not wide.locator("figure .narrow").first.is_visible()


def test_a_link_into_a_long_page_jumps(visit: Visit, full_file: Path) -> None:
    page = visit(full_file)
    assert page.locator("html").evaluate("e => getComputedStyle(e).scrollBehavior") == "auto"
