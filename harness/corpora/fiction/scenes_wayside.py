"""What happens around the places, guilds and events that a traveller hears of on the way."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.plots_spine import Block, lines

ROAD_OPENINGS: Mapping[str, Block] = {
    "place": lines(
        """
        The way led through a street that was new to {hero}.
        Towards noon roofs came in sight, and a smell of baking.
        {P} stopped to drink at a trough and was stared at by a calf.
        At the next crossing two old men were sitting on one chair.
        One had to pass a gate there, and the gatekeeper liked to talk.
        Some streets are longer than they look.
        It was washing day, and {P} walked through a whole street of wet shirts.
        Where the road forked, {hero} asked the way and was told everything else first.
        A boy offered himself as a guide, though there was only the one road.
        {P} had been here once as a child, and it had been larger then.
        Smoke stood straight up from the chimneys ahead.
        A night in a barn had to be paid for with listening.
        """
    ),
    "guild": lines(
        """
        A cart with a painted board came the other way and would not give room.
        At the inn by the bridge a long table was taken, all of it by one guild.
        Somebody in a very clean apron was sitting on the milestone.
        Two journeymen shared the road for a mile, and their opinions too.
        In the ditch lay a cart, and around it stood the people of a guild, giving advice.
        {P} had to wait while some barrels were rolled across the road.
        There was hammering behind a hedge, and somebody who counted the blows.
        A man was nailing up a paper, and {hero} held the nails.
        For a while {P} walked behind a banner, out of the wind.
        Guild people walk three abreast, and so {hero} walked in the grass.
        """
    ),
    "event": lines(
        """
        An old woman who was minding geese called {hero} over to the wall.
        By the roadside stood a stone that nobody could read any more.
        Two children were playing at something that looked like history.
        While the rain lasted, everybody under the bridge told the same story differently.
        The carter who gave {hero} a lift knew only old stories.
        A shepherd shared his onions and wanted a listener for them.
        {P} sat down on a wall that was older than the road.
        At the toll house there was a picture, much smoked.
        Somewhere a hymn was being practised, always the same verse.
        A ditch was being dug, and something had been found in it.
        """
    ),
}
STRANGE = (ROAD_OPENINGS["place"][0], *(one for one in ROAD_OPENINGS["place"] if "once" in one))
"""Said only of places that the hero does not know."""

AT_HOME: Block = lines(
    """
    Here {P} knew every stone, and was told about all of them nevertheless.
    This part of the way {hero} could have gone asleep, and nearly did.
    Nobody asked {hero} who {p_he} was here, only why {p_he} was in such a hurry.
    """
)
"""On the way through the hero's own village."""

HERO_NAMED: Block = lines(
    """
    "So I have heard," said {hero}, and they looked again.
    {P} had hoped to get through unnoticed.
    {hero} was saluted, too late, and by the wrong person.
    """
)
"""Where people on the way speak of the hero."""

ROAD_AFTER: Mapping[str, Block] = {
    "place": lines(
        """
        {P} nodded and went on.
        It was said with some pride.
        Nobody had asked, but it was good to know.
        Nobody disagreed.
        An old woman said that it had been otherwise, and was laughed at.
        One could believe it, looking at the walls.
        {P} was asked to pass it on.
        So one learns something, even in a hurry.
        A window was opened to add something, and shut again.
        At the next corner they said the same.
        {P} promised to remember it.
        """
    ),
    "guild": lines(
        """
        They said it all together, as guild people do.
        {P} let them pass.
        It was not for an outsider to laugh.
        One of them saluted, and nobody knew whom.
        There was some argument about the spelling.
        {P} was offered a place at the table and could not stay.
        It was the kind of thing they liked to be asked.
        A dropped glove was handed back with thanks.
        They shook hands with everyone, twice.
        Then the road was free again.
        """
    ),
    "event": lines(
        """
        It had been told before, one could tell.
        {P} took off {p_his} hat, to be polite.
        It had been worse than one can tell, and so it was told again.
        After that there was a silence, as there should be.
        Whoever tells it gets a cup of cider.
        {P} asked how it had ended, and was told that it had not.
        Somebody sighed who could not have been there.
        That was long ago, but not to those who were telling it.
        A cloud went over.
        {P} walked on a little more quickly.
        """
    ),
}

LEADS: Mapping[str, Block] = {
    "place": lines(
        """
        Somewhere behind those walls the next door had to be.
        {P} asked for a name there, and eleven arms went up in one direction.
        The one {hero} wished to see was at home, they said, one could smell the soup.
        Here {hero} was expected, as it turned out, since news walks faster than people.
        """
    ),
    "guild": lines(
        """
        One of them could say where the next house was, and came along, talking.
        {P} went with them as far as the next gate.
        From them {hero} heard who was at home and who only pretended to be.
        """
    ),
}
"""Where the way leads straight on to somebody who lives there, or is of that guild."""
