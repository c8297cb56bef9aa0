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
            After twelve years without a fog the ringer tried the rope and heard a dull knock.
            """
        ),
        trouble=lines(
            """
            The clapper was gone, and what hung there was of wood, painted, with old spiders on it.
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
            This was a bad year, and when people took the key from its nail it was made of wood, \
            and painted black.
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
            One day somebody leant on the pin, and it broke, for it was of painted wood.
            Nobody could say since when.
            They tied up the gate with rope, which would hold until the high water, but no longer.
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
    Stake(
        words={
            "thing": "the stone weight",
            "boss": "the Weighmaster",
            "place": "the market scales",
        },
        days={"summer": "the wool fair", "autumn": "the onion fair"},
        before=lines(
            """
            On the market square hang the scales of the valley, and in the one pan lies a \
            stone of thirty pounds.
            Against that stone everything has been weighed since there have been sheep.
            """
        ),
        trouble=lines(
            """
            On the morning of a market day somebody dropped the stone, and it bounced, being of \
            wood.
            For years, then, the whole valley had weighed by a painted log.
            Without the stone there could be no weighing, and without weighing no selling.
            The Weighmaster of the next town was ready to lend his own, and his own was known \
            to be light.
            """
        ),
        reason=lines("{P} had eleven fleeces lying in the loft and a hole in the roof above them."),
        after=lines(
            """
            At the fair the fleeces weighed what fleeces weigh.
            The Weighmaster's stone was put on the scales as well, for fun, and flew up.
            """
        ),
    ),
    Stake(
        words={"thing": "the lock wheel", "boss": "the Canal Agent", "place": "the upper lock"},
        days={"spring": "the first day of shipping", "summer": "the day of the regatta"},
        before=lines(
            """
            Barges come up to the valley by a lock, and the lock is opened with a small bronze \
            wheel.
            It can be taken off, so that children do not play with it, and that is how it was \
            taken off.
            """
        ),
        trouble=lines(
            """
            When the first barge in twelve years whistled, the keeper reached for the wheel and \
            had a piece of painted wood in his hand.
            Whoever cannot open a lock must give it up, the contract said, and the Canal \
            Agent had written that contract himself.
            The Canal Agent came himself with a cart, and he was in no hurry.
            """
        ),
        reason=lines("The barge that whistled belonged to a friend of {hero}, with melons on it."),
        after=lines(
            """
            The lock was opened to the minute, and the melons were handed out from the deck.
            The wheel has been chained on since, and the children play with the chain.
            """
        ),
    ),
    Stake(
        words={"thing": "the silver horn", "boss": "the Huntsman", "place": "the watch tower"},
        days={"autumn": "the night of the watch", "winter": "the longest night"},
        before=lines(
            """
            On one night in ten years a horn is blown from the watch tower, and every house \
            answers it with a light.
            Whoever is lost on the hills that night sees where the valley is.
            """
        ),
        trouble=lines(
            """
            This time the box was opened and there was a darning egg in it.
            The Huntsman of the count had always wanted that horn for his dogs, and offered a \
            calf to whoever found it first.
            Up on the hills there were shepherds who did not know that the tower would be \
            silent.
            """
        ),
        reason=lines("One of the shepherds on the hills was a nephew of {hero}, eleven years old."),
        after=lines(
            """
            They blew it until their lips were numb, and one light after another answered.
            Before morning a boy of eleven came down off the hill, with all his sheep.
            """
        ),
    ),
    Stake(
        words={"thing": "the brass plate", "boss": "the Land Agent", "place": "the boundary stone"},
        days={"summer": "the day of the survey", "spring": "the day of the survey"},
        before=lines(
            """
            At the far end of the meadows stands the boundary stone, and on it there used to \
            be a brass plate.
            The plate said whose the meadows were, namely everybody's.
            """
        ),
        trouble=lines(
            """
            Four small holes were all that was left of it.
            In a week the surveyors would come and write down what they saw, and from a stone \
            with four holes one can read what one likes.
            The Land Agent could read it already, and he read the name of his master.
            """
        ),
        reason=lines("The only animal that {hero} owned ate on those meadows."),
        after=lines(
            """
            The four screws fitted as if they had never been out.
            The surveyors wrote down what they saw, and had their lunch on the grass.
            """
        ),
    ),
)
