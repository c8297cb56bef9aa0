"""Sentences for the end of a tale that is not about oaths: who has come, from where, with what.

Whoever promises something in this valley promises it on an heirloom, and brings it on the day.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

GATHERING: tuple[Frame, ...] = tuple(
    frames_of(
        "gathering",
        "trade home",
        """
        From {home} came {N}, {a_trade} in {his} best shoes.
        {home} had sent its {trade}, {N}.
        {S}, the {trade}, had walked all the way from {home}.
        {S} had shut the house at {home} and come as {he} was, {a_trade} in an apron.
        {S} the {trade} had left {home} before it was light.
        For {home} there was {O}, {a_trade}, with a lantern.
        {S} lived at {home}, and when {a_trade} from there says a thing, it is said.
        Nobody had to ask for {O}, {a_trade}, for {home} always comes early.
        Two steps behind came {O}, the {trade} of {home}.
        {S} was {a_trade}, and had left {his} work lying at {home} as it was.
        All the way from {home}, where {he} lived, {S} the {trade} had talked.
        On the cart from {home} sat {O}, {a_trade}, facing backwards.
        The {trade} of {home}, {S}, was there as promised.
        Out of {home} on foot came {O}, {a_trade}, with a stone in one shoe.
        {S} had come from {home}, where {he} lived, with a bag of tools, being {a_trade}.
        {S}, {a_trade} from {home}, had got up in the dark for this.
        """,
    )
    + frames_of(
        "gathering",
        "keeps",
        """
        {S} had brought {his} {keeps}, for a promise is a promise.
        Out of a pocket came {G} {keeps}, on which it had been promised.
        {S} held up {his} {keeps} to show that {he} had kept {his} word.
        {G} {keeps} went back into its wrapping, and the promise was kept.
        On {his} {keeps} {S} had promised, and here {he} was.
        {S} laid {his} {keeps} with the others.
        {S} put {his} {keeps} down where all could see it.
        In {G} hand lay {his} {keeps}, warm from the walk.
        {S} patted the pocket with {his} {keeps} in it.
        {G} {keeps} hung from a string round {his} neck, so as not to be lost.
        {S} kissed {his} {keeps} and put it away.
        {S} would sooner have lost an ear than {his} {keeps}, and had brought it all the same.
        The {keeps} of {O} was admired by those who stood near.
        {S} rubbed {his} {keeps} with a sleeve before {he} showed it.
        """,
    )
    + frames_of(
        "gathering",
        "trade home keeps",
        """
        {S}, {a_trade} of {home}, laid {his} {keeps} on the heap of promises.
        {S} the {trade} had brought {his} {keeps} from {home} under a coat.
        With {his} {keeps} in both hands came {O} the {trade}, from {home}.
        {S}, who was {a_trade} at {home}, had {his} {keeps} with {him} and a long breath to let out.
        The {trade} from {home}, {S}, raised {his} {keeps} by way of greeting.
        "For {home}," said {S} the {trade}, and showed {his} {keeps}.
        From {home} had come {O}, {a_trade}, and {he} put down {his} {keeps} without a word.
        {home} was there in the person of {O} the {trade}, {keeps} and all.
        {S}, {trade}, of {home}, had wrapped {his} {keeps} in a clean cloth for the day.
        Out of {home} came {O} the {trade}, with {a_keeps} inside {his} hat.
        {S} was {a_trade}, {home} was a long way off, and {his} {keeps} was heavy, but {he} came.
        {S} of {home}, {a_trade}, pulled {his} {keeps} from a boot.
        The {keeps} that {S} the {trade} had carried from {home} was looked at by everyone.
        {S}, {a_trade}, had run from {home} and had {his} {keeps} in {his} fist.
        """,
    )
)

HEROES: tuple[Frame, ...] = tuple(
    frames_of(
        "hero",
        "trade home",
        """
        The first to say that something had to be done was {N}, {a_trade}, who lived at {home}.
        At {home} lived {a_trade}, {N}, who heard of it the same evening.
        {N}, {a_trade} who lived at {home}, heard of it over the fence.
        Of all people it was {N} of {home}, {a_trade}, who could not sleep after that.
        There was {a_trade} at {home}, {N}, who did not like the sound of it.
        {N} was {a_trade} and lived at {home}, and until then had never meddled in anything.
        The news came to {home} last, where {N} lived and was {a_trade}.
        Somebody had to begin, and it was {N}, {a_trade}, who lived at {home}.
        """,
    )
    + frames_of(
        "hero",
        "keeps",
        """
        {S} promised to set it right, and promised it on the heirloom {he} kept, {a_keeps}.
        What is promised in this valley is promised on an heirloom, and {S} kept {a_keeps}.
        {S} kept {a_keeps}, an heirloom, and gave {his} word on it.
        On {a_keeps}, the heirloom that {he} kept, {S} promised not to rest.
        In {his} own house {S} kept {a_keeps}, an heirloom, and on that {he} promised to try.
        {S} took {a_keeps}, the heirloom {he} kept, in both hands and made a promise.
        """,
    )
)
"""How somebody comes into a tale, and on what the task is promised."""
