"""Three more chapters between the tales; their form is told in `interludes`."""

from __future__ import annotations

from harness.corpora.fiction.interludes import CHRONICLER, PAINTER, WAGER, Interlude
from harness.corpora.fiction.plots_spine import blocks, lines

COACH = Interlude(
    "The Coach in the Mud",
    blocks(
        """
        The evening coach stood in the mud up to its axles, and the gate of the town shuts at ten.
        Five strangers sat inside, and one of them, a lady in grey, had to be in town that night.
        The driver had gone to look for an ox.

        "Tell me about this valley," said the lady, "or I shall begin to count the minutes."
        The others were from here, and asked for nothing better.
        """
    ),
    {
        "place": lines(
            """
            The man with the basket wiped the window and pointed at some lights.
            "Over there, behind the wood," said the fat one.
            A boy on the box called down the name of a village.
            They argued for a while about which lights those were.
            The lady asked what lay at the end of that road.
            """
        ),
        "guild": lines(
            """
            One of them had a ribbon in his buttonhole, and so they came to guilds.
            "Guilds," sighed the fat one, who had been thrown out of two.
            The lady wanted to know what the bells were for.
            The man with the basket took off his cap before he went on.
            """
        ),
        "event": lines(
            """
            At that somebody remembered a story of the old days.
            "It was worse once," said the man with the basket, and they all knew what he meant.
            The priest in the corner woke up for this one.
            The lady moved nearer, for it was going to be terrible.
            """
        ),
    },
    lines(
        """
        The coach sank by an inch.
        Rain drummed on the roof.
        She looked at a small watch and put it away.
        An apple was cut into five.
        "Is that so?" said the lady.
        The lamp was turned down to save oil.
        Outside nothing could be heard of an ox.
        They changed places, so that the fat one should sit on the higher side.
        The boy on the box knew it too, and said it louder.
        The priest corrected a date and fell asleep again.
        Somebody laughed, and the window steamed up.
        A stocking was wrung out.
        The fat one offered round a sausage and was refused.
        It was said with one hand on the window strap.
        The axle groaned.
        A frog had come in, and was given a seat.
        """
    ),
    lines(
        """
        At nine the driver came back, with mud to the hips and without an ox.
        All of them got out and pushed, the lady as well, and the coach did not move by an inch.
        She lost a shoe, got in again, and said, "Go on, where were we?"
        """
    ),
    blocks(
        """
        A little before ten somebody came by with two oxen, and it took them a minute.
        "Wait," said the lady, "I want to hear how it ends."
        She missed the gate that night and bought a house in the valley in spring.

        The ox came at eleven, when the gate was long shut.
        It did not matter any more, the lady told them.
        She had been on her way to sell some land hereabouts, and now she thought that she would \
        keep it.
        """
    ),
)

