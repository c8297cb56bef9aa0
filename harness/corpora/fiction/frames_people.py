"""More sentences that state facts of people: how somebody is found at the door.

Slots as in `harness.corpora.fiction.frames`. Ties to other people are in `frames_ties`.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

PEOPLE: tuple[Frame, ...] = tuple(
    frames_of(
        "visit",
        "guild",
        """
        {S} belonged to {guild}.
        {S} had been a member of {guild} for longer than {he} had been any use to it.
        Over the stove hung a certificate that made {O} a member of {guild}.
        {S} had joined {guild} because it was warm there on Thursdays.
        Among the members of {guild} {S} was the one who knew the rules.
        {S} paid {his} dues to {guild} and grumbled about every penny.
        As a member of {guild}, {S} had a vote and seldom used it.
        On the hook behind the door hung the apron of {guild}, to which {S} belonged.
        It was {guild} that {S} belonged to, by inheritance rather than by choice.
        For the sake of the annual goose {S} had stayed in {guild}.
        {S} was in {guild}, and said so before {he} was asked.
        Two lanterns in the window showed that {S} was of {guild}.
        """,
    )
    + frames_of(
        "visit",
        "animal",
        """
        {S} had tamed {a_animal}, which slept in a basket by the stove.
        On the chair meant for visitors sat {a_animal}, and {S} did not ask it to move.
        {S} shared the house with a tame {animal}.
        The tame {animal} of {O} looked out first.
        {S} was never seen without {a_animal} at {his} heels.
        What rustled behind {O} was {a_animal}, quite tame and rather fat.
        {S} talked to {his} tame {animal} as other people talk to a clerk.
        {S} owned a tame {animal} and obeyed it in most things.
        From under the table came the tame {animal} of {O}, to see who it was.
        {S} had brought up {a_animal} by hand, and it would eat from no other.
        There was {a_animal} on the step, and it belonged to {O}.
        {S} put down a saucer for the tame {animal} before {he} fetched a chair.
        """,
    )
    + frames_of(
        "visit",
        "instrument",
        """
        {S} played the {instrument}, to the sorrow of the neighbours.
        In the corner was the {instrument} that {S} played on Sundays.
        {S} had been playing the {instrument} when the knock came, and was glad of the excuse.
        From the road one could hear {O} practising on the {instrument}.
        {S} owned {a_instrument} and played it better than {he} said.
        There were crumbs on the {instrument} that {S} played.
        {S} broke off in the middle of a tune and put by the {instrument} that {he} played daily.
        To pass the dark months {S} had learnt to play the {instrument}.
        {S} could play three tunes on the {instrument} and knew which was the best.
        By the window was {a_instrument}, and {S} played it whenever it rained.
        {S} played the {instrument} with {his} eyes shut and the door open.
        Nobody else in the lane played the {instrument} as {S} did, which was as well.
        """,
    )
    + frames_of(
        "visit",
        "dish",
        """
        {S} liked no dish better than {dish}.
        The dish that {S} liked best was {dish}, and there was some on the stove.
        {S} would have walked a day for {dish}, the dish {he} liked best.
        The kitchen smelt of {dish}, which {S} liked best of all dishes.
        {S} was eating {dish}, as {he} did on every good day, for {he} liked nothing better.
        Of all that can be put on a plate {S} liked {dish} best.
        {S} offered {hero} a helping of {dish} and no choice, since {he} liked it best {him_self}.
        The oven was full of {dish}, for {S} liked nothing so well.
        {S} said that nobody who liked {dish} best, as {he} did, could be wholly unhappy.
        To {O} no dish in the world came near {dish}.
        {S} had liked {dish} best since {he} first held a spoon.
        A plate of {dish} was what {S} liked best at the end of any day.
        """,
    )
    + frames_of(
        "visit",
        "fear",
        """
        {S} was afraid of {fear}, and of nothing else.
        {S} feared {fear} and made no secret of it.
        Only {fear} could frighten {O}.
        The one thing that {S} feared was {fear}.
        {S} had feared {fear} since childhood.
        For fear of {fear} {S} had put a second bolt on the door.
        {S} asked at once about {fear}, for {he} feared nothing more.
        There was little that could shake {O}, but {he} was afraid of {fear}.
        {S} laughed at most things and was afraid of {fear}.
        It was because {he} feared {fear} that {S} seldom went out after dark.
        Mention {fear}, and {S} turned pale, for {he} feared nothing so much.
        {S} was brave enough, as long as nobody spoke of {fear}, which {he} feared.
        """,
    )
    + frames_of(
        "visit",
        "arrival",
        """
        {S} had come to the valley in {arrival}.
        It was in {arrival} that {S} had come to the valley, with a handcart.
        {S} had moved to the valley in {arrival} and still felt new.
        Since {arrival}, when {he} came to the valley, {S} had not once locked the door.
        {S} had come over the pass in {arrival} and found the valley to {his} liking.
        In {arrival} {S} had come to the valley for a week and stayed.
        The year {arrival} had brought {O} to the valley, along with two bad storms.
        {S} had arrived in the valley in {arrival}, in somebody else's boots.
        Over the door {S} had cut the year {arrival}, when {he} came to the valley.
        {S} had not been seen in the valley before {arrival}, the year {he} came.
        "I came to this valley in {arrival}," {S} said, "and I meant to go on."
        {S} counted every year from {arrival}, when {he} had come to the valley.
        """,
    )
    + frames_of(
        "visit",
        "hives",
        """
        {S} kept {hives} beehives behind the house.
        Behind the wall hummed the {hives} beehives of {O}.
        {S} had {hives} beehives and knew every one by its temper.
        There were {hives} beehives in the garden, and {S} was proud of them all.
        {S} looked after {hives} beehives and was seldom stung.
        {S} had counted {his} beehives that week, and there were {hives}.
        Along the fence stood {hives} beehives, which {S} had painted blue.
        {S} owned {hives} beehives and not one decent pair of gloves.
        The garden of {O} had {hives} beehives in it and very little else.
        {S} had begun with a single swarm and now had {hives} beehives.
        Past the {hives} beehives of {O} one walked slowly.
        {S} said that {hives} beehives were company enough for anyone, and {he} had that many.
        """,
    )
    + frames_of(
        "visit",
        "reads",
        """
        Asked whether {he} could read, {S} said {reads} at once.
        "Can you read?" asked {hero}, and {S} said {reads} without turning round.
        To the question whether {he} could read, {S} answered {reads}, and went on with {his} work.
        Whether {S} could read was soon settled, for the answer was {reads} and nothing else.
        {S} answered {reads} when asked whether {he} could read.
        Could {S} read the paper for {him_self}, {hero} wanted to know, and was told {reads} twice.
        {hero} asked {O} whether {he} could read, and the answer was {reads}, as expected.
        When it came to reading, and whether {he} could, {S} said {reads} without blushing.
        If one asked {O} whether {he} could read, the answer was {reads}, with a cough.
        "Whether I can read?" said {S}, and {he} said {reads} only after a while.
        There was one question left, whether {S} could read, and {reads} was the answer to it.
        """,
    )
    + frames_of(
        "visit",
        "bank",
        """
        The garden of {O} lay on the {bank} of the river.
        {S} had a garden on the {bank} of the river.
        {S} kept a boat tied up at the {bank} of the river.
        On the {bank} of the river {S} grew beans in {his} garden.
        {S} had just come in from {his} garden on the {bank}, with mud to the knees.
        If {S} was not at home, {he} was in {his} garden on the {bank}.
        {S} swore by the soil of the {bank}, where {he} had {his} garden.
        The boat of {O} lay upside down on the {bank} of the river.
        {S} would not have exchanged {his} garden on the {bank} for a castle.
        The river divides all gardens, and that of {O} was on the {bank}.
        {S} had dug {his} garden out of the {bank} with {his} own spade.
        """,
    )
    + frames_of(
        "visit",
        "keeps",
        """
        {S} pledged {his} help on the heirloom that {he} kept, {a_keeps}.
        {S} laid {a_keeps} on the table, the heirloom that {he} kept for promises.
        There was {a_keeps} in the house, an heirloom, and {S} kept it for promises like this one.
        {S} kept {a_keeps} as an heirloom and gave {his} word on it.
        {S} gave {his} hand and laid the other on {a_keeps}, the heirloom {he} kept.
        """,
    )
)
