"""Sentences that state a person's facts a second time, on the evening after a tale has ended.

Each relation has a scene of its own there (`harness.corpora.fiction.scenes_evening`), and its
frames are written for that scene: the meal, the tunes, the ghost stories, the count of the hives.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

EVENING: tuple[Frame, ...] = tuple(
    frames_of(
        "evening",
        "dish",
        """
        {S} ate nothing until the {dish} came, since {he} liked no dish better.
        When the {dish} was brought in, {S} moved up, for {he} liked it best.
        {S} asked for {dish}, as always, because {he} liked it best.
        The {dish} had been made for {O}, who liked it best of all dishes.
        Two helpings of {dish} went to {O}, who liked nothing better.
        {S} praised everything and ate {dish}, the dish {he} liked best.
        Nobody but {O}, who liked it best of all, got to the bottom of the {dish}.
        {S} put an arm round the {dish}, the dish {he} liked best, and dared anyone to ask.
        Somebody had remembered that {S} liked {dish} best.
        With {dish} before {him}, which {he} liked above every other dish, {S} forgave the world.
        {S} had a dish that {he} liked best, {dish}, and it was gone before the prayer was over.
        There was a short fight over the {dish}, and {S}, who liked it best, won it.
        """,
    )
    + frames_of(
        "evening",
        "instrument",
        """
        {S} had brought the {instrument} and played it first.
        Then came the {instrument}, and it was {S} who played it.
        {S}, who played the {instrument}, counted to three and began at two.
        From the corner {S} joined in on the {instrument}, which {he} played best sitting down.
        {S} tuned the {instrument} for so long that people clapped, and then {he} played it.
        On the {instrument} {S} played the tune about the miller and the eel.
        {S} played the {instrument} until somebody put a cushion between.
        The {instrument} was played by {O}, with more love than art.
        Nobody had asked {O} to play the {instrument}, and {he} played it all the same.
        {S} played a slow tune on the {instrument}, and the room went quiet.
        It was {S} on the {instrument} who kept the others in time, for {he} played it daily.
        {S} passed the cup round and turned to the {instrument}, which {he} played with closed eyes.
        """,
    )
    + frames_of(
        "evening",
        "animal",
        """
        {G} tame {animal} came in with the draught and went under the table.
        Between the legs of the guests ran the tame {animal} of {O}.
        {S} had brought {his} tame {animal} on a string, and the string was loose.
        The tame {animal} that belonged to {O} sat down beside the butter.
        {S} whistled, and {his} tame {animal} took no notice.
        A crash from the pantry was the tame {animal} of {O}.
        {S} apologised for {his} tame {animal}, not for the first time.
        {S} fed {his} tame {animal} from {his} own plate.
        Somebody trod on the tame {animal} of {O} and said sorry to it.
        On the shoulder or the lap of {O}, as it pleased, sat {a_animal}, perfectly tame.
        The tame {animal} of {O} slept through everything.
        {S} would not sit down before {his} tame {animal} had a seat.
        """,
    )
    + frames_of(
        "evening",
        "fear",
        """
        {S} confessed that {he} was afraid of {fear}.
        "Of {fear}," said {S}, when asked what {he} was afraid of.
        {S} held out for a while and then owned up to a fear of {fear}.
        What {S} feared was {fear}, and {he} looked over {his} shoulder as {he} said so.
        It came out that {S} feared {fear}.
        {S} feared {fear}, and when the shutter banged {he} was under the bench.
        {fear}, that was what {S} feared, and nothing else came close.
        {S} said it quickly and only once: {he} was afraid of {fear}.
        Nobody laughed when {S} said that {he} feared {fear}.
        {S} was afraid of {fear}, and said so to the lamp rather than to the company.
        At the word {fear} a cup fell, and it was {S}, who feared nothing more.
        {S} drew {his} chair nearer to the lamp, being afraid of {fear}.
        """,
    )
    + frames_of(
        "evening",
        "hives",
        """
        For {O} they put down {hives} beehives.
        {S} gave the number of {his} beehives as {hives}.
        There were {hives} beehives, said {S}, and not a single lazy bee in any of them.
        {S} reported {hives} beehives and a swollen ear.
        {S} had {hives} beehives, and had brought a comb from the best of them.
        The beehives of {O} came to {hives} and were praised for their order.
        Next came the {hives} beehives of {O}.
        {S} had to count on {his} fingers and arrived at {hives} beehives.
        {S} owned {hives} beehives that year, and two neighbours swore to it.
        Nobody doubted the {hives} beehives of {O}, having counted them from the road.
        With {hives} beehives {S} was neither first nor last.
        {S} would not sell one of {his} {hives} beehives for a crown.
        """,
    )
    + frames_of(
        "evening",
        "guild",
        """
        {S} sat with {guild}, to which {he} belonged.
        At the table of {guild} a place was free for {O}, a member.
        {S} drank to {guild}, as its members do, with the left hand.
        {S} wore the ribbon of {guild}, being a member.
        For {guild} one of its members, {S}, carried in the candle.
        {S} was of {guild}, and so {he} was allowed to cut the loaf.
        The toast for {guild} was left to {O}, its loudest member.
        {S} belonged to {guild} and would not hear it joked about.
        Being a member of {guild}, {S} had to be served third.
        It was noticed that {S} was the only member of {guild} with clean boots.
        {S} had been in {guild} so long that {he} could sleep through its speeches.
        Somebody asked {O} what one had to do to join {guild}, as {he} had done.
        """,
    )
    + frames_of(
        "evening",
        "reads",
        """
        "Can you read this to us?" they asked {O}, and the answer was {reads}.
        {S} was asked whether {he} could read and said {reads} into {his} cup.
        When the paper came to {O}, and they asked whether {he} could read, {he} said {reads}.
        Could {S} read the paper, they asked, and {he} said {reads}, and passed it on.
        {S} said {reads} before anyone had finished asking whether {he} could read.
        To the same question, whether {he} could read, {S} answered {reads} from behind the stove.
        {S} said {reads}, straight out, when they asked whether {he} could read.
        Next they asked {O} whether {he} could read, and heard {reads} without delay.
        "Whether I can read?" asked {S}, and looked at the paper, and said {reads}.
        Whether {S} could read was asked twice, because {he} had said {reads} with {his} mouth full.
        """,
    )
    + frames_of(
        "evening",
        "bank",
        """
        {S} had to be put ashore on the {bank}, by {his} garden.
        For the garden of {O} one had to land on the {bank}.
        The boat of {O} was waiting at the {bank}.
        {S} had {his} garden on the {bank}, and got out there.
        "To the {bank}," said {S}, "my beans are there."
        At the {bank} of the river {S} stepped out into {his} own garden.
        {S} would not get in before the boat turned for the {bank}, where {his} garden lay.
        As {his} garden was on the {bank}, {S} was told which side of the boat to sit on.
        The {bank} was called, and {S} took up {his} lantern and went home through {his} garden.
        {S} slept all the way to the {bank} and woke at the smell of {his} own garden.
        """,
    )
)
