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
    shall: str
    """What the law promises, after "then": "the ferry shall sail"."""
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
        "the ferry shall sail",
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
        "the mill shall stand",
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
            "About the lodge that was never built, the valley still makes jokes.",
        ),
    ),
    Threat(
        "the lighthouse",
        "the light shall burn",
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
        "the books shall stay",
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
        "the trees shall stand",
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
            "In winter the snow stayed where it belonged, and in June there was honey again.",
        ),
    ),
    Threat(
        "the spring",
        "the water shall be free",
        "the Sheriff",
        (
            "All the water in the valley came from one spring, and it had always been free.",
            "Travellers drank first, then children, then everyone else.",
        ),
        (
            "After a dry winter the Sheriff put up a notice beside it.",
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
        "the door shall stay open",
        "the Prefect",
        (
            "The schoolhouse had one room, one stove, and places for forty children.",
            "No one could say who had built it, so it belonged to everybody.",
        ),
        (
            "Before Easter the Prefect chalked a notice on its blackboard.",
            "He would close it on {day}, for he needed cheap hands in his quarry, and children who "
            "cannot read do not ask about wages.",
        ),
        "{P} had two small nephews with chalk on their fingers.",
        (
            "On Monday forty children were back on their benches, and late as ever.",
            "The quarry had to look for its hands elsewhere, and pay them.",
        ),
    ),
)

DAYS = ("Midsummer Day", "the first day of May", "Lantern Day", "the last day of harvest")

LAW: tuple[tuple[str, ...], ...] = (
    (
        "The old law left one way out.",
        "If {count} neighbours stand up in the Long Hall before sundown on {day} and swear that "
        "{thing} is needed, it said, then {shall}.",
        "Each had to swear on an heirloom, and with one voice too few, all the others were "
        "worth no more than a cough.",
    ),
    (
        "Only one law was older than {boss}.",
        "Let {count} neighbours swear in the Long Hall on {day}, it said, before the sun is down, "
        "and {shall}.",
        "The oath had to be sworn on an heirloom, and a single missing voice would spoil the rest.",
    ),
    (
        "In the Long Hall hung a law that nobody had used for years.",
        "Let {count} neighbours come on {day} before sundown, it said, and swear on their "
        "heirlooms, and {shall}.",
        "One fewer, and the law was just ink.",
    ),
)

THREAT_OF_DEBT: tuple[tuple[str, ...], ...] = (
    (
        "{Boss} knew that law too, and had thought of something.",
        "Since the bad harvest half the valley owed ten crowns to the other half.",
        "His six guards cried it out at every corner: whoever swore must pay every debt before the "
        "roll of oaths was closed, or be struck off it.",
    ),
    (
        "{Boss} was not worried, because he had a weapon.",
        "In the year of the bad harvest half the valley had borrowed ten crowns from somebody.",
        "He sent out his six guards to say that no oath would count unless the one who swore it "
        "had paid all debts before the roll of oaths was closed.",
    ),
    (
        "Against the law {boss} set fear.",
        "Ten crowns had got many a household through the bad harvest, and those ten crowns were "
        "still owed.",
        "Before the roll of oaths was closed, his six guards announced, all who had sworn must pay "
        "their debts, or be struck off it.",
    ),
)

RESOLVE: tuple[tuple[str, ...], ...] = (
    (
        "{P} took a sheet of paper and wrote the number {count} at the top.",
        "Each promise would be a name on it, and each debt an arrow, from the one who owed to the "
        "one who had lent.",
        "The first name and the first arrow were {p_his} own.",
    ),
    (
        "But to save {thing} {p_he} would knock at every door until {count} people had promised.",
        "{P} began a list, with a name for each promise and an arrow for each debt, and put "
        "{p_him_self} at the top.",
    ),
    (
        "So {P} folded a sheet of paper for a list and put on {p_his} walking shoes.",
        "There would be {count} names on it, or {thing} was lost.",
        "And since money was the trouble, an arrow would run from each debtor to the lender.",
    ),
)

ARROWS_FOLLOWED: tuple[tuple[str, ...], ...] = (
    (
        "Back at home {P} laid the list on the table and followed the arrows with a finger.",
        "At the last of them {hero} laughed out loud, and told nobody why.",
    ),
    (
        "Sleep would not come, so {P} lit a lamp and followed the arrows from name to name.",
        "Having come to the last of them, {hero} began to laugh.",
    ),
)

DEBTS_CALLED: tuple[tuple[str, ...], ...] = (
    (
        "Now {boss} stood up and smiled.",
        '"Before the roll is closed," he said, "let every debt be paid."',
        "Then {P} unfolded the list and held up a purse with ten crowns in it.",
        "{hero} had sold a good coat for them, and ten crowns was what every debtor in the hall "
        "owed.",
        "The purse went to {lender}, who turned round and paid in turn.",
        "From hand to hand it reached {second}, {second_clause}.",
        "Debt after debt was paid with it, and it came to {third}, {third_clause}.",
        "By then even the guards had understood: the arrows made a ring.",
        "The last hand gave it back to {hero}, with not a coin missing and not a debt left.",
    ),
    (
        '"Very moving," said {boss}, "and now, before the roll is closed, let them pay."',
        "But {P} asked each debtor to stand beside the one to whom the money was due, and when all "
        "of them stood, they stood in a ring.",
        "Each of them owed ten crowns, no more and no less.",
        "{hero} had sold a good coat for ten crowns, and put them into the hand of {lender}.",
        "That hand paid the next, and the coins came to {second}, {second_clause}.",
        "On they went, hand by hand, to {third}, {third_clause}.",
        "At last they came to rest in the hand of {hero}, still warm, and every debt was paid.",
    ),
)
"""The debts are paid. Between the hands that are named lie others, so no debt is told again."""

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
