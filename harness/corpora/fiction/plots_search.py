"""The tale of something lost: it passed from hand to hand, and the trail has to be walked again."""

from __future__ import annotations

from harness.corpora.fiction.plots_search_stakes import STAKES
from harness.corpora.fiction.plots_spine import Spine, blocks, lines

SEARCH = Spine(
    name="search",
    titles=("The Empty Nail", "Nothing There", "What Was Missing"),
    legs=("The Trail", "Lent and Lent On", "From Hand to Hand", "Cold Scent", "Further Up"),
    last_leg="Where the Trail Ended",
    finale="The Long Carry",
    stakes=STAKES,
    rules=blocks(
        """
        It had been lent ten years ago, or twelve, and had been of use somewhere ever since.
        It had to be back in its place by {day}.
        {Boss} had let it be known that he would pay in silver, and pay whoever talked first.
        So it was a race between a cart and a pair of shoes.

        Ten years ago, or twelve, somebody had lent it for a day.
        Now there was time until {day}.
        Nobody had stolen it, that was the worst of it; it had simply been useful to too many.
        And {boss} was asking at the same doors, with a purse in his hand.
        """
    ),
    resolve=blocks(
        """
        {P} asked who had seen {thing} last, and eleven people pointed in eleven directions.
        So {p_he} decided to begin at the beginning and ask each person only one thing: who had it \
        next?

        "A thing that has been lent can be found," said {hero}, and packed bread for a week.
        There was a simple plan: to follow {thing} from door to door, as one winds up a thread.
        """
    ),
    first=lines(
        """
        The first door was that of the last person who was sure of anything.
        {P} began where all searches begin, with a neighbour who never threw things away.
        """
    ),
    meetings=blocks(
        """
        Two winters long {S} had cracked nuts with {thing} and thought it a hammer.
        Then it had gone up the road with a pedlar, in exchange for ribbons.
        A bag of nuts went along the road with {O}, and everyone had to take one.

        {thing} had held the door open here for years, until the day the door was mended.
        After that it was in the way, said {S}, and so it was given to the next who asked.
        With the mended door shut behind {him}, {S} had come to carry the thing that once held it.

        {S} had pressed cabbage with {thing}, and very good cabbage too.
        When the barrel burst it was thrown in with the scrap, and the scrap went uphill.
        {S} took the weight of {thing} and said that no cabbage had been so well pressed since.

        At first {S} denied that {he} had ever set eyes on {thing}.
        At the third cup it turned out that {he} had lost it at cards.
        "I had {thing} four days," {S} admitted aloud, "and lost it to a pair of tens."

        {S} had used {thing} to hang a door level, tied to a string.
        The string had been wanted elsewhere, and whoever took the string took both.
        There was a string in {G} pocket, and now it served to tie the cloth tighter.

        "That?" said {S}, and went red.
        It had been given away as a christening present, polished and in a box.
        {S} blushed again, but took {his} turn like the rest.

        In this house {thing} had frightened off a bull, being thrown.
        Where it landed {S} could show to the foot, but a beggar had picked it up.
        {S} showed everyone on the road how {thing} had flown.

        {S} had measured flour against {thing} and cheated nobody, or everybody by the same amount.
        It was exchanged for a real weight on market day.
        {S} weighed {thing} once more in {his} hand and said that it had always been honest.

        Here {thing} had lain in the cradle, for the baby would have nothing else.
        The baby had learnt to walk and had given it to a carter for a ride.
        Beside {O} trotted a child who had once slept with {thing} in both arms.

        {S} told the story from the beginning, and the beginning was a long way off.
        In the last sentence {thing} went off in somebody's wheelbarrow.
        For once {S} had no breath to spare for a story.

        For a whole winter {S} had kept a pond from draining with {thing} and a rag.
        The frogs had it to thank for everything, but then came a dry spring, and it was lent out.
        {S} said that the frogs sent their regards.

        {S} had found {thing} in a hedge and asked in all the lanes whose it was.
        Since nobody had claimed it, it went to the one who had the best use for it.
        "I did ask," {S} told the people at the road, and this time they all nodded.

        With {thing} on the lid {S} had kept a badger out of the larder.
        It was the badger's friends who took it, {he} believed, but a tinker was likelier.
        {S} looked into every ditch on the way, in case of badgers.

        {S} had sold {thing} for two eggs and had been sorry ever since.
        The eggs had been bad.
        {S} said that today the eggs were forgiven.

        Nothing could be got out of {O} until the wood was chopped.
        Then {he} pointed with the pipe: over the hill, with the people who moved in autumn.
        There were still splinters in {G} sleeve from all that wood.

        A clock had stood still here until {S} hung {thing} on it.
        It had kept good time, and then somebody paid well for the clock, weight and all.
        {S} counted the steps aloud, as even as a clock.

        {S} had been paid with {thing} for a day in the hay.
        As it was the worst wage of {his} life, {he} had passed it on to a nephew the same night.
        It was the best wage of {his} life, {S} said now, and {he} would not be paid again.

        {S} had lost a toe to {thing} when it fell off the shelf.
        In anger it went out of the window, and there it was taken for a gift.
        {S} limped a little, and carried {thing} further than anyone.

        To keep the booth from blowing off at the fair, {S} had hung {thing} on the rope.
        A showman liked the look of it and left a whistle in its place.
        The whistle of {O} gave the step.

        {S} was sure that {thing} had been under the bed all the time.
        Under the bed was only a receipt, but on the receipt there was a name.
        {S} had brought the receipt, in case somebody asked.
        """
    ),
    partings=lines(
        """
        One hand further, and still nothing in the bag.
        {P} drew another arrow on the inside of {p_his} hat.
        So the thread went on.
        The gate squeaked, and the wheels of a cart were heard not far behind.
        "Good hunting," was the last word.
        {P} took the short cut through the nettles.
        That was one question less and one hill more.
        It was later than it should have been.
        """
    ),
    obstacles=blocks(
        """
        At the next bridge stood {boss} with his cart.
        He offered {hero} a partnership, then a purse, and then a push.
        The water was cold, and it took the bread for the week.
        {hero} still had one shoe that squelched, from that push at the bridge.

        Then {boss} played a trick.
        He had a copy cast, set it on his cart, and let the word go round that the search was over.
        For two days nobody opened a door, until {hero} scratched the copy with a nail and it was \
        lead.
        The leaden copy lay in a ditch, where a child had thrown it.

        One night the inn burned, with the notes of the whole trail in it.
        Nobody was hurt, but of the arrows in the hat only the brim was left.
        {P} told the trail aloud until morning so as not to lose a name.
        On {p_his} head was half a hat, and nobody laughed at it.

        Somebody had turned the finger posts round.
        {P} walked a day and a half in the wrong direction and met only a priest, who was lost too.
        The heel that {p_he} walked raw would not be well before winter.
        The heel was bandaged with a page of the hymn book, a present from that priest.

        Now {boss} bought a whole lane, door by door, so that nobody in it would talk.
        A girl of six had not been paid, and she talked.
        {P} gave her the best button off {p_his} coat, for it was worth a mile.
        On the coat of {hero} the top button was missing, and a girl of six wore it on a string.
        """
    ),
    low=blocks(
        """
        The trail came to its end at a well.
        "In there," they said, "ten years ago, or twelve."
        {P} sat down on the rim and counted the days that were left, and it was one.
        Then an old woman asked what all the fuss was about, for that had been a horseshoe.
        What she described next had come to {hero} with a second-hand stove, and stood under the \
        short leg of it.
        But {boss} had men on every road by then, and would let no bag go by unopened.
        So {P} went round to everyone who had ever had {thing}, and asked each of them to stand at \
        one milestone for an hour, and each of them promised.

        Behind the last door on the trail there was nobody, and the house was empty to the nails.
        {P} sat down on the step, because there was no further to go.
        A boy came by and said that the old people from here had given everything away before \
        they left.
        What was left had gone to the grandmother of {hero}, whose stove had always rocked.
        {P} ran home without {p_his} hat, lay down flat before the stove, and reached under it.
        There was {thing}, black with soot, and outside the window stood the cart of {boss}.
        One person with a bag would be stopped, so {hero} went round once more at night, by the \
        back doors, and all who had ever used {thing} promised to be on the road.
        """
    ),
    opening=blocks(
        """
        On {day} {boss} had closed the road to every cart but his own.
        There was no rule against people, however, and they stood along it, a hundred steps apart.
        {thing} would go to {place} as it had come away from there, from hand to hand.

        It was nine miles to {place}, and the sun was already high on {day}.
        {Boss} had men at the crossroads to stop one walker with a bag.
        Nobody had told them what to do about a whole valley, standing in a line.
        """
    ),
    early=lines(
        """
        The next pair of hands was ready.
        At the crossroads the men looked at one another.
        Somewhere ahead a drum began.
        Children ran alongside to see {thing}.
        The line moved up a little.
        "Careful," said everybody to everybody.
        A cart with a fast mule tried to pass and found no room.
        {thing} was heavier than it looked.
        Nobody dropped {thing}.
        From a window somebody threw flowers, and a pot.
        The hill was steep here, and two took it together.
        One could follow {thing} by the shouting.
        """
    ),
    late=lines(
        """
        The sun was on the ridge.
        {Boss} had left his cart and was running.
        By now {thing} was warm from so many hands.
        Behind them the road was black with people.
        No one was joking any more.
        There were four bends left, and then three.
        A stone in the road was kicked aside in time.
        Old men walked faster than they had for years.
        The roof of {place} could be seen.
        The drum had stopped, to save breath.
        """
    ),
    crisis=blocks(
        """
        At the very last bend stood {boss}, out of breath, with both arms stretched out.
        "Sold," he said, "name what you like."
        {P} did not even slow down.
        "{thing} was never lost," {p_he} said, "it was only in use," and walked round him.

        Ten steps before {place} {hero} stumbled, and {thing} rolled, and {boss} put his foot on it.
        It was quiet for as long as one can hold one's breath.
        Then all those who had ever owned {thing} came up the road behind, and they did not stop.
        He looked at the first of them, and at the last of them, and took his foot away.
        """
    ),
    ending=blocks(
        """
        {thing} went into its place with a sound that everyone remembered.
        {Boss} sold the mule and went home by the coach.

        It fitted, though it had been a hammer, a weight and a toy in between.
        Nobody saw {boss} leave, because nobody was looking.
        """
    ),
    closings=lines(
        """
        The stove of {hero} rocks again, and nobody is allowed to mend it.
        As for the short leg of the stove, somebody put a turnip under it.
        {P} slept for two days, and when {p_he} woke up the stove had been mended with a brick.
        """
    ),
)
