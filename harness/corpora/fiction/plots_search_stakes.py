"""What has been lost, in tales of a search."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Stake, lines

STAKES: tuple[Stake, ...] = (
    Stake(
        words={"thing": "the clapper", "boss": "the Dealer", "place": "the fog bell"},
        days={"autumn": "the first night of fog", "spring": "the night of the spring tide"},
        before=lines(
            """
            Where the river is widest hangs the fog bell, and every boat in the valley trusts it.
            One autumn the ringer pulled the rope and heard nothing at all.
            """
        ),
        trouble=lines(
            """
            The clapper was gone, and by the look of the spiders it had been gone for years.
            Somebody had lent it out as a weight, and somebody had lent it on.
            The Dealer, who bought old bronze for rich houses, had heard of it as well, and had a \
            cart and a fast mule.
            """
        ),
        reason=lines("An uncle of {hero} had been lost on the river in a fog, in sight of home."),
        after=lines(
            """
            That night the fog came down like wool, and the bell was heard as far as the sea.
            Eleven boats came home by it, and the twelfth had never gone out.
            """
        ),
    ),
    Stake(
        words={"thing": "the iron key", "boss": "the Commissioner", "place": "the granary"},
        days={"winter": "the shortest day", "autumn": "the first day of frost"},
        before=lines(
            """
            The granary of the valley has walls a yard thick and one key, as long as a forearm.
            In good years nobody thinks of it.
            """
        ),
        trouble=lines(
            """
            This was a bad year, and when people went to open the granary the key was not on its \
            nail.
            A building that nobody can open belongs to nobody, said the Commissioner, and what \
            belongs to nobody belongs to the Crown.
            He ordered carts, and meant to break the wall and take the grain away.
            """
        ),
        reason=lines("There were five children at the table of the people next door to {hero}."),
        after=lines(
            """
            The lock turned as if it had been oiled the day before.
            Every house got its measure of grain, and the key hangs on two nails now.
            """
        ),
    ),
    Stake(
        words={"thing": "the bronze seal", "boss": "the Envoy", "place": "the council house"},
        days={"spring": "Lady Day", "summer": "the longest day"},
        before=lines(
            """
            Once in ten years the river council meets, and each valley puts its seal to the treaty.
            Between two councils nobody gives the seal a thought, and that was the trouble.
            """
        ),
        trouble=lines(
            """
            When the chest was opened for the council there was only a mouse in it.
            A valley without a seal has no voice, the Envoy explained, and its share of the water \
            would go to those below.
            He said it kindly, since he spoke for those below.
            """
        ),
        reason=lines("Without water the two fields of {hero} were two heaps of dust."),
        after=lines(
            """
            The mark in the wax was a little flat on one side, but nobody could deny it.
            The valley kept its water, and the chest has been given to the mouse.
            """
        ),
    ),
    Stake(
        words={"thing": "the sluice pin", "boss": "the Ironmaster", "place": "the sluice"},
        days={"spring": "the day of the high water", "autumn": "the day of the great rain"},
        before=lines(
            """
            What keeps the river out of the lower fields is a sluice, and what holds the sluice is \
            a pin.
            It is of iron, no longer than a hand, and was made by a smith whom nobody remembers.
            """
        ),
        trouble=lines(
            """
            One day the gate was found tied up with rope, and of the pin there was no trace.
            The rope would hold until the high water and not an hour longer.
            A new pin could be had from the Ironmaster, for three farms, and he knew that no other \
            forge was near enough.
            """
        ),
        reason=lines("The cradle of {hero} had floated in the last flood, with {p_him} in it."),
        after=lines(
            """
            The water rose to the top of the sluice, looked over it, and went down again.
            The Ironmaster still has his pin, and uses it to stir his tea.
            """
        ),
    ),
)
