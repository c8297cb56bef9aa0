"""Connective narrative: sentences that state no fact. Slots as in `frames`."""

from __future__ import annotations

ARRIVALS: tuple[str, ...] = (
    "It rained all the way, and the list had to travel under a hat.",
    "By noon the road was nothing but dust.",
    "From a bend in the path {P} saw smoke and walked faster.",
    "The next door stood open, which seemed a good sign.",
    "At the next door nobody answered until the third knock.",
    "Somebody had already warned the next house that visitors were coming.",
    "A cart gave {P} a lift as far as the crossroads.",
    "Early next day the mist lay so low that the fence posts seemed to float.",
    "After two refusals at other doors, {P} almost went past the next one.",
    "A child with a hoop showed the way for a slice of bread.",
    "Further on, the path went over stepping stones, and two of them were loose.",
    "What came next was a hill that did not want to end.",
    "The wind was against {P} all that afternoon.",
    "In the evening there was one more house to try.",
    "Nothing but a stubborn gate stood between {P} and the next name.",
    "Over the following hedge somebody was whistling.",
    "Behind the churchyard the path divided, and {P} went left.",
    "The morning began well, with sun and a borrowed apple.",
    "One of the shoes had a hole by then, and {P} stuffed it with straw.",
    "There were guards on the main road, so {P} took the sheep track.",
    "On the next doorstep sat a boy who wanted to know everything.",
    "A bell was ringing somewhere when {P} came to the next door.",
    "Half a day went by without a single house.",
    "The next visit had been put off for as long as possible.",
)

FIRST_DOOR: tuple[str, ...] = (
    "{P} began with the nearest door.",
    "The first door was the nearest one.",
    "It seemed wise to start with an easy door.",
)

TROUBLES: tuple[tuple[str, str], ...] = (
    (
        "{S} had quarrelled with half the valley and doubted that anyone would want {him} there.",
        '"They will want you on the day," said {hero}.',
    ),
    (
        "At first {S} would not hear of it, since {boss} was a customer.",
        "Yet when {hero} had gone three steps down the road, {he} called out that {he} would come.",
    ),
    (
        "{S} was afraid of speaking in front of people.",
        "They practised the oath together until the kettle boiled.",
    ),
    (
        "For one long minute {S} only asked who else had promised.",
        "The list was short, but {he} read it with respect and added {his} own name.",
    ),
    (
        "{S} owed nothing to anybody, and for that very reason had never thought of those who did.",
        "Now {he} thought of them, and gave {his} word.",
    ),
    (
        "To {hero} it seemed that {S} had been waiting for someone to knock.",
        "The promise was given before the question was finished.",
    ),
    (
        "{S} wished to be asked properly, with a chair and a glass of cider.",
        "So {hero} sat down, drank, and asked properly.",
    ),
    (
        "What {S} feared was the walk, not {boss}.",
        "They agreed on a neighbour with a cart, and that was settled.",
    ),
    (
        "{S} had once been cheated by {boss} and had never told a soul.",
        "It needed no persuading, only somebody to ask.",
    ),
    (
        "First {S} wanted help with a fence that had fallen down.",
        "When the last post stood, {he} shook hands on it.",
    ),
    (
        "{S} laughed at the whole plan and called it a fine way to get into trouble.",
        "Then {he} asked at what hour {he} should be there.",
    ),
    (
        '"Why should I?" {S} asked, and shut the door.',
        "A moment later it opened again, because {he} had thought of a reason.",
    ),
)

PROMISES: tuple[str, ...] = (
    "That was one more name on the list.",
    "{P} left with a promise and a heel of cheese.",
    "The pencil was getting short, but the list was getting long.",
    "Neither of them mentioned how many names were still missing.",
    "Before the door closed there was a handshake on it.",
    "It was the easiest yes of the week.",
    "{P} thanked everyone in the house and went on.",
    "Outside, {P} made a cross on the paper.",
)

TRICKS: tuple[tuple[str, ...], ...] = (
    (
        "Then the list was stolen.",
        "Two of the guards took it at the crossroads and threw it into the river.",
        "{P} sat down on a stone and wrote it out again from memory, every name and every arrow.",
    ),
    (
        "Meanwhile {boss} had not been idle.",
        "On every barn hung a paper saying that the day in the Long Hall had been put off.",
        "It was a lie, and {P} spent a whole night tearing it down again.",
    ),
    (
        "Next came a flood.",
        "The river took the footbridge, and the far side of the valley was cut off.",
        "A neighbour with a long rope helped {P} across, hand over hand.",
    ),
    (
        "Soon there was a rumour that {P} was being paid for this.",
        "Doors that had been open the day before were shut.",
        "There was nothing for it but to turn out all pockets on the village green, and that "
        "raised a laugh, two buttons, and some trust.",
    ),
    (
        "One evening {boss} came in person.",
        "He offered {P} a house with nine windows if the list went into the fire.",
        '"I have a window," said {P}, and showed him the road.',
    ),
    (
        "That week {P} fell ill and lost three whole days.",
        "The fever talked in the voice of {boss} and said that it was too late.",
        "On the fourth morning {P} got up, drank some broth, and went on with a stick.",
    ),
    (
        "Someone had locked the Long Hall and thrown away the key.",
        "{Boss} regretted it very much, he said, with a smile.",
        "Two boys went in through the roof that night and took the door off its hinges.",
    ),
)