CRIER = Interlude(
    "Two Town Criers",
    blocks(
        """
        The old crier had lost his voice, and there were two who wanted the post.
        One was a cooper's boy with a chest like a barrel, the other a thin young woman with a \
        memory.
        The council was to hear both of them on the steps of the market hall.

        A crier must know the valley by heart, says the rule, and must be heard at the pump.
        So an alderman stood on the steps with a book, and a deaf man stood at the pump.
        """
    ),
    {
        "place": lines(
            """
            "A village," said the alderman, and opened the book anywhere.
            The boy took a breath that moved the awnings.
            The young woman began before he had shut his mouth.
            Somebody in the crowd called out where he came from.
            Next they were asked about a place with a bad road.
            """
        ),
        "guild": lines(
            """
            "Now a guild," said the alderman, who was in three.
            At the word guild all the aprons in the crowd turned round.
            The boy looked at the sky, and it helped him.
            She folded her hands behind her back and recited.
            """
        ),
        "event": lines(
            """
            Then came the great days, and no crier may get those wrong.
            The alderman licked a finger and went far back in the book.
            "History," he said, and the boy went pale.
            For this she climbed one step higher.
            """
        ),
    },
    lines(
        """
        The deaf man at the pump held up his hand.
        At the pump nothing had been heard.
        Pigeons went up from the roof.
        "Correct," said the alderman, almost sorry.
        A baby woke and had something to say as well.
        The crowd repeated it.
        The boy winked at somebody and forgot the next word.
        There was applause from the aprons.
        She drank some water and went on.
        The old crier moved his lips along with it.
        An egg was thrown, for no reason, and missed.
        The alderman turned over two pages at once.
        A fishwife said that she could have said that louder.
        One of the two was given a cough drop.
        It echoed once from the church and once from the tannery.
        The council looked at its shoes.
        """
    ),
    lines(
        """
        By noon it was clear how things stood.
        What she knew could not be heard at the pump, and what was heard at the pump the boy did \
        not know.
        The council withdrew and could be heard through the wall, every word of it.
        """
    ),
    blocks(
        """
        Then the thin young woman said something into the boy's ear, and he shouted it.
        The deaf man at the pump took off his hat.
        They were both given the post, and half the wage each, and a bell that takes two to lift.

        It was the old crier who ended it, by writing one word on a slate, and the word was "both".
        Since then she thinks in the valley and he shouts.
        The alderman has the book to himself again, and nobody to correct.
        """
    ),
)

PROCESSION = Interlude(
    "The Order of the Procession",
    blocks(
        """
        On the day of the procession the beadle had lost the list.
        Three hundred people stood in the rain with banners, and nobody knew who walked behind whom.
        The abbot's carriage was expected within the hour, and the beadle had only his memory.

        He climbed on the stone trough and shut his eyes.
        His mother had made him learn the valley in rhyme, and he had never thanked her.
        """
    ),
    {
        "place": lines(
            """
            A wet banner was unrolled, and he squinted at it.
            "The people from up there next," he called.
            A village had hidden under the arch and was fetched out.
            Some of them began to walk and were called back.
            He pointed, and a whole village shuffled forward.
            """
        ),
        "guild": lines(
            """
            Two guilds claimed the same puddle.
            Now for the guilds, the beadle thought, and felt his age.
            A drummer stepped out of the row and asked for justice.
            Somebody in a fine apron had his elbow in somebody else's.
            """
        ),
        "event": lines(
            """
            Between the groups old pictures were carried, and each had its place as well.
            Four men came with a picture under a blanket.
            "That goes in the middle," said the beadle, "for it was a great day."
            The children were to show something out of history, with wooden swords.
            """
        ),
    },
    lines(
        """
        The rain did not stop.
        A banner pole hit a lamp.
        "Behind, not beside," called the beadle.
        The colours began to run, but one could still see whose they were.
        Somebody had to go, and was told to hold it.
        An umbrella turned inside out.
        It fitted the rhyme, so it was right.
        They took one step and stopped.
        The drum was wet and sounded like a cough.
        On the hill a carriage could be seen.
        He wiped his face with the hat.
        A trumpet was emptied over a wall.
        The line moved up by the length of a boot.
        Somebody had brought a chair, and was envied.
        Behind the arch a baby was changed into something dry.
        "I know, I know," said the beadle, with his eyes shut.
        """
    ),
    lines(
        """
        In the middle the rhyme broke off, for there he had always been sent to bed.
        The beadle stood on his trough, and three hundred people looked at him.
        Then a cracked old voice at the back went on with it, and it was his mother's.
        """
    ),
    blocks(
        """
        When the carriage stopped, everyone was standing where they belonged.
        The abbot put out his head, saw the rain, and blessed them from inside.
        The beadle went to the back of the row and took an old woman by the arm.

        It had never looked so orderly, and nobody was dry.
        The abbot asked who had drawn up the list.
        "There is no list," said the beadle, and found it that night in his shoe.
        """
    ),
)

INTERLUDES: tuple[Interlude, ...] = (CHRONICLER, PAINTER, WAGER, COACH, CRIER, PROCESSION)
"""All of them, in the order in which they are described; a cycle shuffles them."""
