"""Connective narrative: sentences that state no fact. Slots as in `frames`."""

from __future__ import annotations

ARRIVALS: tuple[str, ...] = (
    "It rained all the way, and the list had to travel under a hat.",
    "The sun came out, and the road was nothing but dust.",
    "From a bend in the path {P} saw smoke and walked faster.",
    "The next door stood open, which seemed a good sign.",
    "At the next door nobody answered until the third knock.",
    "Somebody had already told the next house that a visitor was on the way.",
    "Part of the way {P} was given a lift on a cart.",
    "Early next day the mist lay so low that the fence posts seemed to float.",
    "Two doors in a row stayed shut, and {P} almost went past the third.",
    "A child with a hoop showed the way for a slice of bread.",
    "Further on, the path went over stepping stones, and two of them were loose.",
    "What came next was a hill that did not want to end.",
    "The wind blew against {P} for a whole mile.",
    "The lamps were being lit, and there was still one house to try.",
    "Nothing but a stubborn gate stood between {P} and the next name.",
    "Over the following hedge somebody was whistling.",
    "Behind the churchyard the path divided, and {P} went left.",
    "The morning began well, with sun and a borrowed apple.",
    "With a hole in one shoe, {P} stopped to stuff it with straw.",
    "Two guards were watching the main road, so {P} took the sheep track.",
    "On the next doorstep sat a boy who wanted to know everything.",
    "A bell was ringing somewhere when {P} came to the next door.",
    "For half a day there was not a single house on the road.",
    "The next visit was one that {P} had put off for as long as possible.",
)

FIRST_DOOR: tuple[str, ...] = (
    "{P} began with the nearest door.",
    "The first door was the nearest one.",
    "It seemed wise to start with an easy door.",
)

TRICKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "Then the list was stolen.",
            "Two of the guards took it at the crossroads and threw it into the river.",
            "{P} wrote it out again from memory, every name and every arrow, on the back of "
            "{p_his} only letter from home.",
        ),
        "The list in {p_his} hand was written on the back of a letter from home.",
    ),
    (
        (
            "Meanwhile {boss} had not been idle.",
            "On every barn hung a paper saying that the day in the Long Hall had been put off.",
            "{P} spent a whole night tearing the lie down, and a nail went into {p_his} thumb.",
        ),
        "The thumb that the nail had torn was still in a bandage.",
    ),
    (
        (
            "Next came a flood, and it took the footbridge.",
            "A neighbour with a long rope helped {P} across, hand over hand.",
            "The list stayed dry, but the river kept {p_his} hat, and it had been a good one.",
        ),
        "Without the good hat, {p_his} forehead had been burnt red on the way.",
    ),
    (
        (
            "Soon there was a rumour that {P} was being paid for this.",
            "Doors that had been open the day before were shut.",
            "On the village green {P} turned out all pockets, which raised a laugh and some trust, "
            "but one old friend never greeted {p_him} again.",
        ),
        "An old friend in the third row looked away.",
    ),
    (
        (
            "One evening {boss} came in person.",
            "He offered {P} a house with nine windows if the list went into the fire.",
            '"I have a window," said {hero}, and showed him the road.',
            "By morning that window had been broken with a stone.",
        ),
        "At home the broken window was still stuffed with straw.",
    ),
    (
        (
            "That week {P} fell ill and lost three whole days.",
            "The fever talked in the voice of {boss} and said that it was too late.",
            "On the fourth morning {P} got up and went on with a stick, and the cough stayed.",
        ),
        "Before and after the oath came the cough, left over from that week of fever.",
    ),
    (
        (
            "Someone had locked the Long Hall and thrown away the key.",
            "{Boss} regretted it very much, he said, with a smile.",
            "Two boys went in through the roof that night and took the door off its hinges, and "
            "one of them broke an arm.",
        ),
        "In the doorway without a door stood a boy with his arm in a sling, and he cheered.",
    ),
)
"""What goes wrong on the road, and the trace of it that is still seen in the hall."""

