"""The tale of a quarrel that has to end before a feast, or the whole valley loses by it."""

from __future__ import annotations

from harness.corpora.fiction.plots_feast_stakes import STAKES
from harness.corpora.fiction.plots_spine import Spine, blocks, lines

FEAST = Spine(
    name="feast",
    titles=("Two Tables", "The Quarrel", "An Empty Bench"),
    legs=("Terms", "On One Side", "On the Other Side", "Who Sits Where", "The Plan of the Table"),
    last_leg="The Last Seat",
    finale="The Long Table",
    stakes=STAKES,
    rules=blocks(
        """
        There was a table to be set, then, and {count} seats at it to be filled by {day}.
        One seat left empty would be enough for {boss}.

        By {day} {count} people had to want to sit down together, and so far one of them did.
        {Boss} meant to come himself and count the seats.
        """
    ),
    resolve=blocks(
        """
        {P} drew a long table on the back of a flour sack.
        Whoever agreed to come would be written in, with the conditions in small letters beside \
        the name.

        "I shall not ask who was right," said {hero}, "I shall ask what they want to sit next to."
        A table was drawn with charcoal on an old sheet, and the first name stood at the bottom \
        end, where the draught is.
        """
    ),
    first=lines(
        """
        {P} began with somebody who liked to eat.
        The first call was on the wrong side of the quarrel, so as to have it over.
        """
    ),
    meetings=blocks(
        """
        {S} would sit down with anyone who first said sorry.
        "So says the other side," answered {hero}, and it was agreed that both would say it at \
        once, on a signal.
        At the signal {S} said sorry so loudly that nobody could tell who had been first.

        Because of {quarrel} {S} had sworn never to eat with those people again.
        It turned out that {he} had sworn nothing about drinking, and so {he} would come and drink.
        {S} drank for an hour, and then somebody put a spoon into {his} hand.

        {S} wanted a seat with {his} back to the wall, so that nobody could come from behind.
        {hero} wrote a wall into the plan.
        The wall had been brought along, four boards of it, and {S} leant against it, content.

        "They have never once greeted me," said {S}.
        {hero} asked when {S} had last greeted them, and there was a long silence, and then a yes.
        {S} greeted everyone twice, to be on the safe side.

        {S} believed that it would rain, and that it served them right.
        Asked whether {he} would come if it did not rain, {he} said yes, since it certainly would.
        It did not rain, and {S} looked at the sky as one looks at a false friend.

        For {O} the quarrel had been good for trade, since both sides bought everything double.
        "And then they will stop buying at all," said {hero}, and {S} did the sum and said yes.
        {S} sold three spoons before {he} sat down.

        {S} had lost an old friend over {quarrel} and would not say which.
        {hero} put {him} beside an empty square on the plan and asked no further.
        In the square beside {O} sat somebody who could not speak for a while, and neither could \
        {he}.

        {S} would only come if the soup was hot.
        Hot soup was written down and underlined.
        {S} burnt {his} tongue on the soup and had nothing to complain of.

        Nobody had told {O} that there was a quarrel.
        {S} had wondered for two years why it was so quiet, and would gladly come.
        {S} talked to both sides as if nothing had ever happened, and it was catching.

        {S} had said something at the time which {he} could not take back.
        "Then eat it," said {hero}, and they wrote it on a biscuit.
        {S} ate the biscuit, and everybody pretended not to know what it said.

        {S} demanded the head of the table.
        A round end was drawn, and then another, until the table had four heads.
        At one of the four heads of the table sat {S}, looking very straight.

        {S} was sure that {quarrel} had been arranged by {boss} himself.
        There was no proof, but {he} would come for the pleasure of looking at him.
        All through the meal {S} looked at {boss} and chewed.

        In this house they were of two opinions and had divided the kitchen with chalk.
        {S} stepped over the chalk, for the first time that year, and promised for both halves.
        {S} had chalk on {his} sleeve and did not wipe it off.

        {S} wanted to bring a bench of {his} own.
        It was four yards long, but {hero} wrote it in.
        Seven people from the other side were sitting on the bench of {O}.

        {S} had nothing to wear.
        The coat of {hero} changed hands, and was rather too large.
        {S} wore a coat that everybody knew, with the sleeves turned up.

        Against the invitation {S} brought forward eleven reasons, all of them good.
        At the twelfth {he} began to laugh, because the twelfth was that {he} was too stubborn.
        "Stubborn people to this side," called the baker's boy, and {S} moved over.

        {S} would come, but only if nobody made a speech.
        {hero} promised it without any difficulty.
        There was no speech, and {S} said so several times, at length.

        It was the children whom {S} was thinking of, who had forgotten each other's names.
        They settled it in one breath, and {he} asked for a seat among the small ones.
        {S} sat at the low end with eight children and knew all their names by now.

        {S} still had a plate that belonged to the other side.
        {S} would come to give it back, and whether {he} would stay was to be seen.
        The plate was given back full, and {S} stayed.

        {S} listened to it all and said that {he} had been waiting to be asked since the first day.
        "So has everyone," said {hero}, and wrote the name in ink.
        {S} kept looking along the table as if somebody might take it away again.
        """
    ),
    partings=lines(
        """
        On the plan one more square had a name in it.
        The conditions in small letters were running up the margin.
        There were now two people who wanted the same corner.
        {P} moved a name to the left and another to the right.
        "And who else is coming?" was asked at the gate, as at every gate.
        Half the plan was full, or so it looked from the good side.
        {P} had to rub out an uncle.
        From now on nobody could say that nobody was coming.
        """
    ),
    obstacles=blocks(
        """
        When {boss} heard of the plan, he bought up all the flour in the valley.
        Without bread there was nothing to share, and the charter spoke of bread.
        {P} went to the mill at night and swept the floor, and the rafters, and the floor again.
        The bread was grey, and there was some rafter in it.

        Somebody went about saying that each side had called the other side's bread chalk.
        By evening eleven names had been withdrawn.
        {P} walked to all eleven once more and ate a slice of bread in every house.
        {hero} took no bread this once, and those who knew why laughed.

        A gust took the plan out of {p_his} hand and carried it into the river.
        It was fished out below the mill, and all the names had run together.
        {P} dried it on a fence and wrote the seats in again as the ink had mixed them.
        On the plan some names had run into each other, and those two now shared a plate.

        {Boss} had every table in the valley taken away, against a receipt, to be measured.
        There was nothing left to set bread on but the ground.
        {P} unhooked {p_his} own door, and then looked at it for a while, and smiled.
        The table was made of doors, {count} of them, and the first had come off its hinges at \
        the house of {hero}.
        """
    ),
    low=blocks(
        """
        On the night before {day} they met by accident, the one side and the other, at the bridge.
        Somebody said "pig", or something like it, and a lantern was broken.
        In the morning {hero} found the plan nailed to {p_his} gatepost, torn in two.
        {P} sat down with needle and thread and sewed it together down the middle.

        The evening before, {boss} gave a small party for one side only.
        He told them what the other side had said, and some of it was even true.
        When {hero} came home there were nine notes under the door, and all of them were refusals.
        {P} lit the stove with the notes and went on setting the table.
        """
    ),
    opening=blocks(
        """
        By noon on {day} the table stood, end to end, longer than any in memory.
        {Boss} had a chair by himself, and a clerk with a list of {count} seats.
        At first nobody came, and {hero} straightened the spoons.

        On {day} the bell rang at noon, and the long table was empty from one end to the other.
        {Boss} took out his watch and sat down in the shade to count.
        """
    ),
    early=lines(
        """
        The clerk of {boss} made a stroke on his list.
        A spoon fell, and both sides bent down for it.
        "Is this seat taken?" somebody asked, and it was not.
        For a while one heard nothing but chairs.
        The salt was passed, though only along one side.
        Somebody coughed who had a cough on the other side of the quarrel too.
        {hero} counted under {p_his} breath.
        They looked at the plates, not at one another.
        A child changed places without asking.
        Bread was broken, with care.
        Two elbows touched and stayed where they were.
        Somebody laughed and looked round to see whether that was allowed.
        """
    ),
    late=lines(
        """
        Now the salt went across.
        {Boss} counted again, from the other end.
        It grew so loud that one had to shout for the butter.
        More seats were full by now than empty.
        The clerk wetted his pencil.
        Somebody had begun to tell the one about the miller and the eel.
        Nobody had mentioned {quarrel} for a quarter of an hour.
        The shadows of the jugs were growing long.
        {hero} had not eaten anything yet.
        Plates were passed over heads.
        """
    ),
    crisis=blocks(
        """
        Then one person stood up and said it: {quarrel}.
        It was so quiet that the soup could be heard.
        "That was me," said {hero}, "and I have been looking for the right moment for two years."
        It had been an accident, a stupid one, and {p_he} told it as it was, with both hands.
        Somebody snorted, somebody else caught it, and then the table shook from end to end.

        "One seat is empty," said {boss}, and shut his watch.
        It was the one at the bottom end, in the draught.
        {hero}, who had been carrying dishes since noon, put down the last of them and sat in it.
        As to {quarrel}, somebody asked who had been right, and nobody could remember the question.
        """
    ),
    ending=blocks(
        """
        {Boss} was given a plate, because nobody is sent away hungry.
        He ate it standing up and left before the cheese.

        The clerk wrote "full" on his list and asked whether there was any more of the soup.
        {Boss} travelled back alone.
        """
    ),
    closings=lines(
        """
        The plan of the table hangs over the hearth of {hero}.
        It took until dark to find out whose spoon was whose.
        {P} was the last to go, and went home with a door on {p_his} back.
        """
    ),
)
