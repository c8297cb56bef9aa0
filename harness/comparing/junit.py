"""Gates as tests: a JUnit file that continuous integration shows one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from harness.comparing.compare import Comparison
from harness.comparing.rows import GateName, ScoreRow
from harness.storage.jsonl import atomic_write
from harness.text.visible import visible

_TAGS: dict[GateName, str] = {
    "regression": "failure",
    "inconclusive": "failure",
    "not_comparable": "error",
}


def write_junit(comparison: Comparison, path: Path) -> None:
    """One test case a gate, named after its score, in a class named after its variant.

    Where nothing is gated at all, one case of the comparison itself fails.
    What is inconclusive or not comparable is no pass, so it is a failure or an error with its type.
    A resource that could not be judged, where only those count that could, is a skipped test.
    """
    cases: list[tuple[str, str, GateName | None, str]] = [
        (row.variant, "first step", row.verdict, row.finding.sentence)
        for row in comparison.fingerprints
        if row.verdict is not None
    ]
    cases += [(row.variant, row.score, row.verdict, _reason(row)) for row in comparison.gated]
    counting = comparison.counting
    cases += [(row.variant, row.resource, row.verdict, row.sentence) for row in counting]
    cases += [
        (each.variant, "variant", "not_comparable", each.sentence) for each in comparison.missing
    ]
    if comparison.problem:
        cases.append(("comparison", "corpus", "not_comparable", comparison.problem))
    if comparison.verdict != "pass" and all(case[2] in {None, "pass"} for case in cases):
        nothing = "No score is gated, so there is nothing that could pass."
        cases.append(("comparison", "gates", comparison.verdict, nothing))
    suite = ElementTree.Element("testsuite", name="closedbook compare")
    for variant, name, verdict, raw in cases:
        sentence = visible(raw)
        case = _case(suite, variant or "comparison", name)
        if verdict is not None and verdict != "pass":
            found = ElementTree.SubElement(case, _TAGS[verdict], type=verdict, message=sentence)
            found.text = sentence
    skipped = [row for row in comparison.resources if row not in counting]
    for row in skipped if comparison.only_judged else ():
        case = _case(suite, row.variant, row.resource)
        ElementTree.SubElement(case, "skipped", message=visible(row.sentence))
    for tag in ("failure", "error", "skipped"):
        name = tag if tag == "skipped" else f"{tag}s"
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite)))
    if comparison.packages:
        suite.insert(0, _properties(comparison.packages))
    ElementTree.indent(suite)
    atomic_write(path, ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n")


def _case(suite: ElementTree.Element, variant: str, name: str) -> ElementTree.Element:
    """A test case; control characters, which no XML may hold, are made visible."""
    return ElementTree.SubElement(suite, "testcase", classname=visible(variant), name=visible(name))


def _reason(row: ScoreRow) -> str:
    """The sentence; of verdicts that were counted, also which questions changed for the worse."""
    if row.floor is None or row.verdict == "pass":
        return row.sentence
    return f"{row.sentence} For the worse: {', '.join(row.harmed)}."


def _properties(packages: Sequence[str]) -> ElementTree.Element:
    """The changed packages, where continuous integration shows what a suite was run with."""
    properties = ElementTree.Element("properties")
    for line in packages:
        name, _, versions = line.partition(" ")
        ElementTree.SubElement(
            properties, "property", name=f"changed.{visible(name)}", value=visible(versions)
        )
    return properties
