"""On the way: what happens around the places, guilds and events that a traveller hears of.

Also what is thought or said at a door after one of the facts about the person there.
"""

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

ROAD: Block = lines(
    """
    It rained all the way, and the bread got wet.
    The road was nothing but dust.
    From a bend in the path {P} saw smoke and walked faster.
    The next door stood open, which seemed a good sign.
    At the next door nobody answered until the third knock.
    Somebody had already told the next house that a visitor was on the way.
    Part of the way {P} was given a lift on a cart.
    Early next day the mist lay so low that the fence posts seemed to float.
    Two doors in a row stayed shut, and {P} almost went past the third.
    A child with a hoop showed the way for a slice of bread.
    Further on, the path went over stepping stones, and two of them were loose.
    What came next was a hill that did not want to end.
    The wind blew against {P} for a whole mile.
    The lamps were being lit, and there was still one house to try.
    Nothing but a stubborn gate stood between {P} and the next house.
    Over the following hedge somebody was whistling.
    Behind the churchyard the path divided, and {P} went left.
    The morning began well, with sun and a borrowed apple.
    With a hole in one shoe, {P} stopped to stuff it with straw.
    On the next doorstep sat a boy who wanted to know everything.
    A bell was ringing somewhere when {P} came to the next door.
    For half a day there was not a single house on the road.
    The next visit was one that {P} had put off for as long as possible.
    A goose held the next gate, and had to be talked to.
    By evening {P} had blisters and a new stick.
    Somebody had moved the footpath, and nobody would say who.
    It was that hour of the afternoon when everyone is asleep or pretends to be.
    @winter Snow lay on the road, and only one cart had gone before.
    @winter The ice on the ponds rang when a stone fell on it.
    @winter In the frost every step could be heard for a mile.
    @winter {P} warmed {p_his} hands at a lime kiln before {p_he} went on.
    @spring The hedges were white, and every ditch was talking.
    @spring Lambs stood in the road and would not be hurried.
    @spring Half the path had gone down with the thaw.
    @spring The first warm wind blew, and it brought the smell of other people's cabbage.
    @summer It was so hot that the road shook in front of one's eyes.
    @summer Everybody was in the hay, and one had to shout across the meadows.
    @summer {P} walked by night, for the days were too hot.
    @summer The brook was so low that one could cross it in shoes.
    @autumn Leaves lay on the road, up to the ankles.
    @autumn From every yard came the knocking of the cider presses.
    @autumn The swallows had gone, and the wind had come.
    @autumn There was a smell of smoke and potatoes.
    """
)

NEAR: Block = lines(
    """
    {P} had known the next gate since {p_he} could reach the latch.
    Some doors one passes every day without once knocking, and this was one.
    The next house was the one that {hero} could have found in the dark.
    Nearest home {P} had left for a day with sore feet, and here it was.
    """
)
"""Before the door of somebody in the hero's own village."""

AT_ONCE: Block = lines(
    """
    Somewhere a cart went by.
    For a moment nobody spoke.
    A hen walked past and took no notice.
    Somebody called from far off and was not answered.
    A shutter banged.
    There was a silence, not an unfriendly one.
    A neighbour looked over and looked away again.
    It smelt of wood smoke.
    A bird went by, too quick to tell.
    A bell struck, a little late as usual.
    Nobody was in a hurry to go on.
    A child laughed about something else.
    The wind turned.
    """
)
"""Said between two sentences that would make a third with the same subject."""

REMARKS: Mapping[str, Block] = {
    "guild": lines(
        """
        It cost two candles a year, and there was a goose at the end.
        The apron was on a nail, ironed.
        The bread in such houses is cut to a rule.
        """
    ),
    "animal": lines(
        """
        It looked at {hero} as a clerk looks at a form.
        {P} was allowed to touch it once.
        There was no arguing with it.
        It had eaten the list of things that it must not eat.
        """
    ),
    "instrument": lines(
        """
        {P} was not spared a tune.
        The neighbours had got used to it.
        There had been complaints, and an answer to each of them.
        """
    ),
    "dish": lines(
        """
        {P} was made to try it.
        It takes four hours, and somebody has to stir.
        There was a second helping, without asking.
        The recipe was not to be had.
        """
    ),
    "fear": lines(
        """
        {P} thought of {p_his} own fears and said nothing.
        It is no shame, and they agreed on that.
        One does not choose such things.
        """
    ),
    "arrival": lines(
        """
        In the valley that counts as yesterday.
        It had seemed a good idea then, and still did.
        The handcart was still in the shed.
        People had been kind after the first winter.
        """
    ),
    "hives": lines(
        """
        The honey was as good as people said.
        A spoon of honey settled the matter.
        They are good listeners, bees.
        """
    ),
    "reads": lines(
        """
        Nothing more was said about it.
        {P} nodded and thought none the worse.
        It had been only a question.
        In the valley about half would have said so.
        """
    ),
    "bank": lines(
        """
        The beans had done well there.
        People from the other bank say it is damp.
        A basket of something green was pressed on {hero}.
        From there one could see who was crossing.
        """
    ),
    "mentor": lines(
        """
        It had been a hard time and a good one.
        One could see it by the way the tools hung.
        Seven years on a low stool are not forgotten.
        A broken ruler hung by the door, in memory.
        """
    ),
    "rival": lines(
        """
        {P} knew better than to take sides.
        It had begun with a ladder, or with a pumpkin.
        To call it hate would have been too much, and too little.
        The fence between such people is always well kept.
        """
    ),
    "godparent": lines(
        """
        A cake came of it on every name day.
        {P} was shown the christening spoon.
        It was a tie like any other, and stronger than most.
        """
    ),
    "birthplace": lines(
        """
        One could hear it in some of the words.
        {P} had never been there.
        It is said to be windy.
        A picture of it had hung somewhere and been lost.
        """
    ),
    "age": lines(
        """
        {P} would have guessed less, or said so.
        Nobody in the house contradicted.
        The knees said the same.
        It was no reason to sit down.
        """
    ),
}
"""After a fact at the door, by relation."""
