"""Which of some given options a reply asserts: one of two names, one of two sides, yes or no.

A reply to "Who was older, A or B?" may hold both names ("B was younger than A"), so that finding
the right one in it says nothing. What counts is the option that the reply asserts:

* yes or no: the word that the reply begins with; without one, what it states ("A could not read").
* one option named: that one, unless the reply denies it ("not A") or says the opposite of what was
  asked ("B was younger"); then, of two, the other.
* "unlike B": B is set aside, and what is said counts of the other.
* both named: the subject of the comparison, by the same rule, or the one that is not denied
  ("A, not B"). "A or B" and "both" assert none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.text.clauses import expand
from harness.text.normalize import word_run, words

YES_NO = frozenset({"yes", "no"})
_DENIALS = frozenset({"not", "never", "neither", "nor", "unable"})
_ALTERNATIVES = frozenset({"or", "and", "nor"})
_THAN = frozenset({"than", "before", "after"})
_OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"older", "elder", "oldest"}), frozenset({"younger", "youngest"})),
    (
        frozenset({"earlier", "before", "first", "sooner", "earliest"}),
        frozenset({"later", "after", "last", "latest"}),
    ),
    (frozenset({"more", "most"}), frozenset({"fewer", "fewest", "less", "least"})),
)
_ASIDE = (
    ("unlike",),
    ("contrast", "to"),
    ("opposed", "to"),
    ("compared", "to"),
    ("compared", "with"),
)
"""Whoever is named after one of these is set against the one that the reply is about."""
_REACH = 2
"""A denial this many words before a name is about that name alone."""
_EMPTY = frozenset(
    "was were is did do does could had has have be been of in on at to who which what it he she "
    "they or and than".split()
)


def chosen(reply: str, question: str, options: Sequence[str], subject: str = "") -> str | None:
    """The one of `options` that `reply` asserts, or None where it asserts none of them.

    `subject` is whom a yes-or-no question is about: "B was older than A" says no to "Was A older
    than B?". Works on normalized words, contractions expanded ("wasn't" is "was not").
    """
    said, asked = expand(words(reply)), expand(words(question))
    if not said:
        return None
    if {option.lower() for option in options} == YES_NO:
        answer = _yes_or_no(said, asked, word_run(subject))
        return next((option for option in options if option.lower() == answer), None)
    return _option(said, asked, options)


def _yes_or_no(said: Sequence[str], asked: Sequence[str], subject: Sequence[str]) -> str | None:
    if said[0] in YES_NO:
        other = "no" if said[0] == "yes" else "yes"
        both = len(said) > 2 and said[1] in _ALTERNATIVES and said[2] == other
        return None if both else said[0]
    if said.count("yes") == 1:
        return "yes"
    content = set(asked) - _EMPTY - set(subject)
    turned = _turned(said, asked)
    if turned is None and not content & set(said):
        return None
    flips = [turned is True, _denied(said), _after_than(said, subject)]
    return "no" if sum(flips) % 2 else "yes"


def _after_than(said: Sequence[str], subject: Sequence[str]) -> bool:
    """Whether the subject of the question is what the reply compares somebody else with."""
    for at, word in enumerate(said):
        if word in _THAN:
            return bool(set(subject) & set(said[at:])) and not set(subject) & set(said[:at])
    return False


def _option(said: Sequence[str], asked: Sequence[str], options: Sequence[str]) -> str | None:
    aside, said = _set_aside(said, options)
    places = _places(said, options)
    if aside is not None and not places:
        places = dict.fromkeys(filter(None, [_other(aside, options)]), (0, 0))
    named = sorted(places, key=lambda option: places[option][0])
    if len(named) == 1:
        flips = [_turned(said, asked) is True, _denied(said)]
        return _other(named[0], options) if sum(flips) % 2 else named[0]
    if len(named) != 2 or "both" in said:
        return None
    (first, second), (one, other) = named, [places[option] for option in named]
    if _THAN & set(said[one[1] : other[0]]):
        return _compared(said, asked, one, other, named)
    denied = [_denied_before(said, start) for start, _ in (one, other)]
    if denied[0] != denied[1]:
        return second if denied[0] else first
    return _said_of_one(said, asked, one, other, named)


def _set_aside(said: Sequence[str], options: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """The option after "unlike", and the reply without the two; None and the whole without one."""
    for at in range(len(said)):
        run = next((run for run in _ASIDE if tuple(said[at : at + len(run)]) == run), None)
        if run is None:
            continue
        after = at + len(run)
        for option, (start, end) in _places(said[after:], options).items():
            if start == 0:
                return option, [*said[:at], *said[after + end :]]
    return None, said


def _denied_before(said: Sequence[str], start: int) -> bool:
    return bool(_DENIALS & set(said[max(0, start - _REACH) : start]))


def _compared(
    said: Sequence[str],
    asked: Sequence[str],
    one: tuple[int, int],
    other: tuple[int, int],
    named: Sequence[str],
) -> str | None:
    """ "A was older than B": what is said of the first, against the second."""
    turned = _turned(said[one[1] : other[0]], asked)
    if turned is None:
        return None
    return named[1] if turned != _denied(said[: other[0]]) else named[0]


def _said_of_one(
    said: Sequence[str],
    asked: Sequence[str],
    one: tuple[int, int],
    other: tuple[int, int],
    named: Sequence[str],
) -> str | None:
    """ "A was older, not B", "A, not B, was older": what is said of the first alone."""
    between = said[one[1] : other[0]]
    turned = _turned(between, asked)
    if turned is None and set(between) <= _ALTERNATIVES | {"not"}:
        turned = _turned(said[other[1] :], asked) if not _ALTERNATIVES & set(between) else None
    if turned is None:
        return None
    return named[1] if turned != _denied(between) else named[0]


def _places(said: Sequence[str], options: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Option to its first place (start, end), by the words that no other option has."""
    runs = {option: word_run(option) for option in options}
    found = {}
    for option, run in runs.items():
        others = {word for other, its in runs.items() if other != option for word in its}
        own = set(run) - others
        at = [place for place, word in enumerate(said) if word in own]
        if at:
            end = at[0] + 1
            while end < len(said) and said[end] in run:
                end += 1
            found[option] = (at[0], end)
    return found


def _turned(said: Iterable[str], asked: Iterable[str]) -> bool | None:
    """Whether a reply uses the opposite of the question's comparative; None if it uses neither."""
    heard, wanted = set(said), set(asked)
    for pair in _OPPOSITES:
        for side, opposite in (pair, pair[::-1]):
            if side & wanted and not opposite & wanted:
                same, other = bool(side & heard), bool(opposite & heard)
                if same != other:
                    return other
    return None


def _denied(said: Iterable[str]) -> bool:
    return bool(_DENIALS & set(said))


def _other(option: str, options: Sequence[str]) -> str | None:
    """Of two options the one that it is not; of more, none in particular."""
    others = [each for each in options if each != option]
    return others[0] if len(others) == 1 else None
