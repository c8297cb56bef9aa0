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
)