BETRAYALS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        (
            "On the evening before {day} {P} saw something through the window of the inn.",
            "{N} was sitting across from {boss}, and a bag of silver lay between them.",
            "At the gate {hero} waited for the one who had the bag.",
            '"I have counted on you," said {hero}, "and I still do," but {S} walked by without a '
            "word.",
        ),
        (
            "The last red light lay on the sill when there were steps outside.",
            "Over the threshold came {N}, out of breath, and threw a bag of silver at the feet of "
            "{boss}.",
            '"I counted it all night," {S} said, "and could not forget who had counted on me."',
        ),
    ),
    (
        (
            "On the evening before {day} a small boy brought bad news.",
            "{N} had been given a new red coat by {boss}, to stay at home.",
            "{P} went to that house once more, and nobody opened.",
            "So a copy of the list stayed behind on the step, and {hero} had not struck out the "
            "name.",
        ),
        (
            "The clerk dipped his pen and waited, and outside the light was going.",
            "With the very last of it came {N}, with a red coat over one arm.",
            '"It does not fit," {S} said, and laid it before {boss}, "and my name is still on the '
            'list."',
        ),
    ),
    (
        (
            "On the evening before {day} a note was pushed under the door.",
            '"I cannot come," it said, "for {boss} has promised me a field," and it was signed by '
            "{N}.",
            "{P} walked through the dark to that house, and the door stayed shut.",
            '"There is one place on the bench that is yours," said {hero} to the keyhole, "and I '
            'shall keep it free."',
        ),
        (
            "The sun was touching the hills, and {boss} had already reached for his hat.",
            "Then the crowd at the back parted, and {N} came through it with a red face.",
            '"I heard every word through the keyhole," {S} said, "and I do not want his field."',
        ),
    ),
)
"""How a promise is bought, with what the hero does about it; and the return, with the reason."""

HALL_OPENING: tuple[tuple[str, ...], ...] = (
    (
        "When the day came, the Long Hall was full to the doors.",
        "{Boss} sat in front with a gold watch, and at a small table beside him sat the clerk with "
        "the roll.",
    ),
    (
        "Nobody in the valley worked on {day}.",
        "They stood along the walls of the Long Hall, and {boss} had the best chair.",
        "At a small table the clerk was sharpening his pen for the roll.",
    ),
    (
        "The day came, and it was hot.",
        "In the Long Hall the windows stood open, and people sat on the sills.",
        "{Boss} had brought his six guards, and the clerk had a table and a very long roll.",
    ),
)

HALL_FIRST: tuple[str, ...] = (
    "Somebody had to be the first, and it was {hero}.",
    "For a while nobody wanted to begin, and so {hero} did.",
    "The first to step forward was {hero}.",
)

HALL_GROUPS: tuple[str, ...] = (
    "After that the next {group} came up together, as if the road were narrow.",
    "Then {group} neighbours stood up at once, and the clerk asked them to take turns.",
    "Another {group} had shared a road that morning, and now they shared a table.",
    "Along the wall {group} had been nudging one another, and at last they went.",
    "Now it was easier, and {group} more got in line.",
    "From the bench by the stove rose {group} who had sat there since dawn.",
    "By this time {group} were waiting with their sleeves rolled up.",
    "The clerk asked for the next {group}, to save his breath.",
)
"""Said before some swear in a row; `{group}` is how many."""

HALL_EARLY: tuple[str, ...] = (
    "A murmur went along the benches.",
    '"Next," said the clerk.',
    "Somebody at the back began to clap and was hushed.",
    "The pen scratched, and a second sheet was fetched.",
    "One of the guards yawned.",
    "The clerk asked for more ink.",
    "{Boss} whispered something to the nearest guard.",
    "Two old men nodded to each other.",
    "From the gallery came a cheer.",
    "A baby cried and was carried out.",
    "Slowly the roll was filling up.",
    "Nobody clapped yet, but a few hands were ready.",
)

HALL_LATE: tuple[str, ...] = (
    "{Boss} looked at his watch.",
    "Outside, the shadows were growing longer.",
    "By now {boss} had stopped smiling.",
    "The light in the windows had turned yellow.",
    "Now nobody was whispering any more.",
    "Every head turned to the door, and the door stayed empty.",
    "One place on the front bench was still free, and {hero} kept looking at it.",
    "Old people were crying, and did not hide it.",
    "The clerk moved his table nearer to the window.",
    "Nobody went out for bread or beer.",
)

HALL_MISSING: tuple[str, ...] = (
    "That made {sworn}, which was one too few.",
    "The clerk counted {sworn} oaths, and the law wanted {count}.",
    "There were {sworn} oaths on the roll now, and {count} were needed.",
)

HALL_NEXT_BENCH: tuple[tuple[str, ...], ...] = (
    (
        "When one bench was empty, the next began to fill.",
        "Bread was handed round, and the clerk stretched his fingers and went on.",
    ),
    (
        "The bell rang for another hour.",
        "{Boss} had sent for wine, and {hero} had sent for water.",
    ),
    (
        "A cloud came over the hills and went away again.",
        "Inside, hardly anyone had noticed it.",
    ),
    (
        "Somebody fetched more chairs.",
        "So far nobody had gone home.",
    ),
)

TITLES: tuple[str, ...] = (
    "The Road Upstream",
    "Doors",
    "Long Roads",
    "The Far Side",
    "Names and Arrows",
    "The Long Way Round",
    "Harder Names",
    "Kettles and Fences",
)
LAST_TITLE = "The Last Names"
