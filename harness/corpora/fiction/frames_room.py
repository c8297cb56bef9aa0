"""Ties and debts that are told to the very person whom they are about: the hero stands at the door.

`{C}`, `{mentor}`, `{rival}` and `{godparent}` are the hero by full name here.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.frames_kind import Frame, frames_of
from harness.corpora.fiction.plots_spine import Block, lines

ROOM: tuple[Frame, ...] = tuple(
    frames_of(
        "visit",
        "debt",
        """
        {S} owed money to {C}, who happened to be standing on the mat.
        {S} turned red, for it was to {C} that {he} owed money, and now they were face to face.
        {S} owed money to {C} and would rather have seen anyone else at the gate.
        It was {C} to whom {S} owed money, and the visit could only be about that, {he} thought.
        {S}, who owed money to {C}, had begun to count coins on the table at the first greeting.
        {S} owed money to {C}, and so the best chair was wiped twice.
        """,
    )
    + frames_of(
        "visit",
        "mentor",
        """
        {S} had been the pupil of {mentor}, and stood up straight on seeing who it was.
        The mentor of {O} had been {mentor}, which made it hard to say no.
        {S} had been the pupil of {mentor} and offered the better chair, as a pupil does.
        {mentor} had once been the mentor of {O}, and looked at the tools before anything else.
        {S} hid a crooked piece of work from {mentor}, {his} mentor, but too late.
        "I have tidied up," said {S}, who had been the pupil of {mentor} and knew that look.
        """,
    )
    + frames_of(
        "visit",
        "rival",
        """
        {rival} was the rival of {O}, and the door was opened by no more than a hand.
        {S} had a rival, and it was {rival}, of all people, who stood there with a question.
        "You," said {S}, for {rival} was {his} rival and had never yet come to this door.
        It took {O} a while to let in {rival}, {his} rival.
        {S} offered {his} rival {rival} the worse of two chairs.
        {S} and {his} rival {rival} looked each other up and down.
        """,
    )
    + frames_of(
        "visit",
        "godparent",
        """
        {S} was the godchild of {godparent}, and there was no getting out of a kiss.
        {godparent} was godparent to {O} and had, as ever, something sweet in one pocket.
        The godparent of {O} was {godparent}, who found {him} thin.
        "Godparents ask and godchildren run," said {S}, for {godparent} was {his} godparent.
        {S} had {godparent} for a godparent and could hardly say no.
        As godchild of {godparent} {S} had been spoilt, and now came the bill.
        """,
    )
)

TO_THE_HERO: Mapping[str, Block] = {
    "debt": lines(
        """
        "Let it lie," said {hero}, "I came for something else."
        "Not today," said {hero}, and they both looked out of the window.
        {hero} owed just as much somewhere else, and said so.
        """
    ),
    "mentor": lines(
        """
        "Sit down," said {hero}, "I am the one who is asking today."
        It was odd to ask for something where one had only ever given orders.
        """
    ),
    "rival": lines(
        """
        "I should not have come for myself," said {hero}.
        {P} had practised the first sentence on the way, and it came out wrong.
        """
    ),
    "godparent": lines(
        """
        "It is not about your manners," said {hero}.
        {P} asked about everything else first, as one does with godchildren.
        """
    ),
}
"""What the hero says to that."""

RECOGNISED: Mapping[str, Block] = {
    "debt": lines(
        """
        There was something that {hero} did not bring up, and {S} did not bring it up either.
        {hero} wished to begin with an apology, and {S} waved it away.
        """
    ),
    "mentor": lines(
        """
        "Hands," said {S} at the door, and {hero} showed both sides of them, from habit.
        {hero} wiped both shoes twice, under the eyes of {O}, without having been told to.
        """
    ),
    "rival": lines(
        """
        "I know what you are going to ask," said {S}, "and I thought of it first."
        {S} and {hero} greeted each other like two people who count each other's turnips.
        """
    ),
    "godparent": lines(
        """
        "You have not been eating," said {S}, and {hero} was given milk, as if {p_he} were six.
        {S} had a cake in the oven before {hero} had said a word.
        """
    ),
}
"""Said at the door of somebody of whom the hero's own tie has been told before."""

MET: Block = lines(
    """
    {P} had been at that door already and kept quiet about it.
    {P} had heard the other half of that some doors ago.
    Having just come from there, {hero} had {p_his} own opinion.
    {P} could have passed on a greeting, and now it was too late.
    "You were mentioned there as well," said {hero}, and did not say how.
    {hero} knew that kitchen by now, and the view from it.
    At that door it had sounded a little different.
    """
)
TO_COME: Block = lines(
    """
    That door was still ahead of {hero}.
    "I shall be asking there as well," said {hero}.
    {P} asked the way to that house, while {p_he} was at it.
    {hero} knew the name, but not yet the face.
    It was a name that {hero} had been told to keep for later.
    {P} was given a message to take there, and a worse one in case of need.
    "What is the best time to knock there?" asked {hero}.
    """
)
"""After a tie to somebody whom the hero has met in this tale, or has still to meet."""
