"""A book that nobody wrote, in the layout of the Manual of Surgery: every sentence is invented."""

from __future__ import annotations

from harness.corpora.surgery.book import SUBJECTS

FRONT = """Project Gutenberg's Manual of Surgery, by Alexis Thomson and Alexander Miles

This eBook is for the use of anyone anywhere.

*** START OF THIS PROJECT GUTENBERG EBOOK MANUAL OF SURGERY ***

Produced by Nobody

PREFACE

A preface thanks the publisher.

CONTENTS

    CHAPTER I
    OF REPAIR                                                         1

    CHAPTER II
    OF THINGS THAT INTERFERE                                         17

LIST OF ILLUSTRATIONS

    1. A kettle on a shelf                                           15
"""
BACK = """INDEX

Kettles, 1, 2

*** END OF THIS PROJECT GUTENBERG EBOOK MANUAL OF SURGERY ***

Updated editions will replace the previous one. License text.
"""
FIRST = """CHAPTER I

OF REPAIR


Introduction--Kettles--Kettles that
    leak--Tinkers.


ON KETTLES

A kettle is mended by a _tin-
ker_, who is well-
known in the village (Fig. 1). He carries a bag--
it is heavy--on his back.[1]

[1] The bag is described by another author.

[Illustration: FIG.\u00a01.--A kettle on a shelf.

(From a drawing lent by a neighbour.)]

#Leaking Kettles.#--A kettle that leaks is put on page two (p. 9) of the
list, as is told on p. 14, and as is seen in Fig. 3.

_Signs._--The floor is wet. The tinker is a well-known man.

FIG. 2.--A family of kettles.

 Kettle            Kettle
   |                 |
   +--------+--------+

M = Mended.  L = Leaking.

#Rust# or #Decay#.--Rust is brown.

#Kettles of the Second Kind#

A. #Old Ones.#--They are made of copper and of _tin_ (see Fig. 4, b). _New
Ones._--They are made of steel.


ON TINKERS OF THE
SOUTH

(1) _In Summer._--The tinker sleeps outdoors.

PANS, OR SKILLETS.--A pan has a handle.
"""


def small_book(first: str = FIRST, leave_out: tuple[int, ...] = ()) -> str:
    """All of its 21 chapters but those left out; the first one has one of every oddity."""
    chapters = [first]
    for number, subject in enumerate(SUBJECTS[1:], start=2):
        head = f"CHAPTER {_roman(number)}\n\nOF {subject.upper()}"
        if number not in leave_out:
            chapters.append(f"{head}\n\nNothing is told in number {number}.\n")
    return "\n\n".join((FRONT, "MANUAL OF SURGERY", *chapters, BACK))


def _roman(number: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in parts:
        while number >= value:
            written += sign
            number -= value
    return written
