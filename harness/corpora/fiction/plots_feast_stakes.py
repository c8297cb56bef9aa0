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
    Stake(
        words={"thing": "the mill race", "boss": "the Factor", "quarrel": "the stolen bell rope"},
        days={"summer": "the Feast of Flour", "autumn": "the Feast of Flour"},
        before=lines(
            """
            The water that drives nine mills was given to the valley by a widow, in her will.
            She had only asked that they should remember her at one table, once a year, all of \
            them.
            """
        ),
        trouble=lines(
            """
            Then the rope of the church bell was stolen, and neighbours began to count each \
            other's clothes lines.
            For three years the widow had been remembered at two tables, and at some windows.
            The Factor had read the will to the end, where it said what was to happen if they \
            did not sit down together, and he had an offer for nine mills in his pocket.
            """
        ),
        reason=lines("In her own kitchen the widow had once given {hero} an egg."),
        after=lines(
            """
            Nine mills turned on the day after, and on every day since.
            In church they ring with a clothes line, and nobody minds.
            """
        ),
    ),
    Stake(
        words={"thing": "the bathing place", "boss": "the Doctor", "quarrel": "the fallen wall"},
        days={"summer": "the Feast of Cherries"},
        before=lines(
            """
            Under the willows there is a warm spring, and whoever aches may sit in it.
            An abbess left it to the people of the valley as long as they were of one mind, \
            and one mind, she wrote, eats at one table.
            """
        ),
        trouble=lines(
            """
            A wall had fallen in the night, between two gardens, and a third man had taken the \
            stones.
            From the wall it had come to blows, and from the blows to silence.
            The Doctor wished to build a bath house with a fee, and had invited the abbess of \
            today to see how many would sit down.
            """
        ),
        reason=lines("The knees of {hero} depended on that spring."),
        after=lines(
            """
            One sits there for nothing, as before, and nearly everyone sits there.
            The third man has put the stones back, by night, and slightly wrong.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the ferry right",
            "boss": "the Customs Officer",
            "quarrel": "the painted mule",
        },
        days={"spring": "the Feast of Ropes", "autumn": "the Feast of Ropes"},
        before=lines(
            """
            Nobody pays for the ferry in the valley, because a king once crossed on it and was \
            seasick.
            He made it free for ever, provided that they all ate together on the day and drank \
            to his health.
            """
        ),
        trouble=lines(
            """
            On a certain morning somebody's mule was blue.
            It had been painted so well that it stayed blue until the summer, and each bank of \
            the river accused the other.
            Nobody had drunk to the king for two years, and the Customs Officer had already \
            had the tickets printed.
            """
        ),
        reason=lines("{P} took that ferry twice a day and had never had a penny to spare."),
        after=lines(
            """
            The king's health was drunk four times, to make up for it.
            The tickets were given to children, who play customs with them.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the chestnut wood",
            "boss": "the Count's Steward",
            "quarrel": "the missing ladder",
        },
        days={"autumn": "the Feast of Chestnuts"},
        before=lines(
            """
            In a lean year the chestnut wood has fed the valley more than once.
            It belongs to no one, and whoever gathers there has only to come to the feast and \
            bring a bowl.
            """
        ),
        trouble=lines(
            """
            All this broke on a ladder, which had stood at one house in the evening and was at \
            none in the morning.
            It was the longest ladder in the valley, and without it the best chestnuts hung \
            where they were.
            What is not gathered in common falls to the castle, the custom says, and the \
            Count's Steward had bought sacks.
            """
        ),
        reason=lines(
            "The bowl of {hero} had been at every one of those feasts, and had a crack from each."
        ),
        after=lines(
            """
            They gathered until dark, standing on each other's shoulders.
            The ladder was found when the snow melted, lying in a ditch, where the wind had \
            put it.
            """
        ),
    ),
)
