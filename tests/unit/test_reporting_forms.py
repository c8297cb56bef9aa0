"""The report shows which prompt form fails, on which questions, and whether by luck."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache

import pytest

from harness.answering.forms import TAGS_1, TWELVE_1
from harness.records import Judged, VariantResult
from harness.reporting import form_scores, report, section_forms
from harness.reporting.data import RunData
from harness.reporting.form_map import Block, Column, form_map
from harness.scoring import sensitivity, tag
from harness.scoring.material import Material, by_form
from tests.support.fake_run import Persona, fake

TAUGHT = Persona(
    name="instruct-nf4",
    recipe="instruct",
    quantization="nf4",
    right={"trained": 24, "paraphrase": 17},
)
BASE = Persona(name="base-fp32", invents_from_text=False)


def broken(item: Judged, place: int) -> Judged:
    """Every second answer wrong."""
    if place % 2 and item.question.probe in sensitivity.PROBES:
        return replace(item, verdict="wrong")
    return item


@cache
def run(*, bad: str = "bare", tags: bool = False) -> RunData:
    """Two variants in twelve forms (or four of the tag), of which one form breaks half."""
    data = fake([BASE, TAUGHT])
    forms = TAGS_1 if tags else TWELVE_1
    rows, judged = [], {}
    for row in data.results.variants:
        items = []
        for form in forms:
            for place, item in enumerate(data.judged[row.name]):
                said = replace(item, answer=replace(item.answer, form=form.name))
                items.append(broken(said, place) if form.name == bad else said)
        judged[row.name] = tuple(items)
        rows.append(_scored(data, row, tuple(items), "tags-1" if tags else "twelve-1"))
    return replace(data, judged=judged, results=replace(data.results, variants=tuple(rows)))


def _scored(
    data: RunData, row: VariantResult, items: tuple[Judged, ...], name: str
) -> VariantResult:
    config = {**row.config, "prompt": {"system": "", "source_tag": "both", "forms": name}}
    lined = by_form(items)
    material = Material(corpus=data.corpus, judged=lined["plain"], config=config, forms=lined)
    scores = {**row.scores, **sensitivity.scores(material), **tag.scores(material)}
    return replace(row, config=config, scores=scores)


def page(data: RunData, *, public: bool = False) -> str:
    return html.unescape(report.render(data, public=public))


def section(text: str) -> str:
    found = re.search(r'<section id="forms".*?</section>', text, re.S)
    assert found is not None
    return found[0]


def test_a_run_in_one_form_has_no_such_section() -> None:
    assert section_forms.asked_in_forms(fake()) == ()
    assert 'id="forms"' not in page(fake())


def test_the_taught_variant_comes_first_and_the_untaught_one_has_no_picture() -> None:
    taught, base = section_forms.asked_in_forms(run())
    assert (taught.name, base.name) == ("instruct-nf4", "base-fp32")
    assert taught.picture.startswith("<svg")
    assert base.picture == ""
    assert all(row.right.muted for row in base.rows)


def test_the_worst_form_is_named_and_the_effect_is_told_from_luck() -> None:
    taught = section_forms.asked_in_forms(run())[0]
    said = " ".join(taught.sentences)
    assert "in the worst, bare" in said
    assert "the form matters" in said
    assert "about 8 entities only" in said
    quiet = section_forms.asked_in_forms(run(bad=""))[0]
    assert "In each of 12 forms it had 41 of 48 right." in quiet.sentences
    assert "does not show that the form matters" in " ".join(quiet.sentences)


def test_the_table_holds_each_form_against_the_one_trained_with() -> None:
    rows = {row.name: row for row in section_forms.asked_in_forms(run())[0].rows}
    assert list(rows) == [form.name for form in TWELVE_1]
    assert rows["plain"].against == "reference"
    assert rows["inst"].against == "−0 +0"
    assert rows["bare"].against == "−17 +0"
    assert rows["bare"].test == "−56 to −9 points"
    assert (
        "8 entities are too few to test 11 forms" in section_forms.asked_in_forms(run())[0].untested
    )
    assert rows["inst"].saw == "[INST] {question} [/INST]"
    assert rows["helpful"].saw == "system prompt “You are a helpful assistant.”"
    assert rows["plain"].saw == "as in training"
    assert rows["bare"].invents == "12/12"
    assert rows["bare"].unscored == "0/48"


def test_a_form_is_tested_where_there_are_entities_enough() -> None:
    data = run(bad="inst")
    two = {
        name: tuple(item for item in items if item.answer.form in ("plain", "inst"))
        for name, items in data.judged.items()
    }
    taught = section_forms.asked_in_forms(replace(data, judged=two))[0]
    assert "; p = 0.0" in taught.rows[1].test
    assert taught.untested == ""


def test_forms_that_leave_the_model_speechless_are_told_apart() -> None:
    data = run(bad="")
    silent = {
        name: tuple(
            replace(item, verdict="unscored") if item.answer.form == "bare" else item
            for item in items
        )
        for name, items in data.judged.items()
    }
    taught = section_forms.asked_in_forms(replace(data, judged=silent))[0]
    said = " ".join(taught.sentences)
    assert "In bare most replies have no verdict" in said
    assert "The other 11 forms lie 0 points apart." in said
    assert {row.name: row.unscored for row in taught.rows}["bare"] == "48/48"


def test_all_variants_stand_in_one_table_of_scores() -> None:
    (table,) = form_scores.summary(run())
    assert [row.name for row in table.rows] == ["instruct-nf4"]
    assert table.rows[0].cells[0].text == "0.50"
    assert 'id="forms-scores"' in section(page(run()))
    assert form_scores.summary(fake()) == ()


def test_the_picture_has_a_tile_for_every_answer_and_shows_the_bad_row() -> None:
    picture = section_forms.asked_in_forms(run())[0].picture
    root = ET.fromstring(picture)
    space = {"svg": "http://www.w3.org/2000/svg"}
    tiles = [each.get("d", "") for each in root.findall("svg:path", space)]
    legend = 4
    assert sum(path.count("z") for path in tiles) == 12 * 48 + legend
    label = root.get("aria-label", "")
    assert "plain 41" in label
    assert "bare 24" in label
    assert len(root.findall("svg:rect", space)) == 48


def test_questions_that_the_form_decides_are_listed_with_their_column() -> None:
    taught = section_forms.asked_in_forms(run())[0]
    assert taught.divided_of == 17
    assert len(taught.divided) == section_forms.HARD
    assert all(each.failed == "bare" and each.right == "11 of 12" for each in taught.divided)
    for each in taught.divided:
        assert f"<title>{each.number}: {html.escape(each.question)}" in taught.picture


def test_a_public_report_keeps_the_picture_and_names_no_question() -> None:
    data = run()
    shown = section(page(data, public=True))
    assert "<svg" in shown
    assert "bare" in shown
    for question in data.corpus.questions:
        assert question.question not in shown
    for name in (*data.corpus.names, *(fact.value for fact in data.corpus.facts)):
        assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", shown)


def test_the_full_report_would_have_failed_that() -> None:
    data = run()
    assert data.corpus.questions[0].question in section(page(data))


def test_forms_of_the_source_tag_are_told_by_what_binds() -> None:
    taught = section_forms.asked_in_forms(run(bad="wrong_tag", tags=True))[0]
    said = " ".join(taught.sentences)
    assert "is worth 0 points" in said
    assert "a wrong tag does harm, but that the right one helps is not shown" in said
    data = run(bad="wrong_tag", tags=True)
    lift = data.variant("instruct-nf4").scores["tag.lift"]
    lifted = replace(lift, value=0.3, low=0.1, high=0.5)
    rows = [
        replace(row, scores={**row.scores, "tag.lift": lifted}) for row in data.results.variants
    ]
    bound = replace(data, results=replace(data.results, variants=tuple(rows)))
    told = section_forms.asked_in_forms(bound)[0].sentences
    assert "some answers hang on it being this tag" in " ".join(told)
    loose = section_forms.asked_in_forms(run(bad="", tags=True))[0]
    assert "nothing here shows that it has to be this tag" in " ".join(loose.sentences)


def test_the_same_run_gives_the_same_section() -> None:
    assert section_forms.asked_in_forms(run()) == section_forms.asked_in_forms(run.__wrapped__())


@pytest.mark.parametrize("count", [1, 7, 96])
def test_a_map_of_any_size_is_well_formed_and_stays_on_the_page(count: int) -> None:
    column = Column(title='a "quoted" <name> & more', verdicts=("correct", "unscored"))
    drawn = form_map(("one", "<two>"), [Block(name="as taught", columns=(column,) * count)], "T")
    box = ET.fromstring(drawn).get("viewBox", "").split()
    assert float(box[2]) <= 800


def test_a_picture_without_room_for_all_keeps_the_questions_that_forms_divide() -> None:
    data = run()
    many = {
        name: tuple(
            replace(item, question=replace(item.question, id=f"{item.question.id}-{copy}"))
            for copy in range(3)
            for item in items
        )
        for name, items in data.judged.items()
    }
    taught = section_forms.asked_in_forms(replace(data, judged=many))[0]
    assert taught.left_out == 3 * 48 - section_forms.MOST
    assert taught.divided_of == 3 * 17
