"""What a model is asked: prompt forms, where the source tag stands, and the reading prompt."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol, get_args

from harness.catalog import get, load
from harness.errors import UserError
from harness.records import Prompt
from harness.storage.fingerprints import digest
from harness.text.tags import tagged

Spelling = Literal["as_is", "lower_case", "no_question_mark"]
"""How the question itself is spelt; its words stay."""
Tag = Literal["as_set", "none", "right", "wrong"]
"""The source tag in front of the question: as the suite's `prompt.source_tag` says, never, always,
or another one in its place."""


class Chat(Protocol):
    """What answering needs of a chat format (`harness.models.chat.ChatFormat` is one)."""

    @property
    def stop_ids(self) -> tuple[int, ...]:
        """Token ids that end a reply."""

    @property
    def pad_id(self) -> int:
        """The id that fills rows up; it is masked and never counted."""

    def prompt(self, system: str, question: str) -> str:
        """The rendered text up to where the reply begins."""

    def passage(self, text: str) -> str:
        """Running text as training on raw text renders it."""

    def encode(self, text: str) -> list[int]:
        """Token ids of a rendered text; nothing is added to it."""

    def decode(self, ids: list[int]) -> str:
        """The text of token ids, without special tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of putting a question. Raises UserError for one that could not be rendered."""

    name: str
    """Lower-case letters, digits and underscores: it becomes part of a score's name."""
    family: str = "other"
    """What is varied: "format", "wording", "system", "tag", or a word of one's own."""
    wording: str = "{question}"
    """What the user says; holds "{question}" once."""
    spelling: Spelling = "as_is"
    system: str | None = None
    """None: the system prompt of the suite."""
    template: str | None = None
    """None: the template that the model was trained with. Else the whole prompt, with "{question}"
    once and at most one "{system}", which vanishes with the white space after it where the system
    prompt is empty. A start token is put before it where the model wants one."""
    tag: Tag = "as_set"

    def __post_init__(self) -> None:
        """Refuse texts in which the question has no one place."""
        where = f"prompt form {self.name!r}"
        if not re.fullmatch(r"[a-z0-9_]+", self.name):
            raise UserError(f"{where}: not a name", "use lower-case letters, digits and _")
        for text in (self.wording, self.template or "{question}"):
            if text.count("{question}") != 1:
                raise UserError(f"{where}: {text!r} must hold {{question}} once")
        if (self.template or "").count("{system}") > 1:
            raise UserError(f"{where}: the template holds {{system}} more than once")
        if self.spelling not in get_args(Spelling) or self.tag not in get_args(Tag):
            raise UserError(
                f"{where}: spelling {self.spelling!r} or tag {self.tag!r} is unknown",
                f"spelling: {', '.join(get_args(Spelling))}; tag: {', '.join(get_args(Tag))}",
            )


PLAIN: tuple[Form, ...] = (Form(name="plain", family="trained"),)
"""The set "plain": asked exactly as trained."""

READING = "{passage}\n\nAnswer from the text above: {question}"
"""The question of the answerer "reading", with the passage that was found."""


def forms(name: str) -> tuple[Form, ...]:
    """The forms of a set, in the order in which they are asked.

    Raises UserError with the nearest name where there is no such set, and for a set that is empty
    or names a form twice.
    """
    found: tuple[Form, ...] = load(get("forms", name).target)
    names = [form.name for form in found]
    if not names or len(set(names)) < len(names):
        raise UserError(f"the prompt-form set {name!r} is empty or names a form twice")
    return found


def set_digest(forms: Sequence[Form]) -> str:
    """SHA-256 (hex) of a set: changes with any letter of any form, and with their order."""
    return digest([asdict(form) for form in forms])


def user_turn(question: str, form: Form, prompt: Prompt, source_tag: str) -> str:
    """What the user says: the question as the form words it, the tag in front where it belongs.

    Raises UserError for a form with a tag of its own where the corpus has no tag.
    """
    worded = form.wording.replace("{question}", _spelt(question, form.spelling))
    if form.tag in ("right", "wrong") and not source_tag:
        raise UserError(
            f"prompt form {form.name!r} needs a source tag, and the corpus has none",
            "ask another set of forms",
        )
    if form.tag == "wrong":
        return tagged(worded, wrong_tag(source_tag))
    in_front = form.tag == "right" or (
        form.tag == "as_set" and prompt.source_tag in ("question", "both")
    )
    return tagged(worded, source_tag) if in_front else worded


def _spelt(question: str, spelling: Spelling) -> str:
    if spelling == "lower_case":
        return question.lower()
    return question.rstrip("?？ ") if spelling == "no_question_mark" else question


def wrong_tag(tag: str) -> str:
    """Another tag of the same shape: every letter and digit another one, decided by the tag.

    A tag without letters and digits is doubled.
    """
    drawn = random.Random(f"another tag than {tag}")
    other = "".join(_another(character, drawn) for character in tag)
    return other if other != tag else tag + tag


def _another(character: str, drawn: random.Random) -> str:
    for kind in (string.ascii_uppercase, string.ascii_lowercase, string.digits):
        if character in kind:
            return drawn.choice(kind.replace(character, ""))
    return character


def render(chat: Chat, turn: str, form: Form, prompt: Prompt) -> str:
    """The whole prompt as text, one template applied once, a start token at most once."""
    system = prompt.system if form.system is None else form.system
    if form.template is None:
        return chat.prompt(system, turn)
    parts = {"{system}": system, "{question}": turn}
    found = form.template if system else re.sub(r"\{system\}\s*", "", form.template)
    # In one pass: a question that holds "{system}" is no template.
    return chat.passage(re.sub(r"\{system\}|\{question\}", lambda at: parts[at[0]], found))


def reading_turn(passage: str, turn: str) -> str:
    """The user's turn with a passage of the text in front of the question."""
    return READING.replace("{passage}", passage).replace("{question}", turn)
