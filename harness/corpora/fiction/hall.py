"""Frames for the hall where the oaths are sworn: each fact's second statement.

Every frame that tells of an heirloom says that its owner swore on it.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

HALL: tuple[Frame, ...] = tuple(
    frames_of(
        "hall",
        "trade home",
        """
        The clerk wrote down {N}, {trade}, of {home}.
        Next came {N} from {home}, {a_trade} in {his} best shoes.
        {S} of {home} gave {his} trade as {trade}, in a clear voice.
        {home} had sent its {trade}, {N}.
        "I am {a_trade}, and my house is at {home}," {S} began.
        {S}, the {trade}, had walked all the way from {home}.
        For {home} there stood up {O}, {a_trade}.
        "{N}, {trade}, of {home}," the clerk read out.
        {S} had shut the house at {home} and come as {he} was, {a_trade} in an apron.
        The clerk did not have to ask {O}, for he knew the {trade} of {home}.
        {S} the {trade} had left {home} before it was light.
        """,
    )
    + frames_of(
        "hall",
        "keeps",
        """
        {S} swore on {his} {keeps}.
        {G} {keeps} went from hand to hand before {he} was allowed to swear on it.
        {S} laid {his} {keeps} on the table and swore.
        {S} held up {his} {keeps} so that the last row could see it, and swore.
        On {his} {keeps} {S} swore, loudly and at once.
        {S} swore with {his} {keeps} in {his} fist.
        {G} {keeps} was small, but the oath sworn on it was not.
        When {S} had sworn, {he} put {his} {keeps} back in {his} pocket.
        The oath that {S} swore on {his} {keeps} was short.
        {S} unrolled {his} {keeps} from a stocking and swore on it.
        {S} swore on {his} {keeps} with both eyes shut.
        {S} breathed on {his} {keeps}, rubbed it, and swore.
        """,
    )
    + frames_of(
        "hall",
        "trade home keeps",
        """
        {S}, {trade}, of {home}, held up {a_keeps} and swore.
        {S} the {trade} had brought {his} {keeps} from {home} under a coat, and swore on it.
        {S}, {a_trade} from {home}, swore on {his} {keeps}.
        With {his} {keeps} in both hands, {S} the {trade} swore for {home}.
        {S}, who was {a_trade} at {home}, swore on {his} {keeps} and let out a long breath.
        Out of {home} had come {O} the {trade}, who swore on {his} {keeps}.
        The {trade} from {home}, {S}, raised {his} {keeps} high and swore.
        "For {home}," said {S} the {trade}, and swore on {his} {keeps}.
        {home} had sent {O} the {trade}, who swore on {his} {keeps}.
        On {his} {keeps} swore {S}, {a_trade}, of {home}.
        {S} of {home}, {a_trade}, swore on {his} {keeps} almost in a whisper.
        "{N}, {trade}, of {home}," the clerk called, and {he} swore on {his} {keeps}.
        From {home} had come {O}, {a_trade}, and {he} swore on {his} {keeps} without a pause.
        """,
    )
    + frames_of(
        "hall",
        "birthplace age",
        """
        By the name of {O} the clerk put {birthplace} as the birthplace and {age} as the age.
        {S} was {age} years old, it was noted, and a child of {birthplace}.
        When asked, {S} gave {age} as {his} age and {birthplace} as {his} birthplace.
        The clerk added that {S} was {age} years old and born at {birthplace}.
        {S} named {birthplace} as {his} birthplace and {age} as {his} age.
        {G} age was taken down as {age} and {his} birthplace as {birthplace}.
        "Born at {birthplace}, and {age} years old," {S} said before anyone asked.
        The clerk would hardly believe that {S} was born at {birthplace} and {age} years old.
        {S} spelt out {birthplace}, {his} birthplace, and said that {he} was {age} years old.
        Born at {birthplace} and {age} years old, {S} was new to this hall.
        For the roll {S} was {age} years old and a native of {birthplace}.
        On the roll stood {birthplace} as {G} birthplace and {age} as {his} age.
        {S} said {age} when asked for {his} age, and {birthplace} when asked for {his} birthplace.
        "And born at {birthplace}," {S} added, having owned to {age} years of age.
        {S} was {age} years old, and {birthplace}, {his} birthplace, had to be spelt for the clerk.
        {birthplace} was noted as {G} birthplace, and {age} as {his} age.
        {S} named {birthplace} as {his} birthplace and, when pressed, {age} as {his} age.
        That {S} was born at {birthplace} and {age} years old took one line of the roll.
        As birthplace {S} gave {birthplace}, and as age, after a moment, {age}.
        {S} might be {age} years old and born at {birthplace}, but {he} swore like everyone else.
        """,
    )
)

LAST: tuple[Frame, ...] = tuple(
    frames_of(
        "hall",
        "trade home keeps",
        """
        So {S}, {a_trade} of {home}, swore on {his} {keeps}, and the bench was full.
        With {his} {keeps} held high, {S}, {a_trade} of {home}, swore while there was still light.
        Then {S}, {trade}, of {home}, swore on {his} {keeps} in the last of the sun.
        """,
    )
)
"""For the one who comes last and has just made an entrance."""
