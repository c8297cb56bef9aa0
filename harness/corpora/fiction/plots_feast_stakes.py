"""What is lost if a quarrel does not end before the feast."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Stake, lines

STAKES: tuple[Stake, ...] = (
    Stake(
        words={"thing": "the fishing", "boss": "the Marshal", "quarrel": "the drowned pig"},
        days={"summer": "the Feast of Nets", "spring": "Eel Sunday"},
        before=lines(
            """
            A charter with a wax fish on it gives the fishing of the river to the people of the \
            valley.
            It asks for one thing in return: once a year they must sit down at one table.
            """
        ),
        trouble=lines(
            """
            For two years there had been no table, because of a pig.
            It had drowned, or been drowned, and those from above the mill blamed those from below.
            If there was an empty seat this time, the charter said, the fishing fell to the Crown, \
            and the Marshal had already ordered rods.
            """
        ),
        reason=lines("{P} had relations above the mill and below it, and wished to eat with both."),
        after=lines(
            """
            The fishing stayed where it was, and so did the pig, who grew enormous.
            The Marshal's rods were sold by the bundle and held up beans that year.
            """
        ),
    ),
    Stake(
        words={"thing": "the market", "boss": "the Toll Master", "quarrel": "the weathercock"},
        days={"autumn": "Crispin's Day", "spring": "the Feast of the Eggs"},
        before=lines(
            """
            The right to hold a market is worth more than gold, and the valley has had it from a \
            queen who liked its cheese.
            She made one condition, that all who sell there eat together on one day of the year.
            """
        ),
        trouble=lines(
            """
            Then somebody shot the weathercock off the tower, and each side of the street knew \
            that it was the other.
            Since then they had eaten at home, behind curtains.
            The Toll Master, in whose town there was no market, had counted the empty benches and \
            written to the capital.
            """
        ),
        reason=lines("The stall of {hero} had stood between two people who no longer spoke."),
        after=lines(
            """
            The market was held the Saturday after, and every Saturday since.
            There is a new weathercock on the tower, with a dent put in on purpose.
            """
        ),
    ),
    Stake(
        words={"thing": "the pasture", "boss": "the Overseer", "quarrel": "the broken well"},
        days={"summer": "the Feast of Bells", "autumn": "the Return of the Herds"},
        before=lines(
            """
            High above the houses lies a pasture that belongs to everybody together.
            "To those who share bread," says the old paper, and so on one day they share it.
            """
        ),
        trouble=lines(
            """
            The quarrel was about a well that had gone dry, and about who had dug too deep beside \
            it.
            It had grown until people crossed the road when they met.
            This year there would be two tables, it was said, and the Overseer rubbed his hands, \
            for two tables are not one, and he had sheep of his own.
            """
        ),
        reason=lines("It was {hero} who had to carry messages between two brothers in one house."),
        after=lines(
            """
            The herds went up in a single long line, with everybody's bells mixed.
            The Overseer keeps his sheep elsewhere and counts them to fall asleep.
            """
        ),
    ),
    Stake(
        words={"thing": "the salt spring", "boss": "the Intendant", "quarrel": "the burnt hay"},
        days={"winter": "Candle Night", "autumn": "the Feast of Barrels"},
        before=lines(
            """
            Out of a rock in the valley comes salt water, and whoever boils it need not buy salt.
            A judge once ruled that it was common to all, as long as they were one household.
            One household, he ruled, is people who sit at one table once a year.
            """
        ),
        trouble=lines(
            """
            Nobody had set that table since the night of the burnt hay.
            Half the valley had lost its hay in that fire, and the other half had been seen with \
            lanterns.
            The Intendant of the royal salt works had read the ruling too, and sent a man with \
            a measuring chain.
            """
        ),
        reason=lines("On the night of the fire {hero} had carried a lantern {p_him_self}."),
        after=lines(
            """
            The salt is still free, and there is a pinch too much of it in every soup.
            The man with the measuring chain came back for good, and is a neighbour now.
            """
        ),
    ),
)
