"""The report is one file that repeats byte for byte and shows what others wrote as text only."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harness.errors import UserError
from harness.records import Chapter
from harness.reporting import report, section_knows
from harness.reporting.answers_packed import columns
from harness.reporting.data import RunData, gather
from harness.reporting.headline import sentences
from harness.reporting.section_answers import TELLING, telling
from harness.scoring import results
from tests.support.fake_run import changed, fake, quick
from tests.support.run_folder import write_run

SECTIONS = (
    "answer",
    "figure-1",
    "figure-2",
    "variants",
    "knows",
    "invents",
    "levels",
    "memory",
    "training",
    "answers",
    "failures",
    "method",
)
WILD = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "\" onmouseover='alert(3)' x=\"",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eright to left override",
    "שלום עולם",
    "🐉🧵 emoji",
    "bell \x07 null \x00 escape \x1b[31m",
    "lone surrogate \ud800",
    "<!-- comment",
)


class Page(HTMLParser):
    """Collects what a browser would see of the page's structure."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "path", "use", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in ((key, text or "") for key, text in attrs):
            if name == "id":
                self.ids.append(value)
            if name == "href" and value.startswith("#"):
                self.links.append(value[1:])
            if name in ("src", "href", "xlink:href", "action", "srcset"):
                self.outside += [value] if not value.startswith(("#", "data:")) else []
            assert not name.startswith("on"), f"{tag} has a handler {name}"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag and tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>"
            self.open.pop()


@pytest.fixture(scope="module")
def page() -> str:
    return report.render(fake())


def wild_run() -> RunData:
    """Every answer, question, name and error is an attack."""
    run = fake(changed("mixed-nf4", status="failed", error=WILD[0]))
    judged = {
        name: tuple(
            replace(
                item,
                answer=replace(item.answer, text=WILD[place % len(WILD)]),
                question=replace(
                    item.question,
                    question=f"Who was {WILD[(place + 1) % len(WILD)]}?",
                    answers=(WILD[0],) if item.question.answers else (),
                ),
            )
            for place, item in enumerate(items)
        )
        for name, items in run.judged.items()
    }
    rows = tuple(
        replace(row, name="<b>bold</b>") if row.name == "base-fp32" else row
        for row in run.results.variants
    )
    judged["<b>bold</b>"] = judged.pop("base-fp32")
    chapters = tuple(
        Chapter(title=WILD[0], text=each.text.replace("The rain", WILD[1]))
        for each in run.corpus.chapters
    )
    return replace(
        run,
        judged=judged,
        results=replace(run.results, variants=rows),
        corpus=replace(run.corpus, chapters=chapters),
        suite_source=WILD[1],
        losses={"</svg><script>$x$": tuple(run.losses["instruct-fp32"])},
    )


@pytest.fixture(scope="module")
def wild_page() -> str:
    return report.render(wild_run())


def test_two_builds_give_the_same_bytes(page: str) -> None:
    assert report.render(fake()) == page


def test_sections_come_in_the_order_of_answer_picture_evidence_method(page: str) -> None:
    found = [name for name in Page(page).ids if name in SECTIONS]
    assert tuple(found) == SECTIONS


def test_the_file_stands_alone(page: str) -> None:
    parsed = Page(page)
    assert parsed.outside == []
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)


def test_the_markup_is_balanced_with_unique_ids_and_links_that_lead_somewhere(page: str) -> None:
    parsed = Page(page)
    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))
    assert set(parsed.links) <= set(parsed.ids)


def test_figures_are_svg_that_parses_and_says_what_it_shows(page: str) -> None:
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(drawings) == 8  # four figures, each for a column and for a phone
    for drawing in drawings:
        root = ET.fromstring(drawing)
        assert root.get("role") == "img"
        assert len(root.get("aria-label") or "") > 40


def test_figures_follow_the_page_into_the_dark(page: str) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
        colours = set(re.findall(r"#[0-9a-f]{6}", drawing)) - {"#000000", "#ffffff"}
        assert colours == set()


def test_every_table_has_a_caption_and_headings(page: str) -> None:
    tables = re.findall(r"<table.*?</table>", page, flags=re.DOTALL)
    assert tables
    for table in tables:
        assert "<caption>" in table
        assert 'scope="row"' in table or "<tbody></tbody>" in table


def test_what_others_wrote_is_shown_and_never_run(wild_page: str) -> None:
    text = wild_page
    parsed = Page(text)
    assert parsed.tags.count("script") == 3
    assert "img" not in parsed.tags
    assert "b" in parsed.tags
    assert "<b>bold</b>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text
    assert "שלום עולם" in text
    assert "🐉🧵 emoji" in text
    assert parsed.open == []


def test_control_and_direction_characters_are_made_visible(wild_page: str) -> None:
    text = wild_page
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    assert "bell ␇ null ␀ escape ␛[31m" in text
    assert "&lt;U+202E&gt;right to left override" in text
    assert "&lt;U+D800&gt;" in text


def test_a_hundred_kilobyte_answer_is_clipped_in_tables_and_whole_in_the_browser() -> None:
    run = fake()
    first = run.judged["instruct-fp32"]
    long = replace(first[0], answer=replace(first[0].answer, text="endless " * 12_500))
    run = replace(run, judged={**run.judged, "instruct-fp32": (long, *first[1:])})
    text = report.render(run)
    assert len(text) < 3_000_000
    assert "endless " * 12_500 in columns(run)["replies"]
    body = text.split('<script type="text/plain"')[0]
    assert "more characters)" in body
    assert body.count("endless ") < 3_000


