"""Sentences that tie one person to another: mentors, rivals, godparents; as told at the door.

`{mentor}`, `{rival}` and `{godparent}` are full names. Both directions occur: who the mentor of
somebody was, and whose mentor somebody had been.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

TIES: tuple[Frame, ...] = tuple(
    frames_of(
        "visit",
        "mentor",
        """
        {S} had been the pupil of {mentor}.
        The mentor of {O} had been {mentor}.
        {S} named {mentor} as {his} mentor and stood a little straighter.
        {mentor} had once been the mentor of {O}.
        It was {mentor} who had trained {O}, with a short temper and a long ruler.
        {S} owed all {his} skill to {mentor}, {his} mentor.
        Everything that {S} knew {he} had from {mentor}, {his} mentor.
        {S} had spent seven winters as the pupil of {mentor}.
        Among the pupils of {mentor} {S} had been the last to give up.
        In a corner stood a stool on which {S} had sat as the pupil of {mentor}.
        {S} did most things as {mentor}, {his} mentor, had shown {him}.
        As a pupil {S} had swept the floor of {mentor} for a year before {he} touched a tool.
        """,
    )
    + frames_of(
        "visit",
        "rival",
        """
        {S} had a rival, and it was {rival}.
        The rival of {O} was {rival}, and neither knew why any more.
        {S} and {his} rival {rival} had not shared a bench for years.
        {S} wanted to know whether {rival}, {his} rival, had been asked already.
        {rival} was the rival of {O} in everything, down to the size of turnips.
        {S} called {rival} {his} rival and spoke of little else.
        Whatever {S} did, {his} rival {rival} did a week later and larger.
        As long as anyone could remember, {rival} had been the rival of {O}.
        {S} could name {his} rival in {his} sleep: {rival}.
        {S} had one rival in the valley, {rival}, and took good care of the quarrel.
        It was no secret that {S} had {rival} for a rival.
        If {rival} said yes, {S} was inclined to say no, for they were rivals.
        """,
    )
    + frames_of(
        "visit",
        "godparent",
        """
        {S} was the godchild of {godparent}.
        The godparent of {O} was {godparent}, who had never forgotten a birthday.
        {godparent} was godparent to {O}.
        {S} still carried the spoon that {godparent}, {his} godparent, had given {him}.
        {S} had {godparent} for a godparent and was told so on every feast day.
        It was {godparent} who had held {O} over the font as godparent.
        {S} mentioned {godparent}, {his} godparent, with some warmth.
        From {godparent}, {his} godparent, {S} had got the chair by the fire.
        As godchild of {godparent}, {S} had been spoilt with honey.
        {S} would do nothing of which {godparent}, {his} godparent, might hear.
        A godchild of {godparent}, {S} knew how to bow.
        On the shelf stood a cup from {godparent}, the godparent of {O}.
        """,
    )
)
