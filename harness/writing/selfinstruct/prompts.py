"""What the writing model is told. The prompt is data: `writing.prompt` replaces the default."""

from __future__ import annotations

from collections.abc import Sequence

from harness.errors import UserError
from harness.records import Writing
from harness.writing.reading_windows import Window

DEFAULT_PROMPT = """\
Read the text below and write {pairs} different questions about it, each with its answer. \
Use only what the text says. Write every pair on two lines: the question after Q: and the answer \
after A:

{window}"""
"""Short on purpose: small models repeat an instruction that is longer, and copy from examples."""

OPENINGS = (
    "Q: What is the",
    "Q: What are the",
    "Q: What does",
    "Q: What causes",
    "Q: Where is",
    "Q: Who",
    "Q: When",
    "Q: How",
)
"""How the replies to the default prompt begin. Left alone, a small model writes one question and
repeats it; begun in eight ways, it writes eight."""

ROUND_TRIP = "{window}\n\nQ: {question}\nAnswer with words from the text."
"""The prompt of the round trip; its reply is begun with `ANSWER`. Of five forms that were tried,
the one to which the default model gave the most right and the shortest answers."""
ANSWER = "A:"

MOST_NAMES = 8
"""Names of one window that openings are made for."""
PAIR_TOKENS = 64
"""New tokens for a reply that holds one pair."""
PAIR_ENDS = ("\nQ:", "\n\n")
"""What ends such a reply."""
ANSWER_ENDS = ("\n",)
"""What ends a reply that is an answer only."""


def prompt_of(writing: Writing) -> str:
    """The prompt of the order. Raises UserError where it has no place for the text."""
    prompt = writing.prompt or DEFAULT_PROMPT
    if "{window}" not in prompt:
        raise UserError(
            "writing.prompt has no {window}",
            "put {window} where the text shall stand, and {pairs} where the number of pairs shall",
        )
    return prompt


def openings_of(writing: Writing) -> tuple[str, ...]:
    """How replies begin: one reply of all pairs ("") where the prompt is the user's own."""
    if writing.openings:
        return writing.openings
    return ("",) if writing.prompt else OPENINGS


def openings_for(writing: Writing, window: Window, names: Sequence[str]) -> tuple[str, ...]:
    """The openings for one window: one that holds {name} comes once for each name in the window.

    Names stand in the order in which the window mentions them, at most `MOST_NAMES` of them.
    """
    found = sorted((window.text.find(name), name) for name in names if name in window.text)
    inside = [name for _, name in found][:MOST_NAMES]
    made = [
        opening.replace("{name}", name)
        for opening in openings_of(writing)
        for name in (inside if "{name}" in opening else ("",))
    ]
    return tuple(dict.fromkeys(made))


def writing_turn(writing: Writing, window: Window) -> str:
    """What the user says to have questions written about a window."""
    return (
        prompt_of(writing).replace("{pairs}", str(writing.pairs)).replace("{window}", window.text)
    )


def asking_turn(window: Window, question: str) -> str:
    """What the user says in a round trip: the window, then the question to be read from it."""
    return ROUND_TRIP.replace("{question}", question).replace("{window}", window.text)


def unanswered(text: str) -> str | None:
    """The question that a reply consists of, without an answer; None where it is anything else."""
    question = text.strip()
    return question if question.endswith("?") and "\n" not in question else None
