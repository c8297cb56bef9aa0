"""What happens at a door: why somebody hesitates, how they come round, and what recalls it later.

Slots as in `harness.corpora.fiction.frames`; `{C}` is the person to whom money is owed.
"""

from __future__ import annotations

DEBTS: tuple[tuple[str, str, str], ...] = (
    (
        "{S} owed money to {C} and could not have paid it in a week.",
        '"Nobody asks you to pay today," said {hero}, and drew an arrow on the list.',
        "who could not have paid in a week",
    ),
    (
        "{S} owed money to {C}, and {boss} had reminded {him} of it that very morning.",
        '"Come all the same," said {hero}, and after some thought {S} promised.',
        "whom {boss} had taken such care to remind",
    ),
    (
        "Since the bad harvest {S} had owed money to {C}.",
        '"Then you are no worse off than I am," said {hero}, and that settled it.',
        "who was no worse off than the rest",
    ),
    (
        "Over tea {S} admitted that {he} owed money to {C}.",
        "When the pot was empty, {S} had promised to come.",
        "who had needed a whole pot of tea to speak of it",
    ),
    (
        "There was a debt, and {S} owed it to {C}.",
        "{hero} drew the arrow without a word of blame, and {S} promised to come.",
        "whom nobody blamed",
    ),
    (
        "{S} had borrowed from {C} to mend the roof, and still owed the money.",
        '"A dry roof is no crime," said {hero}, and {S} agreed to come.',
        "whose roof no longer leaked",
    ),
    (
        '"I owe money to {C}," {S} said, and looked at the floor.',
        "{hero} said that the floor had heard worse that week, and {S} laughed and said yes.",
        "who did not look at the floor this time",
    ),
    (
        "What {S} owed to {C} was not much, but it was more than {he} had.",
        "A bowl of soup and a long talk went by before the promise was given.",
        "who had seldom held so much at once",
    ),
    (
        "{S} could not forget that {he} owed money to {C}.",
        '"Come anyway," said {hero}, and the answer was a slow nod.',
        "who could forget it at last",
    ),
    (
        "The money that {S} owed to {C} kept {him} awake at night.",
        '"Then stay awake on our side," said {hero}, and got a promise and half a smile.',
        "who would sleep that night",
    ),
    (
        "{boss_cap} had written to {O} about the money owed to {C}.",
        "{S} put the letter into the stove and gave {hero} a promise.",
        "who had burnt a letter about it",
    ),
    (
        "Because {S} owed money to {C}, {he} asked for time to think.",
        "{hero} waited on the step, and when the door opened again, it was for a yes.",
        "who did not ask for time to think",
    ),
    (
        "{S} owed {C} money for seed, and the seed had not come up.",
        "It was so sad that both of them had to laugh, and {S} promised to come.",
        "whose seed had never come up",
    ),
    (
        "For two years {S} had owed money to {C} without saying so to anyone.",
        "With the secret out, {S} breathed more easily and agreed to come.",
        "whose secret was no secret any more",
    ),
    (
        "{S} owed money to {C} and was ashamed of it.",
        '"So is everyone," said {hero}, "and {boss} counts on that," and {S} said yes.',
        "who was ashamed no longer",
    ),
    (
        "The rent had been lent by {C}, to whom {S} still owed the money.",
        "It was quiet for a while, and then {S} held out a hand and promised.",
        "who had borrowed for the rent",
    ),
    (
        "{S} owed money to {C}, as the whole lane knew.",
        "So the whole lane was also allowed to hear {O} promise to come.",
        "with the whole lane looking on",
    ),
)
"""The sentence that states the debt, how the visit ends, and a clause for the hall."""