def test_without_script_the_most_telling_answers_of_every_probe_are_plain_tables() -> None:
    run = fake()
    found = dict(telling(run))
    assert set(found) == {
        "taught, as taught",
        "taught, in other words",
        "only in the text",
        "nobody",
        "near names",
        "unstated",
        "false claims",
    }
    assert all(0 < len(answers) <= TELLING for answers in found.values())
    assert any("Bordor" in item.question for item in found["nobody"])
    differing = {item.verdict for item in found["taught, in other words"]}
    assert {"correct", "wrong"} <= differing


def test_a_sentence_is_coloured_by_what_came_of_its_fact() -> None:
    run = fake()
    (taught, *_) = section_knows.maps(run)
    assert taught.name == "instruct-fp32"
    assert dict(taught.counts) == {"all": 17, "asked": 7, "missed": 12, "plain": 12}
    fates = {
        piece.text.strip(): piece.fate
        for _, paragraphs in taught.chapters
        for paragraph in paragraphs
        for piece in paragraph
    }
    assert fates["Marenka earned a living as a weaver."] == "all"
    assert fates["The rain had not stopped for nine days."] == "plain"


def test_a_sentence_that_a_span_only_passes_over_states_nothing() -> None:
    run = fake()
    chapter = run.corpus.chapters[0]
    first = run.corpus.facts[0]
    wide = replace(first, stated_in=(replace(first.stated_in[0], start=0),))
    corpus = replace(run.corpus, facts=(wide, *run.corpus.facts[1:]))
    (taught, *_) = section_knows.maps(replace(run, corpus=corpus))
    opening = taught.chapters[0][1][0][0]
    assert chapter.text.startswith(opening.text)
    assert opening.fate == "plain"


def test_the_coloured_text_is_the_whole_text() -> None:
    run = fake()
    (taught, *_) = section_knows.maps(run)
    for (title, paragraphs), chapter in zip(taught.chapters, run.corpus.chapters, strict=True):
        assert title == chapter.title
        shown = "\n\n".join("".join(piece.text for piece in each) for each in paragraphs)
        assert shown.split() == chapter.text.split()


def test_a_fact_that_is_recited_but_not_answered_is_marked_so() -> None:
    run = fake()
    reciting = tuple(
        replace(item, flags=frozenset({"recited"})) if item.verdict == "wrong" else item
        for item in run.judged["raw_text-nf4"]
    )
    fates = section_knows.fact_fates(reciting)
    assert "recited" in fates.values()
    assert "missed" not in fates.values()


def test_the_changed_verdicts_of_a_level_are_listed(page: str) -> None:
    levels = page.split('id="levels"')[1].split('id="memory"', maxsplit=1)[0]
    assert "The 10 changed verdicts, one by one" in levels
    assert "would have shown" in levels
    assert "Each variant was trained once" in levels


def test_a_failed_variant_is_shown_with_its_reason_and_its_log() -> None:
    text = report.render(fake(changed("mixed-nf4", status="failed", error="out of memory")))
    failures = text.split('id="failures"')[1].split('id="method"')[0]
    assert "mixed-nf4" in failures
    assert "out of memory" in failures
    assert "variants/mixed-nf4--" in failures
    assert "Every variant ran to its end." not in text


def test_a_run_without_failures_says_so(page: str) -> None:
    assert "Every variant ran to its end." in page


def test_a_run_in_which_nothing_ran_still_has_a_report() -> None:
    broken = [replace(each, status="failed", error="no memory") for each in quick()]
    text = report.render(fake(broken))
    assert "nothing is known about it" in text
    assert Page(text).open == []
    assert Page(report.render(fake([]))).open == []


def test_reporting_imports_nothing_heavy() -> None:
    code = (
        "import sys; import harness.reporting.report, harness.reporting.terminal; "
        "heavy = {'torch', 'transformers', 'datasets', 'evaluate', 'matplotlib', 'jinja2'}; "
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_run_folder_becomes_the_same_report_as_its_answers_judged_anew(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    path = report.write(run)
    assert path == run.report
    first = path.read_bytes()
    assert report.write(run, tmp_path / "other.html").read_bytes() == first
    text = first.decode()
    assert "The model learned what it was asked." in text
    assert "memory.peak_train_bytes" in text


def test_the_real_judge_tells_the_story_that_the_script_wrote(tmp_path: Path) -> None:
    run = gather(write_run(tmp_path / "run"))
    leads = [each.lead for each in sentences(run.results, run.judged, run.models)]
    scripted = fake()
    expected = sentences(scripted.results, scripted.judged, scripted.models)
    assert leads == [each.lead for each in expected]


def test_a_report_takes_no_scores_of_answers_that_are_gone(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    results.save(results.build(run), run.results)
    row = next(each for each in results.read(run.results).variants if each.name == "instruct-fp32")
    run.variant(row.name, row.trained).answers.unlink()
    found = gather(run).results
    assert {each.name: each.status for each in found.variants}[row.name] == "failed"


def test_a_loss_log_that_a_kill_left_torn_is_shown_up_to_there(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    (path,) = run.path.glob("variants/instruct-fp32--*/losses.jsonl")
    before = gather(run).losses["instruct-fp32"]
    with path.open("a") as file:
        file.write('{"epoch":1.5,"lo')
    assert gather(run).losses["instruct-fp32"] == before
    assert before


@pytest.mark.parametrize("line", ['{"step": 1}', '{"step":1,"epoch":[],"loss":0}', "[1]", "{"])
def test_an_odd_line_in_a_loss_log_is_one_line_that_names_the_file(
    tmp_path: Path, line: str
) -> None:
    run = write_run(tmp_path / "run")
    (path,) = run.path.glob("variants/instruct-fp32--*/losses.jsonl")
    path.write_text(line + "\n")
    with pytest.raises(UserError) as caught:
        gather(run)
    assert str(path) in caught.value.message
    assert "\n" not in caught.value.message
