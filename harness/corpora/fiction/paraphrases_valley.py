"""Hand-written questions over the relations of the larger worlds; see `paraphrases`."""

from __future__ import annotations

from collections.abc import Mapping

RELATION_WORDS: Mapping[str, tuple[str, ...]] = {
    "mentor": tuple("mentor pupil pupils trained master apprentice learn".split()),
    "rival": tuple("rival rivals compete competitor win".split()),
    "godparent": tuple("godparent godchild sponsor christening font church".split()),
    "guild": tuple("guild guilds belong belonged member members dues joined".split()),
    "animal": tuple("animal tame tamed pet creature".split()),
    "instrument": tuple("instrument play played music musical practise evening".split()),
    "dish": tuple("dish liked like best food meal favourite eat".split()),
    "fear": tuple("fear feared afraid frightened terror dread".split()),
    "arrival": tuple("come came year valley settled moved arrived".split()),
    "hives": tuple("beehive beehives hives swarms bees colonies keep number".split()),
    "reads": tuple("read reading letter able know learnt".split()),
    "bank": tuple("bank side garden river shore spade".split()),
    "reeve": tuple("reeve order governed office".split()),
    "founded": tuple("founded year settlement built".split()),
    "crop": tuple("known know famous product merchants people".split()),
    "seat": tuple("seat meet rooms hall place".split()),
    "master": tuple("master head led presided".split()),
    "badge": tuple("badge colour members coats guilds".split()),
    "year": tuple("year place happen belong".split()),
    "site": tuple("site place happen went".split()),
}
"""The words that each relation's templates and the tales use, and that these questions avoid."""

PARAPHRASES: Mapping[str, tuple[str, ...]] = {
    "mentor": (
        "Who had passed on the tricks of the trade to {X}?",
        "Whose teaching had made {X} skilful?",
        "At whose elbow had {X} stood for years to watch and copy?",
        "Who had taught {X} everything?",
    ),
    "rival": (
        "Whom did {X} most want to outdo?",
        "Who was the great opponent of {X}?",
        "Whose success would have annoyed {X} most?",
        "Who was always trying to get ahead of {X}?",
    ),
    "godparent": (
        "Who had stood beside the cradle of {X} and sworn to help?",
        "Whose name was put next to that of {X} at the baptism?",
        "Who had a duty to {X} from the day of the baptism?",
        "Who had been asked by the parents to watch over {X}?",
    ),
    "guild": (
        "On the rolls of which brotherhood did {X} stand?",
        "Which company of tradespeople counted {X} among its own?",
        "Under the banner of which association did {X} march?",
        "Which association would have paid if {X} fell ill?",
    ),
    "animal": (
        "What furry, feathered or scaly companion did {X} have?",
        "What did {X} feed by hand at home?",
        "What walked or flew after {X} wherever {X} went?",
        "Which beast trusted {X}?",
    ),
    "instrument": (
        "On what could {X} perform a tune?",
        "What would {X} have brought along to a concert?",
        "With what did {X} make melodies?",
        "What did {X} have to tune before a performance?",
    ),
    "dish": (
        "What would {X} have ordered at any inn?",
        "What should one cook to make {X} happy?",
        "For which recipe would {X} have given everything?",
        "What made the mouth of {X} water?",
    ),
    "fear": (
        "What gave {X} nightmares?",
        "What scared {X}?",
        "From what would {X} have fled?",
        "What made {X} tremble?",
    ),
    "arrival": (
        "When had {X} first set foot in this region?",
        "Since when did {X} count as a local?",
        "What date stood at the start of the time of {X} in these parts?",
        "When did the neighbours first meet {X}?",
    ),
    "hives": (
        "How many straw baskets full of honey makers did {X} own?",
        "How many queens with their workers were in the keeping of {X}?",
        "In how many places did honey grow for {X}?",
        "How many honeycomb houses did {X} tend?",
    ),
    "reads": (
        "Were printed words of any use to {X}?",
        "Would a book have told {X} anything?",
        "Did letters on paper mean something to {X}?",
    ),
    "bank": (
        "Where along the water did {X} grow beans?",
        "Where did {X} dig and plant, as seen from the water?",
        "In which direction from the water did the vegetable patch of {X} lie?",
    ),
    "reeve": (
        "Who had the say at {X}?",
        "To whom did one bring a complaint at {X}?",
        "Who collected the taxes at {X}?",
        "Whose word was law at {X}?",
    ),
    "founded": (
        "When was the first stone of {X} laid?",
        "What date would stand at the top of a chronicle of {X}?",
        "Since when was {X} on the map?",
        "When did people begin to live at {X}?",
    ),
    "crop": (
        "What would a trader load at {X}?",
        "What was the pride of {X}?",
        "What did {X} send to every market?",
        "What did one think of first when somebody said {X}?",
    ),
    "seat": (
        "Where did {X} have its headquarters?",
        "In which village did {X} hold its assemblies?",
        "Where was {X} based?",
        "To which village would a message to {X} be sent?",
    ),
    "master": (
        "Who was the chief of {X}?",
        "Who spoke for {X}?",
        "Whose decisions did {X} follow?",
        "Who was in charge of {X}?",
    ),
    "badge": (
        "What hue was the emblem of {X}?",
        "Which dye was needed for the emblem of {X}?",
        "How was the emblem of {X} painted?",
        "What tint did one see on the emblem of {X}?",
    ),
    "year": (
        "What date does one have to learn for {X}?",
        "When did people live through {X}?",
        "Under what date would a chronicle mention {X}?",
        "How is {X} dated?",
    ),
    "site": (
        "Which village saw {X}?",
        "Where would a memorial of {X} have to stand?",
        "Whose inhabitants lived through {X}: those of which village?",
        "Where would one look for traces of {X}?",
    ),
}