TROUBLES: tuple[tuple[str, str, str], ...] = (
    (
        "{S} had quarrelled with half the valley and doubted that anyone would want {him} there.",
        '"They will want you on the day," said {hero}, and {S} promised to come and see.',
        "Half the hall had quarrelled with {O}, and all of it clapped.",
    ),
    (
        "At first {S} would not hear of it, since {boss} was a customer.",
        "Yet when {hero} had gone three steps down the road, a voice from the window said yes.",
        "In that minute {S} lost a customer and did not seem to mind.",
    ),
    (
        "{S} was afraid of speaking in front of people.",
        "They practised the oath together until the kettle boiled, and {S} agreed to try.",
        "There was a stammer in the middle, but the end had been practised and came out whole.",
    ),
    (
        "Before anything else {S} wanted to know who would be there.",
        '"Everyone who is asked," said {hero}, and {S} signed the list at once.',
        "Now {he} could see for {him_self} who was there, and {he} nodded.",
    ),
    (
        "{S} owed nothing to anybody, and had never thought much about those who did.",
        "Now {he} thought about them for as long as it takes to boil an egg, and promised.",
        "No debt of {his} own had brought {O} here.",
    ),
    (
        "It seemed that {S} had been waiting for someone to knock.",
        "The promise was given before {hero} had finished the question.",
        "As at the door, {he} had answered before the question was finished.",
    ),
    (
        "{S} wished to be asked properly, with a chair and a glass of cider.",
        "So {hero} sat down, drank, asked properly, and was given a promise.",
        "Afterwards {he} waited until a chair was offered, and sat down properly.",
    ),
    (
        "What {S} feared was the walk, not {boss}.",
        "A neighbour with a cart was found, and with that {he} agreed to come.",
        "Outside waited the cart that had brought {O}.",
    ),
    (
        "{S} had once been cheated by {boss} and had never told a soul.",
        "No persuading was needed here, only somebody to ask.",
        "At the last word {he} looked {boss} straight in the face.",
    ),
    (
        "First {S} wanted help with a fence that had fallen down.",
        "When the last post stood, {he} shook {hero} by the hand and promised.",
        "One good fence, {he} told the clerk, was worth one good oath.",
    ),
    (
        "{S} laughed at the whole plan and called it a fine way to get into trouble.",
        "Then {he} asked at what hour {he} should be there.",
        "This time {he} did not laugh.",
    ),
    (
        '"Why should I?" {S} asked, and shut the door.',
        "The door opened again, and {S} said that {thing} had never asked anyone that question.",
        "Nobody had to ask {him} why.",
    ),
)
"""What holds back somebody without a debt, how the visit ends, and what is said in the hall."""

PROMISES: tuple[str, ...] = (
    "That was one more name on the list.",
    "{P} left with a promise and a heel of cheese.",
    "The pencil was getting short, but the list was getting long.",
    "Neither of them mentioned how many names were still missing.",
    "At the gate they shook hands.",
    "On the list {P} wrote the name a little larger than the others.",
    "{P} was given bread for the road.",
    "There had to be tea before {P} could leave.",
    "Out on the road again, {P} walked a little faster than before.",
    "A lantern was lent for the next stretch of road.",
    "From the gate somebody waved for a long time.",
    "The list had to be folded once more to fit the pocket.",
)

MONEY: tuple[tuple[str, str], ...] = (
    ("{S} owed money to {C} and did not know how to pay it back.", "Nor did {hero}."),
    (
        "Over a cup of something hot {S} said that {he} owed money to {C}.",
        "The cup was filled again without a word.",
    ),
    ("{S} owed money to {C}, which was why the shutters were half closed.", "They talked low."),
    (
        "Since the last bad harvest {S} had owed money to {C}.",
        "Half the valley could say the same.",
    ),
    (
        "There was also a debt, and {S} owed it to {C}.",
        "{hero} had not asked and did not repeat it.",
    ),
    ("{S} had borrowed from {C} for a new roof and still owed the money.", "It was a good roof."),
    (
        "{S} hoped that it was not about the money that {he} owed to {C}.",
        "It was about something else, said {hero}.",
    ),
    (
        "What {S} owed to {C} was not much, but it was more than {he} had.",
        '"It never is much," said {hero}.',
    ),
    ("The money that {S} owed to {C} kept {him} awake at night.", "One could see it by the lamps."),
    ("{S} owed {C} money for seed that had never come up.", "The field was pointed out."),
    ("Because {S} owed money to {C}, the good chairs had been sold.", "They sat on a box."),
    ("For two years {S} had owed money to {C} without telling anyone.", "Now somebody knew."),
    ("{S} owed money to {C}, as the whole lane knew.", "The lane was kind about it."),
    (
        "{S} joked that {he} owed money to {C} and would owe it in the next world.",
        "Nobody laughed.",
    ),
    ("A jar on the shelf was for the money that {S} owed to {C}.", "Three coins lay in it."),
    (
        "{S} crossed the road whenever {C} came by, to whom {he} owed money.",
        '"That must be tiring," said {hero}.',
    ),
    (
        "On a slate by the door {S} had written up what {he} owed to {C}.",
        "It had been wiped often.",
    ),
    ("First {S} explained about the money that {he} owed to {C}.", "It took a quarter of an hour."),
)
"""Sentences that state a debt where the tale does not turn on it, each with what follows."""
