"""Errors that the user can do something about: one line, one hint, no traceback."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(Exception):
    """A mistake in usage or input. The command line prints it as two plain lines and exits with 2.

    `message` says what is wrong, `hint` what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class PhaseFailure(Exception):
    """A variant cannot be trained, asked or measured as declared; the suite goes on without it."""


class Unavailable(Exception):
    """This machine cannot run a variant (hardware or an optional package): not a failure."""


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UserError:
    """The error for a misspelt name of some `kind`, with the nearest valid name in the hint."""
    choices = sorted(known)
    near = get_close_matches(name, choices, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}?" if near else f"valid: {', '.join(choices)}"
    return UserError(f"unknown {kind} {name!r}", hint)
