"""A folder of published reports: what is listed in it, and what must never get there."""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from typer.testing import CliRunner

import harness
from harness.cli import app
from harness.errors import UserError
from harness.records import Variant
from harness.reporting import publish
from harness.reporting.index import entries
from harness.reporting.public_results import HIDDEN, WORDS, kept_back, without_text
from harness.reporting.roles import counted
from harness.scoring import results as scoring
from harness.storage.folders import RunFolder
from tests.support.fake_run import quick
from tests.support.fake_scores import scored
from tests.support.run_folder import write_run
from tests.support.secret_run import SECRET, VARIANTS, write_secret_run

FEW = tuple(each for each in quick() if each.name in VARIANTS)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return write_secret_run(tmp_path_factory.mktemp("secret") / "quick")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return write_run(tmp_path_factory.mktemp("story") / "quick", FEW)


@pytest.fixture(scope="module")
def shelf(story: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the story is published once, as `whole`."""
    folder = tmp_path_factory.mktemp("shelf")
    publish.publish(story, folder, name="whole")
    return folder


def copied(shelf: Path, folder: Path, *names: str) -> None:
    """The published story under other names."""
    for name in names:
        for ending in ("html", "json"):
            (folder / f"{name}.{ending}").write_bytes((shelf / f"whole.{ending}").read_bytes())


def telling(folder: Path) -> list[str]:
    """The files of a folder, by name or content, that tell the secret."""
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if SECRET in path.name.lower()
        or (path.is_file() and SECRET in path.read_text(encoding="utf-8").lower())
    ]


def test_nothing_of_a_users_own_text_is_in_any_published_file(
    secret: RunFolder, tmp_path: Path
) -> None:
    found = publish.publish(secret, tmp_path)
    publish.write_index(tmp_path)
    harness.write_report(secret.path, tmp_path / "card.md", public=True)
    harness.write_report(secret.path, tmp_path / "numbers.csv", public=True)
    for ending in ("html", "md", "csv"):
        harness.write_report([secret.path, secret.path], tmp_path / f"history.{ending}")
    assert {path.name for path in tmp_path.iterdir()} == {
        *("quick.html", "quick.json", "index.html", "card.md", "numbers.csv"),
        *("history.html", "history.md", "history.csv"),
    }
    assert telling(tmp_path) == []
    assert "--with-text" in found.said


def test_with_its_text_it_would_have_failed_that(secret: RunFolder, tmp_path: Path) -> None:
    publish.publish(secret, tmp_path, with_text=True)
    harness.write_report(secret.path, tmp_path / "card.md")
    assert telling(tmp_path) == ["card.md", "quick.html", "quick.json"]
    shown = scoring.read(tmp_path / "quick.json")
    assert f"/home/{SECRET}" not in (tmp_path / "quick.json").read_text()
    assert [row.error for row in shown.variants if row.error] == [
        "train: a line of model was too long"
    ]


def test_the_published_numbers_are_all_there_and_can_be_read_again(
    secret: RunFolder, tmp_path: Path
) -> None:
    whole = scoring.build(secret)
    scoring.save(without_text(whole), tmp_path / "quick.json")
    shown = scoring.read(tmp_path / "quick.json")
    for before, after in zip(whole.variants, shown.variants, strict=True):
        assert (before.name, before.scores, before.verdicts) == (
            *(after.name, after.scores, after.verdicts),
        )
        assert before.resources == after.resources
        assert after.error == (None if before.error is None else HIDDEN)
    assert shown.corpus["digest"] == whole.corpus["digest"]
    assert shown.variants[0].config["training"] == whole.variants[0].config["training"]
    assert "2.13.0+cpu" in shown.environment["software"].values()


def words_of(record: type, place: str = "") -> set[str]:
    """The dotted names of all settings that can hold text."""
    found = set()
    hints = get_type_hints(record)
    for each in fields(record):  # type: ignore[arg-type]
        here, kind = f"{place}{each.name}", hints[each.name]
        if is_dataclass(kind):
            found |= words_of(kind, f"{here}.")  # type: ignore[arg-type]
        elif holds_words(kind):
            found.add(here)
    return found


def holds_words(kind: Any) -> bool:
    return (
        kind is str or "Literal" in str(get_origin(kind)) or any(map(holds_words, get_args(kind)))
    )


def test_every_setting_that_can_hold_a_users_words_is_known_and_left_out() -> None:
    free = words_of(Variant) - WORDS
    assert free == {"model.path", "model.revision", "prompt.system"}


@pytest.mark.parametrize(
    ("kind", "size", "hidden"),
    [
        ("fiction", "XS", False),
        ("surgery", "small", False),
        ("surgery", "book", True),
        ("files", "", True),
        ("from a package", "", True),
    ],
)
def test_what_is_not_ours_to_show_is_published_without_its_text(
    story: RunFolder, kind: str, size: str, hidden: bool
) -> None:
    results = scoring.build(story)
    changed = replace(results, corpus={**results.corpus, "kind": kind, "size": size})
    assert kept_back(changed) == hidden


def test_a_story_is_published_with_its_text_unless_asked_otherwise(
    story: RunFolder, shelf: Path, tmp_path: Path
) -> None:
    copied(shelf, tmp_path, "whole")
    publish.publish(story, tmp_path, name="bare", with_text=False)
    assert "Marenka" in (tmp_path / "whole.html").read_text()
    assert "Marenka" not in (tmp_path / "bare.html").read_text()
    assert {each.name: each.without_text for each in entries(tmp_path)} == {
        "whole": False,
        "bare": True,
    }


def test_the_list_has_every_report_the_newest_first(shelf: Path, tmp_path: Path) -> None:
    days = {"older": "2026-01-01", "newest": "2026-03-01", "middle": "2026-02-01"}
    copied(shelf, tmp_path, *days)
    for name, day in days.items():
        numbers = json.loads((tmp_path / f"{name}.json").read_text())
        numbers["environment"]["started"] = f"{day}T08:00:00+00:00"
        numbers["suite"]["description"] = "<script>alert(1)</script>"
        (tmp_path / f"{name}.json").write_text(json.dumps(numbers))
    (tmp_path / "notes.json").write_text("[1, 2]")
    (tmp_path / "alone.json").write_text((tmp_path / "older.json").read_text())
    found = entries(tmp_path)
    assert [each.name for each in found] == ["newest", "middle", "older"]
    first = found[0]
    assert first.lead == "Use:"
    assert first.found.startswith("instruct-abstain-nf4 (trained on questions and answers")
    assert "evidence" not in first.found
    assert first.about[:3] == ("smollm2-135m", "4 variants", "96 questions each")
    page = publish.write_index(tmp_path).read_text()
    assert re.findall(r'href="(\w+\.(?:html|json))"', page)[:3] == [
        *("newest.html", "newest.html", "newest.json"),
    ]
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert publish.write_index(tmp_path).read_text() == page


def test_the_list_counts_as_the_report_does(story: RunFolder, shelf: Path) -> None:
    size = counted(scoring.build(story))
    said = entries(shelf)[0].about
    assert f"{size.variants} variants" in said[1]
    assert f"{size.questions} questions each" in said


def test_what_others_are_read_against_is_no_variant() -> None:
    results = scored().results
    size = counted(results)
    assert size.bounds > 0
    assert size.variants + size.bounds == len(results.variants)


@pytest.mark.parametrize("name", ["index", "../up", "a/b", "", ".hidden"])
def test_a_name_that_is_no_file_of_the_folder_is_refused(
    story: RunFolder, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match="no name for a published report"):
        publish.publish(story, tmp_path / "here", name=name)
    assert not (tmp_path / "here").exists()


def test_the_command_publishes_lists_and_says_what_it_left_out(
    secret: RunFolder, tmp_path: Path
) -> None:
    done = CliRunner().invoke(app, ["report", str(secret.path), "--publish", str(tmp_path)])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == (
        "published without the text of the corpus, a text of the user's own; --with-text puts it in"
    )
    assert [Path(line).name for line in lines[1:]] == ["quick.html", "quick.json", "index.html"]
    again = CliRunner().invoke(app, ["report", "--publish", str(tmp_path)])
    assert [Path(line).name for line in again.stdout.splitlines()] == ["index.html"]


def test_two_builds_of_a_published_report_are_the_same_bytes(
    story: RunFolder, shelf: Path, tmp_path: Path
) -> None:
    publish.publish(story, tmp_path, name="whole")
    for name in ("whole.html", "whole.json"):
        assert (tmp_path / name).read_bytes() == (shelf / name).read_bytes()
