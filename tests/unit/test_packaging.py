"""What the project files promise to each other."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import harness
from harness import shipped
from harness.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def requirements() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"].values()
    return [
        Requirement(line) for line in (*PROJECT["dependencies"], *(i for e in extras for i in e))
    ]


def test_every_dependency_is_pinned_within_its_range() -> None:
    pinned = pins()
    # pip itself is what installs; NVIDIA's library is for machines with a GPU.
    for requirement in requirements():
        if requirement.name not in ("pip", "nvidia-ml-py"):
            version = pinned[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), requirement


def test_the_pins_suit_any_machine() -> None:
    pinned = pins()
    assert pinned["torch"] == "2.13.0"
    assert not [name for name, version in pinned.items() if "+" in version]
    assert not [name for name in pinned if name.startswith(("nvidia", "triton"))]


def test_the_version_is_said_once_and_the_same() -> None:
    assert PROJECT["version"] == harness.__version__
    assert f"## {harness.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_license_is_there_and_is_the_one_named() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_tox_has_an_environment_for_every_python_that_the_project_names() -> None:
    tox = configparser.ConfigParser()
    tox.read(ROOT / "tox.ini")
    named = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if "Python :: 3." in line]
    assert named == ["3.11", "3.12", "3.13"]
    environments = re.split(r",\s*", tox["tox"]["env_list"])
    assert {f"py{version.replace('.', '')}" for version in named} <= set(environments)


def test_shipped_files_are_found_by_name_and_a_wrong_name_gets_the_nearest() -> None:
    assert {"quick", "quantization", "smoke"} <= set(shipped.names("suites"))
    assert shipped.find("suites", "smoke").name == "smoke.toml"
    with pytest.raises(UserError) as caught:
        shipped.find("suites", "smok")
    assert caught.value.hint == "did you mean 'smoke'?"


def test_every_shipped_suite_is_listed_with_a_description() -> None:
    for name in shipped.names("suites"):
        content = tomllib.loads(shipped.find("suites", name).read_text(encoding="utf-8"))
        assert content["name"] == name
        assert content["description"]


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md", "docs/suites.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert ((ROOT / page).parent / target).exists(), target
