"""What other forms of the prompt do to the facts that a variant was taught.

Items are the questions of the probes trained and paraphrase about shown facts; only their form
changes. An answer without a verdict counts as not right, and its share is given by form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from harness import catalog
from harness.records import Judged, ProbeName, Question, Score
from harness.scoring.material import Material, cluster
from harness.scoring.recall import is_sentence
from harness.scoring.shares import is_correct, share_of
from harness.stats import sensitivity as stats
from harness.text.normalize import normalize
from harness.text.reply import read_reply

PROBES: tuple[ProbeName, ...] = ("trained", "paraphrase")
TAG = "tag"
"""The family of forms that vary the source tag: their scores are `tag.*`."""
TRAINED = "trained"
"""The family of the form that training used: where every other family starts from."""


class FormLike(Protocol):
    """What scoring needs to know of a prompt form."""

    @property
    def name(self) -> str:
        """As the answers are marked."""

    @property
    def family(self) -> str:
        """What the form varies."""

    @property
    def tag(self) -> str:
        """ "as_set", "none", "right" or "wrong"."""


@dataclass(frozen=True)
class Grid:
    """The same questions in several forms: rows are items, columns are forms."""

    forms: tuple[str, ...]
    rows: tuple[tuple[Judged, ...], ...]
    """One row an item, one answer a form."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The question of each row."""
        return tuple(row[0].question for row in self.rows)

    @cached_property
    def clusters(self) -> list[str]:
        """The cluster of each row."""
        return [cluster(row[0]) for row in self.rows]

    @cached_property
    def correct(self) -> list[list[bool]]:
        """(items, forms): whether it was answered correctly."""
        return [[is_correct(item) for item in row] for row in self.rows]

    def column(self, form: str) -> list[Judged]:
        """The answers in one form."""
        at = self.forms.index(form)
        return [row[at] for row in self.rows]

    def only(self, forms: Sequence[str]) -> Grid:
        """The same items in some of the forms."""
        at = [self.forms.index(form) for form in forms]
        return Grid(tuple(forms), tuple(tuple(row[each] for each in at) for row in self.rows))


def grid(
    forms: Mapping[str, Sequence[Judged]], language: str = "en", *, shown_only: bool = True
) -> Grid:
    """Line up what was asked of taught facts in several forms, by question id.

    `forms` are greedy answers by form. Questions whose every answer is a whole sentence are left
    out, as recall does. Raises ValueError, naming the question, where a form lacks one or has it
    twice.
    """
    columns: list[dict[str, Judged]] = []
    for form, judged in forms.items():
        column: dict[str, Judged] = {}
        for item in judged:
            if item.question.probe not in PROBES or (shown_only and not item.shown):
                continue
            if is_sentence(item, language):
                continue
            if item.question.id in column:
                raise ValueError(f"question {item.question.id!r} stands twice in form {form!r}")
            column[item.question.id] = item
        columns.append(column)
    ids = list(columns[0]) if columns else []
    for form, column in zip(forms, columns, strict=True):
        missing = sorted(column.keys() ^ set(ids))
        if missing:
            raise ValueError(f"question {missing[0]!r} was not asked in every form: {form!r}")
    return Grid(tuple(forms), tuple(tuple(column[each] for column in columns) for each in ids))


def described(config: Mapping[str, Any]) -> dict[str, FormLike]:
    """The forms of a variant's set by name; empty where the package that adds it is not here."""
    name = (config.get("prompt") or {}).get("forms", "")
    spec = catalog.specs("forms").get(name)
    return {form.name: form for form in catalog.load(spec.target)} if spec else {}


def varied(material: Material) -> dict[str, str]:
    """Form to family, of the forms that were asked and do not vary the source tag."""
    known = described(material.config)
    families = {name: known[name].family if name in known else "other" for name in material.forms}
    return {name: family for name, family in families.items() if family != TAG}


def scores(material: Material) -> dict[str, Score]:
    """`sensitivity.*`; nothing where fewer than two forms were asked or nothing was shown."""
    families = varied(material)
    if len(families) < 2:
        return {}
    table = grid({name: material.forms[name] for name in families}, material.corpus.language)
    if not table.rows:
        return {}
    labels = [[item.verdict for item in row] for row in table.rows]
    found = {
        "sensitivity.spread": stats.spread(table.correct, table.clusters),
        "sensitivity.spread_corrected": stats.spread_corrected(table.correct, table.clusters),
        "sensitivity.flip_rate": stats.mean_disagreement(labels, table.clusters),
        "sensitivity.pss_normalized": stats.sensitivity_score(table.correct, table.clusters),
        "sensitivity.answer_change": stats.mean_disagreement(
            _said(table, material.corpus.language), table.clusters
        ),
        "sensitivity.worst": stats.worst(table.correct, table.clusters),
        "sensitivity.mean": stats.mean_accuracy(table.correct, table.clusters),
    }
    for form in table.forms:
        answers = table.column(form)
        found[f"sensitivity.form.{form}"] = share_of(answers, is_correct)
        found[f"sensitivity.form.{form}.unscored"] = share_of(
            answers, lambda item: item.verdict == "unscored"
        )
    return found | _by_family(table, families)


def _said(table: Grid, language: str) -> list[list[str]]:
    """The normalized first segment of every answer."""
    return [
        [normalize(read_reply(item.answer.text, language).text, language) for item in row]
        for row in table.rows
    ]


def _by_family(table: Grid, families: Mapping[str, str]) -> dict[str, Score]:
    """Accuracy meant over a family's forms; its spreads also hold the form trained with."""
    found = {}
    start = [form for form, family in families.items() if family == TRAINED]
    for family in dict.fromkeys(families.values()):
        forms = [form for form, each in families.items() if each == family]
        if family == TRAINED:
            continue
        name = f"sensitivity.family.{family}"
        found[name] = stats.mean_accuracy(table.only(forms).correct, table.clusters)
        if len(start + forms) > 1:
            part = table.only(start + forms)
            found[f"{name}.spread"] = stats.spread(part.correct, part.clusters)
            found[f"{name}.spread_corrected"] = stats.spread_corrected(part.correct, part.clusters)
    return found
