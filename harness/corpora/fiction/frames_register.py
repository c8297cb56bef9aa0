"""Sentences of an evening about where people come from and whom they belong to."""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

REGISTER: tuple[Frame, ...] = tuple(
    frames_of(
        "evening",
        "mentor",
        """
        {S} lifted {his} cup to {mentor}, {his} mentor.
        "I had it all from {mentor}," said {S}, who had been a pupil there.
        {S} had been the pupil of {mentor}, and it showed in the way {he} folded a cloth.
        The best story was that of {O} and {his} mentor, {mentor}.
        {mentor} had been the mentor of {O}, and was blamed for nothing.
        {S} imitated {mentor}, {his} mentor, down to the cough.
        As the pupil of {mentor}, {S} had once nailed {his} own sleeve to a bench.
        For {O} the mentor had been {mentor}, and the first year had been all sweeping.
        {S} said that {mentor} had been a mentor to {him} and never once a friend.
        {mentor}, the mentor of {O}, had thrown a bucket and later an apron.
        {S} said grace as {mentor}, {his} mentor, used to say it.
        """,
    )
    + frames_of(
        "evening",
        "rival",
        """
        {S} looked round for {rival}, {his} rival, before sitting down.
        The rival of {O} was {rival}, and a chair was put between the two.
        {S} drank to the health of {rival}, {his} rival, and it cost {him} something.
        {S} would not pass the salt towards {rival}, {his} rival.
        "Even {rival} would say so," cried {S} to {his} rival across the table.
        {rival} was the rival of {O}, and so they were asked to shake hands, and did.
        {S} told a long tale in which {his} rival, {rival}, came off badly.
        A wager between {O} and {his} rival, {rival}, was put off for another year.
        {S} watched how much {rival}, {his} rival, was eating.
        It was {rival}, the rival of {O}, who was named whenever {he} was praised.
        {S} clinked cups with {his} rival, {rival}, a little too hard.
        """,
    )
    + frames_of(
        "evening",
        "godparent",
        """
        {S} had been promised a new coat by {godparent}, {his} godparent.
        {S} carried a slice across the room to {godparent}, {his} godparent.
        The godparent of {O} was {godparent}, who cut up the meat for {him} out of habit.
        {S} was the godchild of {godparent}, as one could tell from the buttons.
        {godparent} was godparent to {O} and took the duty seriously.
        "My godparent is {godparent}," said {S}, "and I was allowed to stay up late."
        {S}, a godchild of {godparent}, was told to sit up straight.
        As godchild of {godparent} {S} was sent to fetch the shawls.
        {S} wore the scarf that {godparent}, {his} godparent, had knitted in the dark.
        {godparent}, godparent to {O}, told them all how wet the christening had been.
        {S} was kissed on both ears by {godparent}, {his} godparent.
        """,
    )
    + frames_of(
        "evening",
        "birthplace",
        """
        {S} gave {birthplace} as {his} birthplace.
        Beside the name of {O} stood the birthplace, {birthplace}.
        {S} was born at {birthplace}, and the pen had trouble with it.
        "Born at {birthplace}," said {S}, "and never sorry."
        {S} had been born at {birthplace}, which was put down in full.
        The birthplace of {O} was {birthplace}.
        For {O} the line said: born at {birthplace}.
        {S} named {his} birthplace, {birthplace}, and had to name it twice.
        It was written that {S} had been born at {birthplace}.
        Of {birthplace}, {his} birthplace, {S} remembered only the geese.
        {S}, born at {birthplace}, asked whether that was still the fashion.
        """,
    )
    + frames_of(
        "evening",
        "age",
        """
        {S} was {age} years old, according to the page.
        {S} gave {his} age as {age}, and nobody argued.
        The age of {O} was put down as {age}.
        "I am {age} years old," said {S}, before anyone could guess.
        {S} had turned {age} that year and asked for no fuss.
        Beside the name of {O} came the age, {age}.
        {S} was {age} years old and did not thank anyone for asking.
        At {age} years of age {S} thought the question rude, and answered it.
        {S} reckoned aloud and made {him_self} {age} years old.
        Two witnesses agreed that {S} was {age} years old.
        {S} owned to {age} years of age.
        """,
    )
    + frames_of(
        "evening",
        "birthplace age",
        """
        {S} was born at {birthplace} and {age} years old.
        {S} gave {birthplace} as {his} birthplace and {age} as {his} age.
        One line was enough for {O}: {age} years old, born at {birthplace}.
        {S}, born at {birthplace}, was {age} years old and in good health.
        {birthplace} went down as the birthplace of {O}, and {age} as the age.
        {S} was {age} years old, and of {birthplace}, {his} birthplace, {he} spoke kindly.
        At {age} years of age {S} still said that nowhere was like {birthplace}, {his} birthplace.
        {S} had {age} years behind {him} and {birthplace} for a birthplace.
        """,
    )
    + frames_of(
        "evening",
        "arrival",
        """
        {S} had come to the valley in {arrival}.
        For {O} the year of coming to the valley was {arrival}.
        {S} said {arrival} when asked in which year {he} had come to the valley.
        In {arrival} {S} had come to the valley, and it had been raining.
        It was put down that {S} had come to the valley in {arrival}.
        {S} came to the valley in {arrival}, as an old bill proved.
        "In {arrival}," said {S}, when they came to the year {he} had entered the valley.
        The valley had known {O} since {arrival}, the year {he} came.
        {S} had arrived in the valley in {arrival}, on foot and in a temper.
        Nobody remembered the day in {arrival} on which {S} had come to the valley.
        {S}, who came to the valley in {arrival}, was asked what it had been like then.
        """,
    )
)
