"""What the story is about: the thing that is threatened, who threatens it, and how it ends.

Every story has one spine. A powerful person means to take something from the valley. An old law
protects it if enough neighbours swear for it, each on an heirloom, before sundown on a set day.
Most of them owe money, and the powerful person threatens to call the debts in. The hero goes from
door to door, is hindered, is let down by one neighbour, and finds that the debts run in a ring.
What varies is drawn from the lists below and from `harness.corpora.fiction.scenes`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threat:
    """The thing at stake, and the person who wants it gone. Lines use the slots of `frames`."""

    thing: str
    boss: str
    before: tuple[str, ...]
    """What the thing has been to the valley."""
    notice: tuple[str, ...]
    """What the powerful person wants, and what is to happen."""
    reason: str
    """Why the hero minds."""
    after: tuple[str, ...]
    """What became of the thing."""


THREATS: tuple[Threat, ...] = (
    Threat(
        "the ferry",
        "the Warden",
        (
            "For a hundred years the ferry had carried the valley across the river.",
            "It was slow, it leaked, and everybody loved it.",
        ),
        (
            "That spring the Warden nailed a notice to its mast.",
            "He wanted a stone bridge with a toll on every wheel, and on {day} the ferry was to "
            "be sunk.",
        ),
        "For thirty years {p_his} mother had pulled the rope of that ferry.",
        (
            "The ferry crossed the next morning with a garland on its mast.",
            "It still leaks, and nobody has ever paid a toll.",
        ),
    ),
    Threat(
        "the old mill",
        "the Steward",
        (
            "The old mill ground the flour for the whole valley and took no money for it.",
            "People brought grain in the morning and went home with gossip and flour.",
        ),
        (
            "One morning a notice from the Steward hung on its door.",
            "He meant to pull the mill down on {day}, build a hunting lodge on its stones, and "
            "sell flour himself.",
        ),
        "As a child {p_he} had learnt to count on the stairs of the mill.",
        (
            "The wheel turned again before the week was out.",
            "On the lodge that was never built, the valley still makes jokes.",
        ),
    ),
    Threat(
        "the lighthouse",
        "the Harbourmaster",
        (
            "At the mouth of the river stood a lighthouse that had never once gone dark.",
            "The valley paid for its oil, a cup from every house.",
        ),
        (
            "Then the Harbourmaster sent round a notice.",
            "He wished to put out the light on {day} and hire out pilots at a price, since in the "
            "dark every boat would need one.",
        ),
        "The beam of the lighthouse had once brought {p_his} father home through a storm.",
        (
            "That night the lighthouse burned as it always had.",
            "The Harbourmaster's pilots have since learnt to fish.",
        ),
    ),
    Threat(
        "the reading house",
        "the Governor",
        (
            "The valley owned one great room full of books, and it was called the reading house.",
            "Anyone could walk in with muddy boots and walk out with a story.",
        ),
        (
            "In spring the Governor had a notice painted on its gate.",
            "He wanted the walls for a barracks, and on {day} the books were to be burnt.",
        ),
        "In the reading house {p_he} had learnt to read, on a bench beside the stove.",
        (
            "Not one book was burnt.",
            "There is a new lock on the reading house now, and everybody has the key.",
        ),
    ),
    Threat(
        "the lime wood",
        "the Bailiff",
        (
            "Above the valley grew the lime wood, which held the snow back in winter.",
            "In summer there was honey from it for every table.",
        ),
        (
            "One day each trunk wore a cross of white paint, and a notice said why.",
            "The Bailiff had sold the timber for ships, and on {day} his men would fell it all.",
        ),
        "The year the wood was last cut, snow had buried the house of {p_his} grandparents.",
        (
            "The white crosses washed off with the first rain.",
            "The snow of that winter stayed where it belonged, and there was honey in June.",
        ),
    ),
    Threat(
        "the spring",
        "the Sheriff",
        (
            "All the water in the valley came from one spring, and it had always been free.",
            "Travellers drank first, then children, then everyone else.",
        ),
        (
            "After a dry April the Sheriff put up a notice beside it.",
            "He would build a wall around the spring on {day}, with one gate, and sell the water "
            "by the bucket.",
        ),
        "In the great drought the water of the spring had kept {p_his} brothers alive.",
        (
            "The bricks for the wall became a bench, and it stands beside the spring.",
            "Travellers still drink first.",
        ),
    ),
    Threat(
        "the schoolhouse",
        "the Prefect",
        (
            "The schoolhouse had one room, one stove, and places for forty children.",
            "No one could say who had built it, so it belonged to everybody.",
        ),
        (
            "Before Easter the Prefect chalked a notice on its blackboard.",
            "On {day} he would close it, for he needed cheap hands in his quarry, and children who "
            "cannot read do not ask about wages.",
        ),
        "{P} had two small nephews with chalk on their fingers.",
        (
            "On Monday the stove was lit and forty children came in from the cold.",
            "The quarry had to look for its hands elsewhere, and pay them.",
        ),
    ),
)

DAYS = ("Midsummer Day", "the first day of May", "Lantern Day", "the last day of harvest")

LAW: tuple[tuple[str, ...], ...] = (
    (
        "The old law left one way out.",
        "If {count} neighbours stood up in the Long Hall before sundown on that day and swore that "
        "{thing} was needed, nobody might touch it.",
        "Each had to swear on an heirloom, for an oath on nothing counted for nothing.",
        "With one voice too few, all the others would be worth no more than a cough.",
    ),
    (
        "Only one law was older than {boss}.",
        "It said that {thing} was safe if {count} neighbours swore for it in the Long Hall before "
        "the sun went down on that day.",
        "The oath had to be sworn on an heirloom, and a single missing voice would spoil the rest.",
    ),
    (
        "In the Long Hall hung a law that nobody had used for years.",
        "Let {count} neighbours come before sundown on the day, it said, and swear on their "
        "heirlooms, and {thing} shall stand.",
        "One fewer, and the law was just ink.",
    ),
)

THREAT_OF_DEBT: tuple[tuple[str, ...], ...] = (
    (
        "{Boss} knew that law too, and had thought of something.",
        "Since the bad harvest half the valley owed ten crowns to the other half.",
        "Whoever swore, he let it be known, would have to pay every debt on the spot.",
    ),
    (
        "{Boss} was not worried, because he had a weapon.",
        "In the year of the bad harvest half the valley had borrowed ten crowns from somebody.",
        "Anyone who came to swear, he announced, must first pay what they owed, to the last coin.",
    ),
    (
        "Against the law {boss} set fear.",
        "Ten crowns had got many a household through the bad harvest, and those ten crowns were "
        "still owed.",
        "On the day itself, he declared, he would have all debts of those who swore called in.",
    ),
)

RESOLVE: tuple[tuple[str, ...], ...] = (
    (
        "{P} wanted {thing} to be there when the year was out, and {p_he} took a sheet of paper.",
        "At the top {p_he} wrote the number {count}, and set out.",
    ),
    (
        "{P} made up {p_his} mind before the soup was cold.",
        "To save {thing} {p_he} would knock at every door until {count} people had promised.",
    ),
    (
        "So {P} folded a sheet of paper, sharpened a pencil, and put on {p_his} walking shoes.",
        "There would be {count} names on that sheet, or {thing} was lost.",
    ),
)

RING_FOUND: tuple[tuple[str, ...], ...] = (
    (
        "That night {P} laid the list on the table and followed the arrows with a finger.",
        "Every ten crowns led to someone who owed ten crowns as well, and the last arrow came back "
        "to the first.",
        "{P} laughed out loud, folded up the paper, and told nobody.",
    ),
    (
        "Sleep would not come, so {P} lit a lamp and read through the list again.",
        "From debtor to lender the arrows ran on, always for ten crowns, and in the end they "
        "closed into a ring.",
        "After that {P} slept very well.",
    ),
)

DEBTS_CALLED: tuple[tuple[str, ...], ...] = (
    (
        "Now {boss} stood up and smiled.",
        '"Before I count these oaths," he said, "let every debt be paid."',
        "A silence fell in which one could hear the candles burn.",
        "Then {P} unfolded the list and held up one purse with ten crowns in it.",
        "It was all the money {p_he} had, and ten crowns was what each of them owed.",
        "{P} handed the purse to the neighbour {p_he} owed, who handed it on to the next.",
        "So it went from hand to hand, paying one debt after another, until it came back to {P}.",
        "Not a coin was missing, and not a debt was left.",
    ),
    (
        '"Very moving," said {boss}, "and now let those who swore pay what they owe."',
        "Several people looked at the door.",
        "But {P} went to the middle of the floor and asked all debtors to stand in a ring, each "
        "beside the one to whom the money was due.",
        "Each of them owed ten crowns, no more and no less.",
        "{P} put ten crowns into the next hand, and that hand passed them on.",
        "Once round the ring went the same ten crowns, and every debt was paid.",
        "They came to rest in the hand of {P}, still warm.",
    ),
)

ENDINGS: tuple[tuple[str, ...], ...] = (
    (
        "{Boss} counted the oaths twice, since he could not believe the sum.",
        "At last he tore up his own notice and left by the side door.",
    ),
    (
        "The clerk pressed his stamp on the roll before {boss} could speak.",
        "By morning {boss} had packed his trunks, and nobody asked him to stay.",
    ),
    (
        "{Boss} said that he would appeal, but his voice had grown small.",
        "Even his own guards were clapping.",
    ),
    (
        "For a long time {boss} stared at the roll.",
        '"I did not think you knew each other," he said, and took his hat.',
    ),
)
CLOSINGS: tuple[str, ...] = (
    "As for the list with its ring of arrows, {P} has it still.",
    "The list hangs in the Long Hall now, beside the old law.",
    "{P} was asked to make a speech, and said that {p_his} feet hurt.",
    "{P} walked home alone and found a lamp lit in every window on the way.",
)
