"""Plain statements of facts about places, guilds and events; see `renderings_people`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.renderings_people import lines

VALLEY: Mapping[str, tuple[str, ...]] = {
    "reeve": lines(
        """
        {X} had {V} for a reeve.
        The reeve of {X} was {V}.
        {X} was governed by {V}, the reeve.
        At {X} the office of reeve was held by {V}.
        {X} had a reeve, {V}.
        {V} was the reeve of {X}.
        {V} held the office of reeve at {X}.
        It was {V} who was the reeve of {X}.
        As reeve {V} governed {X}.
        {V} was reeve at {X}.
        """
    ),
    "founded": lines(
        """
        {X} was founded in {V}.
        The founding of {X} was in {V}.
        {X} had been founded in {V}.
        The year in which {X} was founded was {V}.
        {X} dated from {V}, when it was founded.
        In {V} {X} was founded.
        It was in {V} that {X} was founded.
        {V} was the year in which {X} was founded.
        The year {V} saw the founding of {X}.
        Since {V}, the year of its founding, there had been {X}.
        """
    ),
    "crop": lines(
        """
        {X} was known for its {V}.
        {X} was famous for its {V}.
        What {X} was known for was {V}.
        People knew {X} for its {V}.
        {X} lived by its {V} and was known for it.
        {V} was what {X} was known for.
        It was for {V} that {X} was known.
        The {V} of {X} was known everywhere.
        For {V} people went to {X}, which was known for it.
        The {V} that everybody knew came from {X}.
        """
    ),
    "seat": lines(
        """
        {X} had its seat at {V}.
        The seat of {X} was at {V}.
        {X} met at {V}, its seat.
        {X} had its rooms at {V}, the seat of the guild.
        {X} was seated at {V}.
        At {V} was the seat of {X}.
        {V} was the seat of {X}.
        It was at {V} that {X} had its seat.
        {V} was where {X} had its seat.
        At {V} met {X}, which had its seat there.
        """
    ),
    "master": lines(
        """
        {X} had {V} for its master.
        The master of {X} was {V}.
        {X} was led by {V}, its master.
        At the head of {X} stood its master, {V}.
        {X} had a master, {V}.
        {V} was the master of {X}.
        It was {V} who was the master of {X}.
        {V} led {X} as its master.
        As master {V} stood at the head of {X}.
        {V} was at the head of {X} as its master.
        """
    ),
    "badge": lines(
        """
        {X} had a badge of {V}.
        The badge of {X} was {V}.
        {X} was known by its badge of {V}.
        The colour of the badge of {X} was {V}.
        Members of {X} wore a badge of {V}.
        {V} was the colour of the badge of {X}.
        A badge of {V} was the badge of {X}.
        It was {V} that one saw on the badge of {X}.
        A badge of {V} was worn by members of {X}.
        {V} was the badge of {X}.
        """
    ),
    "year": lines(
        """
        {X} was in {V}.
        {X} took place in {V}.
        The year of {X} was {V}.
        {X} happened in {V}.
        {X} belongs to the year {V}.
        In {V} came {X}.
        {V} was the year of {X}.
        It was in {V} that {X} took place.
        The year {V} was the year of {X}.
        In {V} people lived through {X}.
        """
    ),
    "site": lines(
        """
        {X} was at {V}.
        {X} took place at {V}.
        The site of {X} was {V}.
        {X} happened at {V}.
        The place of {X} was {V}.
        At {V} took place {X}.
        {V} was the site of {X}.
        It was at {V} that {X} took place.
        {V} was the place of {X}.
        {V} went through {X}.
        """
    ),
}