BETRAYALS: tuple[tuple[str, ...], ...] = (
    (
        "The next evening {P} saw something through the window of the inn.",
        "{N} was sitting across from {boss}, and a heavy bag lay between them.",
        "The bag went into a coat, and two hands were shaken.",
        "So one of the promises had been bought.",
    ),
    (
        "The next day a small boy brought bad news.",
        "He had seen {N} come out of the house of {boss} with a new hat and a full pocket.",
        "Paid to stay at home, the boy said.",
        "{P} did not strike the name off the list, but looked at it for a long time.",
    ),
    (
        "On the eve of the day a note was pushed under the door.",
        '"I cannot come," it said, "he has promised me land," and it was signed by {N}.',
        "{P} read it three times and did not sleep.",
        "Without that one voice all the rest was wasted.",
    ),
)

RETURNS: tuple[tuple[str, ...], ...] = (
    (
        "One voice was missing, and everyone knew whose.",
        "The last red light lay on the sill when the door flew open.",
        "There stood {N}, out of breath, and threw a bag of silver at the feet of {boss}.",
        '"I counted it all night," {S} said, "and it never came to enough."',
    ),
    (
        "All but one had sworn, and the sun was touching the hills.",
        "{Boss} had already reached for his hat.",
        "Then the crowd at the back parted, and {N} came through it with a red face.",
        '"He bought me," {S} said, "but I am giving him back his money."',
    ),
    (
        "Only one place on the bench was empty.",
        "The clerk dipped his pen and waited, and outside the light was going.",
        "With the very last of it came {N}, bareheaded and ashamed.",
        '"I was told that nobody would miss me," {S} said, and the whole hall cried out that this '
        "was false.",
    ),
)

HALL_OPENING: tuple[tuple[str, ...], ...] = (
    (
        "On the day itself the Long Hall was full to the doors.",
        "{Boss} sat in front with a gold watch, and beside him sat the clerk with the roll.",
    ),
    (
        "Nobody in the valley worked that day.",
        "They stood along the walls of the Long Hall, and {boss} had the best chair.",
        "At a small table the clerk was sharpening his pen.",
    ),
    (
        "The day came, and it was hot.",
        "In the Long Hall the windows stood open, and people sat on the sills.",
        "{Boss} had brought six guards, and the clerk had brought a very long roll.",
    ),
)

HALL_LINES: tuple[str, ...] = (
    "A murmur went along the benches.",
    '"Next," said the clerk.',
    "{Boss} looked at his watch.",
    "Somebody at the back began to clap and was hushed.",
    "{P} moved a finger down the list.",
    "The pen scratched, and the pile of sand on the table grew.",
    "One of the guards yawned.",
    "For a moment nobody moved.",
    "Outside, the shadows were growing longer.",
    "The clerk asked for more ink.",
    "{Boss} whispered something to the nearest guard.",
    "That got a laugh, even from the guards.",
    "There was a cough, and then the next pair of boots.",
    "From the gallery came a cheer.",
    "Old people were crying, and did not hide it.",
    "By now {boss} had stopped smiling.",
    "A baby cried and was carried out.",
    "Someone opened another window.",
    "The bench creaked, and the next one came forward.",
    "Now nobody was whispering any more.",
    "{P} breathed out.",
    "Slowly the roll was filling up.",
    "It went faster after that.",
    "The roll was turned over to a fresh side.",
)

HALL_NEXT_DAY: tuple[tuple[str, ...], ...] = (
    (
        "When the lamps burned low, half of them were still waiting.",
        "Bread was handed round, and the clerk stretched his fingers and went on.",
    ),
    (
        "The bell rang for another hour.",
        "{Boss} had sent for wine, and {P} had sent for water.",
    ),
    (
        "A storm came over the hills and went away again.",
        "Inside, hardly anyone had noticed it.",
    ),
    (
        "Somebody fetched more chairs.",
        "So far nobody had stumbled over the words of the oath.",
    ),
)

TITLES: tuple[str, ...] = (
    "The Road Upstream",
    "Doors",
    "Long Days",
    "The Far Side",
    "Arrows",
    "The Long Way Round",
    "Harder Names",
    "Before the Day",
)
