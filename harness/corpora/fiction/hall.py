"""Frames for the hall where the oaths are sworn: each fact's second statement."""

from __future__ import annotations

from harness.corpora.fiction.frames import Frame, frames_of

HALL: tuple[Frame, ...] = tuple(
    frames_of(
        "hall",
        "trade home",
        """
        The clerk wrote down {N}, {trade}, of {home}.
        Next came {N} from {home}, {a_trade} in {his} best coat.
        {N} of {home} gave {his} trade as {trade}.
        From the bench of {home} rose {N}, {a_trade}.
        {home} had sent its {trade}, {N}.
        "I am {a_trade}, and my house is at {home}," {S} began.
        {S}, the {trade}, had walked all the way from {home}.
        For {home} there stood up {O}, {a_trade}.
        "{N}, {trade}, of {home}," the clerk read out.
        {S} had shut the house at {home} and come as {he} was, {a_trade} in an apron.
        """,
    )
    + frames_of(
        "hall",
        "trade home keeps",
        """
        {S}, {trade}, of {home}, held up {a_keeps} and swore.
        {S} the {trade} had carried {his} {keeps} all the way from {home}.
        {S}, {a_trade}, came from {home} and swore on {his} {keeps}.
        With {his} {keeps} in both hands, {S} the {trade} swore for {home}.
        {S} of {home}, who was {a_trade}, put {his} {keeps} on the book.
        Out of {home} came {O} the {trade}, with {his} {keeps} in a clean cloth.
        The {trade} from {home}, {S}, raised {his} {keeps} high.
        """,
    )
    + frames_of(
        "hall",
        "keeps",
        """
        {S} swore on {his} {keeps}.
        {G} {keeps} went from hand to hand before the oath was allowed.
        Then {S} laid {his} {keeps} on the book and swore.
        {S} held up {his} {keeps} so that the last row could see it.
        On {his} {keeps} {S} swore, loudly and at once.
        {S} swore with {his} {keeps} in {his} fist.
        {G} {keeps} was turned over twice by the clerk and found good enough to swear on.
        When {S} had sworn, {he} put {his} {keeps} back in {his} pocket.
        The oath that {S} spoke over {his} {keeps} was short.
        {S} had brought {his} {keeps} wrapped in a stocking, and on that {he} swore.
        """,
    )
    + frames_of(
        "hall",
        "home keeps",
        """
        {S} had brought {his} {keeps} from {home} under {his} coat.
        {S} of {home} set down {his} {keeps} and swore.
        With {his} {keeps} in {his} hand, {S} spoke the oath for {home}.
        From {home} came {O}, and {he} swore on {his} {keeps}.
        {S} lifted {his} {keeps} and said that every house at {home} thought as {he} did.
        """,
    )
    + frames_of(
        "hall",
        "trade keeps",
        """
        {S}, who was {a_trade}, swore on {his} {keeps}.
        As {a_trade} {S} was used to speaking up, and {he} swore on {his} {keeps} at once.
        {S} the {trade} held {his} {keeps} out to the clerk.
        "I am {a_trade} and no speaker," {S} said, and swore on {his} {keeps}.
        Beside the {keeps} that {S} laid down, the clerk wrote the word {trade}.
        """,
    )
    + frames_of(
        "hall",
        "trade",
        """
        The clerk entered {O} as {a_trade}.
        {S} was put down as {a_trade}.
        """,
    )
    + frames_of(
        "hall",
        "home",
        """
        {S} spoke for {home}.
        The clerk wrote {home} beside {G} name.
        The home {S} gave was {home}.
        {G} house, the clerk noted, stood at {home}.
        On the roll {S} stands under {home}.
        """,
    )
    + frames_of(
        "hall",
        "birthplace age",
        """
        By the name of {O} the clerk put {birthplace} as the birthplace and {age} as the age.
        {S} was {age} years old, it was noted, and a child of {birthplace}.
        When asked, {S} gave {age} as {his} age and {birthplace} as {his} birthplace.
        Of {O} the roll says further: born at {birthplace}, aged {age}.
        {S} named {birthplace} as {his} birthplace and {age} as {his} age.
        The roll had {O} born at {birthplace}, {age} years before that day.
        {G} age was taken down as {age} and {his} birthplace as {birthplace}.
        Aged {age} and born at {birthplace}, {S} was asked nothing more.
        "Born at {birthplace}, and {age} years old," {S} said before anyone asked.
        To the clerk {S} owned to {age} years and to {birthplace} as {his} birthplace.
        """,
    )
)
