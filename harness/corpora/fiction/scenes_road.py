"""On the way to a door, and what is thought or said there after one of the facts."""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction.plots_spine import Block, lines

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
