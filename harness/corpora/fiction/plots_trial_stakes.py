"""Who is accused of what, and who would like it so."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Stake, lines

STAKES: tuple[Stake, ...] = (
    Stake(
        words={
            "thing": "the chapel silver",
            "boss": "the Advocate",
            "accused": "the ferryman's boy",
            "crime": "the chapel had been emptied of its silver",
        },
        days={"autumn": "the day of the autumn assize", "spring": "the day of the spring assize"},
        before=lines(
            """
            The ferryman's boy was fifteen, stammered, and whistled to make up for it.
            Whoever crossed the river knew him by ear.
            """
        ),
        trouble=lines(
            """
            One Sunday the chapel had been emptied of its silver, and a whistle had been heard \
            on the road.
            That was enough for the Advocate, who spoke for the Crown and liked a short day.
            He had the boy locked up in the tower and named him a thief from the pulpit.
            """
        ),
        reason=lines("{P} had once been accused of something {p_him_self}, and nobody had come."),
        after=lines(
            """
            The silver was found under the sacks of a certain cart, wrapped in a certain cloak.
            The boy works the ferry now, and people cross just to hear him.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the tax chest",
            "boss": "the Receiver",
            "accused": "the goose girl",
            "crime": "the tax chest had been carried off",
        },
        days={"summer": "the day of the summer assize", "autumn": "the day of the harvest assize"},
        before=lines(
            """
            The goose girl slept in a hut on the green, with forty geese and no lock.
            She knew all of them by name and nobody else by more than a nod.
            """
        ),
        trouble=lines(
            """
            In the night before the taxes were counted the tax chest was carried off.
            In the morning a single coin from it lay in the straw of the geese.
            The Receiver shook his head over the girl and had her taken to the tower, and whoever \
            asked him about the second key was asked to wait.
            """
        ),
        reason=lines("Each morning the goose girl had wished {hero} a good day, and meant it."),
        after=lines(
            """
            There was exactly as much in the chest as the Receiver had lost at cards that year.
            The goose girl has forty-one geese now, and a door.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the dam",
            "boss": "the Inspector",
            "accused": "the old lock keeper",
            "crime": "the dam had been opened",
        },
        days={"spring": "the day of the spring assize", "winter": "the day of the winter assize"},
        before=lines(
            """
            For forty years the old lock keeper had opened the dam and shut it, and kept a log.
            There was a line in it for every day, and never a blot.
            """
        ),
        trouble=lines(
            """
            Then one night the dam had been opened, and two meadows and a mill were under water.
            The log had no line for that night, only a blot.
            An inquiry was held by the Inspector, who had wanted a younger man there for years, \
            and a larger dam, and the building of it.
            """
        ),
        reason=lines("As a child {hero} had been allowed to write a line in that log."),
        after=lines(
            """
            The blot turned out to be two pages stuck together, with the line between them.
            The old man shut the dam himself, and was carried home on his own chair.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the mill",
            "boss": "the Landlord",
            "accused": "the miller's maid",
            "crime": "the mill had burned to the ground",
        },
        days={"summer": "the day of the summer assize", "winter": "the day of the winter assize"},
        before=lines(
            """
            The miller's maid was the one who shut up the mill at night and put out the lamps.
            In nine years she had not forgotten one.
            """
        ),
        trouble=lines(
            """
            In the tenth year the mill burned to the ground, between midnight and one.
            A lamp was found in the ashes, and she was found on the road, in her nightdress, \
            shouting.
            The Landlord, to whom the ground belonged, and who could now build on it what he \
            liked, was the first to say her name.
            """
        ),
        reason=lines("{P} had eaten bread from that mill every day, and trusted whoever made it."),
        after=lines(
            """
            The new mill was paid for by the Landlord, down to the last lamp.
            She puts them out herself, and counts them aloud.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the relics",
            "boss": "the Prior",
            "accused": "the deaf gardener",
            "crime": "the shrine had been broken open",
        },
        days={"summer": "the day of the summer assize", "autumn": "the day of the autumn assize"},
        before=lines(
            """
            At the priory worked a deaf gardener, who talked to his beans and was answered.
            He had never harmed anything but slugs.
            """
        ),
        trouble=lines(
            """
            In a night in the middle of the week the shrine had been broken open, and what had \
            lain in it was gone.
            There was earth on the steps, and where there is earth there is a gardener, said \
            the Prior.
            Nobody could explain to the deaf man what he was locked up for, and nobody tried \
            very hard.
            """
        ),
        reason=lines("The beans on the table of {hero} had been a present from that garden."),
        after=lines(
            """
            What had lain in the shrine was found at a dealer's, with a receipt in the Prior's \
            own hand.
            The beans were late that year, and were forgiven.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the wage chest",
            "boss": "the Overseer of the quarry",
            "accused": "the drummer's widow",
            "crime": "the wages of the quarry had been taken",
        },
        days={"spring": "the day of the spring assize", "winter": "the day of the winter assize"},
        before=lines(
            """
            The drummer's widow cleaned the office of the quarry, on her knees, six days in \
            the week.
            On the seventh she beat the drum in church, because somebody had to.
            """
        ),
        trouble=lines(
            """
            On a pay day the chest was opened before everyone, and there were stones in it.
            She had the key to the room, and had bought a pair of boots.
            The Overseer of the quarry was sorry, he said, and so the men would have to work a \
            month for nothing.
            """
        ),
        reason=lines("{P} had heard that drum every Sunday and walked straighter for it."),
        after=lines(
            """
            The boots turned out to be for her boy, and to be paid for until Easter.
            The men got their wages, and for a month the Overseer broke stones.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the well",
            "boss": "the Apothecary Royal",
            "accused": "the herb woman",
            "crime": "the well had been fouled",
        },
        days={"summer": "the day of the summer assize", "spring": "the day of the spring assize"},
        before=lines(
            """
            The herb woman lived by the wood and asked nothing for what she gave.
            People went to her by the back door, and praised the Apothecary Royal at the front.
            """
        ),
        trouble=lines(
            """
            One morning the well had been fouled, and half a street lay in bed.
            A bunch of her herbs was floating in it, tied with her own string.
            The Apothecary Royal named the herbs, in three learned tongues, and had by chance \
            enough of the remedy in stock.
            """
        ),
        reason=lines(
            "A fever that {hero} had as a child had gone away overnight, and by the back door."
        ),
        after=lines(
            """
            It came out that the herbs had been dry when they were thrown in, as one buys them \
            in a shop.
            Her front door has had to be widened.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the harvest cart",
            "boss": "the Corn Dealer",
            "accused": "the hired man",
            "crime": "the barns had been set on fire",
        },
        days={"autumn": "the day of the harvest assize", "winter": "the day of the winter assize"},
        before=lines(
            """
            Every autumn a hired man came over the hills with a scythe, and in November he \
            went again.
            He said little, ate little, and mowed like three.
            """
        ),
        trouble=lines(
            """
            In the week in which he had been paid, the barns had been set on fire, all three \
            in one night.
            A stranger is soon found guilty, for he has no aunt in the jury.
            It was the Corn Dealer who had seen him running, and the price of corn had doubled \
            by then.
            """
        ),
        reason=lines("{P} had mown beside him for six years and knew how he ran, for he did not."),
        after=lines(
            """
            In the cellar of the Corn Dealer lay the corn of three barns, and not a grain of \
            it was burnt.
            The hired man has stayed, and now he has an aunt in every house.
            """
        ),
    ),
)
