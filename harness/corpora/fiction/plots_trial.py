"""The tale of somebody who is accused, and of what the neighbours saw that night."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Spine, blocks, lines
from harness.corpora.fiction.plots_trial_stakes import STAKES

TRIAL = Spine(
    name="trial",
    titles=("The Tower", "A Short Day in Court", "What Was Said on Sunday"),
    legs=("What Was Seen", "Asking", "A Night in Pieces", "Threads", "Who Was Awake"),
    last_leg="Before the Assize",
    finale="The Court",
    stakes=STAKES,
    rules=blocks(
        """
        Judgement would be given on {day}, and {boss} needed no more witnesses.
        But the law is that whoever saw anything may come and say it, on an heirloom, and must be \
        heard to the end.
        "Nobody saw anything," said {boss}, and he made it sound like advice.

        The judge would come on {day}, and would stay for an hour.
        In that hour anyone might speak who laid an heirloom on the table for the truth of it.
        {Boss} had let it be understood that those who spoke would do well to have paid their rent.
        """
    ),
    resolve=blocks(
        """
        {P} did not believe a word of it and could prove nothing.
        Everybody had been asleep that night, as they said, and yet everybody knew how loud the \
        owls had been.
        So {hero} made a map of the night, with a pin for each hour, and went to ask who had \
        heard the owls.

        "That night is lying about in pieces," said {hero}, "and somebody has to pick them up."
        It was best to ask not what they had seen, but why they had been awake.
        """
    ),
    first=lines(
        """
        {P} began with somebody who never slept.
        The first to be asked was one who was always at the window.
        """
    ),
    meetings=blocks(
        """
        {S} had been awake with a bad back that night.
        About midnight a cart had gone by, and one of its wheels had squeaked.
        "It squeaked," said {S}, and did the squeak so well that the judge looked at the door.

        {S} had seen a light on the hill, and it was green.
        Nobody in the valley had a lantern with green glass.
        For green {S} pointed at a ribbon, so that there should be no mistake.

        {S} had got up to let the animals out and had smelt aniseed.
        {S} could not say why that should matter, but {hero} put in a pin.
        {S} spoke of aniseed, and several people sniffed.

        {S} had found a button on the road, and it was a fine one, with an anchor on it.
        {S} gave it up only against a receipt.
        {S} stood there with the receipt in one hand and the button in the other.

        It was {S} who had met {accused} that night, two miles from where it happened.
        Until now nobody had wanted to know, and {he} was not one to push.
        "Two miles off, at midnight," said {S}, "and we wished each other a good night."

        {S} had heard somebody count, slowly, in a voice that was used to it.
        At nineteen it had stopped and begun again.
        {S} counted to nineteen for the judge, in that voice, and somebody in front grew red.

        {S} had noticed the knot on the gate and had left it as it was, because it was strange.
        It was tied with the left hand.
        {S} laid the knot itself on the table, gate and all.

        In the window of {O} one sees the whole bridge, and on it there had been a man with a \
        limp.
        {S} had thought that it was the cold.
        {S} limped across the court as that man had limped across the bridge.

        {S} had seen nothing, but {his} hens had not laid for two days after it.
        "Something went past them that they did not know," {he} said, and that was a pin as well.
        People laughed at the hens of {O}, and then they thought about it.

        What {S} knew {he} knew from the smith, who had shod a mule at five in the morning.
        The mule had come a long way, and was called Duchess.
        "Duchess," said {S}, and outside a mule answered.

        {S} was afraid and said so.
        After {hero} had sat there for an hour without asking, {he} fetched a glove from the shed.
        It was a right-hand glove that {S} had brought, quite unworn.

        {S} could only say when the rain had begun, because of the washing.
        That was a quarter to one, and so the tracks had to be older.
        The judge asked {O} twice about the washing, and wrote down both answers.

        {S} had seen the same cart on the evening before, empty, with its shafts to the hill.
        Somebody had been measuring something with steps.
        {S} showed how long those steps had been.

        {S} thought that {accused} had done it, as everyone did.
        On being asked why, {he} opened {his} mouth, and after a time {he} shut it.
        {S} said only that {he} had been mistaken, and that this was also evidence.

        {S} had been out that night on business which was no concern of anyone's.
        There were eels in the bath, and {hero} did not look at them.
        It cost {O} a fine for eels to say where {he} had stood, and {he} said it.

        {S} had lain awake because of the moon and knew that the tower clock had struck thirteen.
        For that somebody must have leant on the rope.
        {S} struck thirteen on the rail with a spoon.

        A letter had been left at the house of {O} by mistake that week.
        It was about money that was due, to a man who was said to have plenty.
        The letter was read aloud, and {S} held the lamp.

        {S} remembered a voice that swore in a foreign way.
        {S} did not wish to repeat it, and wrote it on a slate for the deaf.
        On the slate of {O} stood a word that the judge had rubbed out at once.

        {S} had a sore throat and had been gargling at the window, with a view of everything.
        A cloak had caught on the fence, and had been torn off in a temper.
        {S} held up a piece of cloak, and it was good cloth.

        {S} was blind in one eye and had seen more than most.
        Two had gone up the lane and one had come down, {he} said, with longer steps.
        {S} covered the bad eye and swore to what the good one had seen.
        """
    ),
    partings=lines(
        """
        {P} put another pin into the map.
        There were pins by now from the church to the bridge.
        At the corner a man in good boots took out a notebook.
        So one more person had not been asleep.
        {P} thanked for it, and was asked not to say from whom it came.
        From a pin to a pin {hero} drew a thread.
        It did not fit together yet.
        Everybody mentioned the owls, and how loud they had been.
        """
    ),
    obstacles=blocks(
        """
        One morning the map was gone from the wall, and all the pins lay on the floor in a row.
        On the table lay a purse with twenty crowns in it, and no letter.
        {P} carried the purse to the poor box, in daylight, by the longest way.
        Behind {hero} sat the warden of the poor box, who had brought the purse.

        Then three of the witnesses could not remember anything any more.
        Each of the three had a new notice from {boss} about the rent.
        {P} sold {p_his} boat, paid what could be paid, and asked nothing for it.
        The three whose rent had been paid sat in the first row, close together.

        {P} was taken to the tower for asking too many questions.
        For two nights {p_he} sat wall to wall with {accused}, who knocked to keep {p_him} \
        company.
        On the third morning the jailer found the door open and took care not to ask.
        The jailer was looking at the ceiling.

        A sermon was preached against gossip, and {boss} had paid for the candles.
        After it nobody greeted {hero} on the steps.
        Only the sexton held {p_him} back, and whispered that the clock had been an hour out.
        The sexton nodded from the door whenever the clock was mentioned.
        """
    ),
    low=blocks(
        """
        On the eve of {day} all the pins were in, and still there was a hole in the map, at one in \
        the morning.
        {P} had the squeak, the lantern and the button, but not one pair of eyes.
        Someone had been there, for someone always is, and was too frightened to say so.
        {hero} wrote on a card, "I only want to know why you were awake," and pinned it to the \
        tower.

        The day before {day} it was said that {accused} had confessed.
        {P} ran to the tower, and it was true: there was a paper with a cross under it.
        But {accused} could write a name, and {hero} had seen it.
        So somebody else had made that cross, and somebody might have been awake again.
        {P} wrote on a card, "I only want to know why you were awake," and pinned it to the tower.
        """
    ),
    opening=blocks(
        """
        On {day} the court was so full that the judge had to climb in by the window.
        {Boss} had put his papers in order and his watch beside them.
        "One hour," he said, "and no one to be heard."

        The judge sat down, yawned, and asked whether anybody had anything to say.
        {Boss} was already closing his folder.
        Then a bench scraped, at the very back, and another in front of it.
        """
    ),
    early=lines(
        """
        The clerk turned over a new leaf.
        {Boss} objected, and the judge scratched his ear.
        "Next," said the judge, and sat up a little.
        Somebody coughed with excitement.
        The map hung on the wall, and a pin was moved.
        In the dock somebody had begun to listen.
        {Boss} smiled at the ceiling.
        A thread was pulled tight.
        It was noticed that nobody had been asleep at all.
        The fly on the window could be heard.
        The clerk asked how that was spelt.
        The judge forgot to look at the clock.
        """
    ),
    late=lines(
        """
        {Boss} put his watch back into his pocket.
        The threads on the map were running towards one point.
        The hour was over long ago, and the judge said nothing about it.
        In the yard a mule was stamping.
        {Boss} looked at his left glove.
        Nobody in the court was leaning back any more.
        The clerk had ink up to the elbow.
        Somebody in front wished to leave and found no way through.
        The judge asked for a glass of water, and got aniseed cordial by mistake.
        All that was missing was one o'clock.
        """
    ),
    crisis=blocks(
        """
        "And at one o'clock?" asked the judge, and there it was, the hole in the map.
        From behind the stove came the jailer's small girl, and in her hand was the card from \
        the tower.
        "I was awake because I was hungry," she said, "and it was him," and she pointed.
        {Boss} rose, and at his first step one heard that he limped, and at his second that it was \
        quiet.

        When everyone had spoken, {hero} took the last thread and drew it from the one o'clock pin \
        to the chair of {boss}.
        "Chance," said he, and reached for his hat, and he reached for it with the left hand.
        The coat came open, and everyone could count: there were five buttons on it, with anchors, \
        and a sixth was missing.
        """
    ),
    ending=blocks(
        """
        {Boss} was led to his own cart, and when it moved off, one of its wheels squeaked.
        From the tower {accused} was fetched in the judge's own chair.

        "Free," said the judge, and it took him only one word.
        {Boss} left the valley between two constables, and Duchess had to pull.
        """
    ),
    closings=lines(
        """
        The map with its pins is still in the court, and nobody may dust it.
        It is said that people in the valley have slept badly ever since, in case they are needed.
        {P} slept that night, and heard no owls.
        """
    ),
)
