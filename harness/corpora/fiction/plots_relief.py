"""The tale of people who are cut off, and of those who mean to get through to them."""

from __future__ import annotations

from harness.corpora.fiction.plots_relief_stakes import STAKES
from harness.corpora.fiction.plots_spine import Spine, blocks, lines

RELIEF = Spine(
    name="relief",
    titles=("Cut Off", "The Sign on the Other Side", "After the Storm"),
    legs=("What People Have", "Rope", "Carts and Sacks", "Another Day Gone", "By Lantern Light"),
    last_leg="The Night Before",
    finale="The Crossing",
    stakes=STAKES,
    rules=blocks(
        """
        They could give {boss} {price}, or they could get across {gap} by themselves, and they \
        had until {day}.
        For that one needed rope, bread, and {count} pairs of hands.

        {price}, that was the price, and nobody could pay it and live.
        Without {boss} it would take {count} people, one beside the other, and {day} was the last \
        on which it was of any use.
        """
    ),
    resolve=blocks(
        """
        {P} emptied the barn and wrote with chalk on the door what was wanted.
        Whatever was promised would be crossed out, until nothing was left to be read.

        "If nobody has a bridge," said {hero}, "everybody has a piece of one."
        {P} borrowed a cart and went to get the pieces.
        """
    ),
    first=lines(
        """
        {P} stopped the cart at the first house that had smoke.
        The first to be asked was the one with the strongest back.
        """
    ),
    meetings=blocks(
        """
        {S} gave a hundred yards of rope and asked for ninety back.
        The last ten yards, {he} said, were for luck.
        It was the rope of {O} that had gone across behind the arrow.

        {S} had flour, three sacks, and had been keeping it for the spring.
        "Spring can wait," {he} said, and helped to load it.
        The three sacks went past {O}, who patted each of them as one pats a calf.

        The cellar of {O} was full of lamp oil.
        {S} filled every can in the house, and the watering can too.
        Over the whole place burned lamps with the oil of {O}.

        {S} could give nothing but {his} shoulders.
        They were wide enough to stop the light in the door.
        Where the pull was worst stood {S}, and did not move.

        {S} had blankets, and each of them smelt of lavender.
        {S} counted them twice, from fear that it might be one too few.
        The blankets of {O} went over dry, inside a pickle barrel.

        {S} thought that {boss} should be paid, and said so.
        Then {he} asked what bread cost, and how many children there were, and got {his} hat.
        {S} did not say again that somebody should be paid.

        {S} knew {gap} as other people know their kitchen.
        {S} drew it on the table with a finger and some beer, with a cross where it was narrow.
        They stood where {S} had put the cross, and it was narrow, as {he} had said.

        {S} was mending a net and did not look up.
        "Forty feet by twelve," {he} said in the end, "it will hold a bull, and so it will hold a \
        child."
        Under the rope hung the net of {O}, in case.

        The cart broke down before the house of {O}, and {he} laughed at first.
        Then {he} took the wheel off {his} own cart and put it on.
        On the wheel that {S} had lent, the last load had come.

        {S} had lost somebody that way once and would not go near it.
        But {he} would cook, {he} said, and there would be soup day and night.
        Day and night there had been soup, and {S} had still not looked across.

        {S} promised two planks and brought the whole floor.
        It had been a draughty floor, {he} said.
        The floor of {O} lay across the worst of it, nail holes and all.

        {S} wanted to know who would look after the hens.
        A list was made for the hens, with days and hours.
        It was the turn of somebody else to feed the hens, so {S} could stay to the end.

        {S} had a mule that went where it liked.
        It happened to like carts going uphill.
        The mule of {O} had brought the anchor stone, and stood now with its eyes shut.

        At the house of {O} they were just sitting down to eat.
        {S} looked at the bread, wrapped it up, and handed it over with the knife in it.
        One of the loaves had a knife in it, and {S} waved when it went by.

        {S} had once been to sea, in places that nobody else had heard of.
        {S} knew eleven knots, and which of them can be trusted.
        Every knot that held that night had been tied or scolded by {O}.

        {S} was afraid that it was too late already.
        "Then we shall be late together," said {hero}, and that was enough.
        "We are not late," said {S}, who had been counting the minutes aloud.

        {S} offered a church bell, or the loan of it, to give the beat.
        It had been standing in the barn since the fire.
        The bell of {O} gave the beat, and they pulled when it rang.

        {S} signed for nothing, promised nothing, and shut the window.
        In the morning there were twelve lanterns on {his} step, trimmed and filled.
        Twelve lanterns hung in a row, and {S} said that {he} had never seen them before.

        Medicine was what {S} thought of, and nobody else had.
        {S} packed it in wool: something for fever, something for coughs, something for fear.
        A small box in wool went over before the bread, and {S} breathed out.

        {S} would come if {he} could go over second.
        {hero} looked at {him} for some time and wrote it down.
        Second of all, as agreed, {S} had gone over, hand over hand, and tested every knot.
        """
    ),
    partings=lines(
        """
        On the barn door another line was crossed out.
        The cart was heavier by that much, and slower.
        {P} chalked a stroke on the side of the cart.
        Another day had gone, and the list on the barn door was still long.
        From the hill {p_he} looked for the sign on the other side, and it was still there.
        Bread was given for the road, and it went into the sack with the rest.
        {P} walked beside the cart to spare the axle.
        The chalk was wearing down.
        """
    ),
    obstacles=blocks(
        """
        On the second day {boss} had the way to {gap} closed, for reasons of safety.
        A chain was hung across it, with a guard at each end.
        {P} took the load round by the quarry at night and left a wheel there, and some skin.
        The skin on both hands of {hero} was gone, and somebody had wound a scarf round them.

        It rained on the sacks, and by evening half the flour was paste.
        For an hour {P} sat under the cart and said nothing at all.
        Then {p_he} began to bake, in every oven that would light, until the paste was bread.
        The bread was flat and burnt, for it had been baked out of paste in a single night.

        {Boss} bought rope wherever there was any, and burnt it behind his house.
        One could smell it for miles.
        That evening the women of the valley cut up their curtains and began to plait.
        Between the ropes of hemp there was one of curtains, with roses on it.

        A man came with news that they had all been fetched out already, by the other side.
        People unloaded, shook hands, and went home.
        {P} went up to look, and there was the sign as before, and under it somebody small, waving.
        The man with the false news had been seen in the kitchen of {boss}, and was seen no more.
        """
    ),
    low=blocks(
        """
        They tried it on the evening before, with ladders, and the ladders came to pieces.
        Nobody was lost, but the rope was, and with the rope went the heart of most of them.
        {P} stayed behind alone with a lantern and held it up until {p_his} arm shook.
        On the other side another lantern was held up, and it was shaking as well.

        The night before {day} the sign on the other side was gone.
        Some said that it was over, and began to look for their hats.
        {P} put {p_his} hands to {p_his} mouth and shouted until there was no voice left.
        Very thin, and a long time after, something was heard that might have been a hymn.
        """
    ),
    opening=blocks(
        """
        On {day} it was hardly light when they stood at {gap}, the whole load in a row.
        {Boss} had come to watch, with a folding chair and an umbrella.
        Whoever had promised something had brought it, and a pledge as well.
        An arrow took a thread across, the thread took a string, and the string took the rope.
        {hero} went over first, hand over hand, and made it fast.

        It was {day}, and at {gap} one could not hear one's own voice.
        {Boss} was there too, and named his price again, a little lower.
        Nobody turned round.
        They shot an arrow over with a thread on it, and after the thread went string and rope.
        Somebody had to be the first on it, and it was {hero}, with the lantern on {p_his} belt.
        """
    ),
    early=lines(
        """
        They took their places, an arm's length apart.
        The first sack started on its way.
        "Pull," somebody said, and they pulled.
        The rope ran through all those hands.
        A gust came down, and they shut their eyes.
        A sack slipped and was caught with a foot.
        On the other side a figure was jumping up and down.
        Nobody looked down.
        {Boss} moved his folding chair a little further back.
        A knot jammed and was talked to.
        Somebody counted, and somebody else counted differently.
        Soup went along the line the other way.
        """
    ),
    late=lines(
        """
        The wind was rising, or the light was going, or both.
        By now nobody felt any hands.
        {Boss} had folded his chair.
        There was a crack somewhere, and everyone held on.
        The smallest of them came over in a basket and wanted to go again.
        A cheer began on the other side and did not stop.
        The line had to close up, because some could no longer stand.
        They were down to the last load.
        An old man came over backwards, with his eyes on where he had lived.
        Not one of them let go.
        """
    ),
    crisis=blocks(
        """
        With the last of them on the rope, the anchor stone began to move.
        {hero} threw {p_him_self} on it, and it moved on, with {p_him} on top.
        Then there was a weight beside {p_him}, and another, and it was {boss}, without his coat.
        "I can count too," he said into the wind, and the stone stood still.

        The last one on the other side was the oldest, and would not let go of the post.
        "You go home," came the voice across, "I have lived here long enough."
        So {hero} went over, hand over hand, and sat down there as if there were time.
        What they said to each other nobody heard, but then the two of them came back on one rope.
        """
    ),
    ending=blocks(
        """
        Of his price {boss} never spoke again.
        He was given soup like everybody else, and a place by the fire.

        Nobody had paid anything, and nobody had been lost.
        {Boss} went away in the night, and left the umbrella.
        """
    ),
    closings=lines(
        """
        The chalk on the barn door of {hero} has been left where it is, and it says nothing.
        {P} gave back ninety yards of rope, and was shouted at for the knots.
        When it was over {P} slept standing up, like a mule.
        """
    ),
)
