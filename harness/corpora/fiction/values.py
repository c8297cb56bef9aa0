"""The closed sets of values: what a person can do, keep, play or fear, and what places have.

No value is a run of words of another one in any set: an answer that names one names no other.
"""

from __future__ import annotations

from collections.abc import Mapping


def _listed(text: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in text.replace("\n", " ").split("|"))


TRADES = _listed(
    """weaver|cooper|glazier|chandler|tanner|potter|saddler|thatcher|mason|locksmith|bookbinder
|brewer|dyer|cobbler|surveyor|barber|baker|tailor|blacksmith|carpenter|roofer|apothecary
|wheelwright|engraver|stonecutter|hatter|printer|gardener"""
)
KEEPSAKES = _listed(
    """brass compass|bone comb|silver thimble|pewter spoon|copper key|amber brooch|tin locket
|jade button|horn buckle|crystal bead|oak seal|coral bracelet|walnut snuffbox|marble egg
|ebony chessman|porcelain doll|ruby hairpin|clay pipe|slate tablet|lace fan|velvet glove
|enamel medal|opal pendant|steel needle|wax candle|linen bookmark"""
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy")
_UNITS = ("one", "three", "four", "six", "seven")
AGES = tuple(f"{tens}-{unit}" for tens in _TENS for unit in _UNITS)

ANIMALS = _listed(
    """magpie|hedgehog|jackdaw|otter|badger|squirrel|raven|tortoise|ferret|weasel|marten|dormouse
|kestrel|starling|pheasant|peacock|marmot|lynx|heron|stork|parrot|monkey|beaver|toad|salamander
|gander|donkey|lamb|hare|falcon|sparrow|finch|quail|partridge|woodpecker|cuckoo"""
)
INSTRUMENTS = _listed(
    """lute|harp|flute|fiddle|bagpipe|dulcimer|zither|drum|tambourine|cornet|trumpet|bugle
|recorder|oboe|bassoon|clarinet|viola|cello|mandolin|guitar|banjo|accordion|concertina|harmonica
|xylophone|psaltery|lyre|ocarina|trombone|spinet|harmonium|clavichord|cymbal|tuba|rebec|crumhorn"""
)
DISHES = _listed(
    """onion soup|leek pie|pea porridge|baked trout|roast goose|plum dumplings|bread pudding
|mushroom stew|pickled herring|fried eel|smoked ham|cabbage rolls|potato pancakes
|buttered turnips|stewed pears|apple crumble|cherry cake|ginger biscuits|oat gruel|bean broth
|lentil hash|egg custard|cheese fritters|nettle salad|pumpkin mash|poppy cake|beet pickle
|liver sausage|mutton pie|venison ragout|carp jelly|almond pudding|curd tart|pepper cutlets
|garlic noodles|barley soup"""
)
FEARS = _listed(
    """thunder|geese|spiders|fog|ghosts|heights|mirrors|moths|drowning|lawyers|witches|wolves
|bulls|doctors|quicksand|snakes|rats|bats|wasps|strangers|lightning|cellars|draughts|poison
|leeches|scarecrows|eclipses|avalanches|beetles|frogs|thieves|crowds|ladders|feathers|shadows
|puppets"""
)
CROPS = _listed(
    """saffron|flax|lavender|mustard|madder|teasels|charcoal|cider|hops|wool|salt|vinegar|reeds
|millet|rye|buckwheat|rhubarb|horseradish|asparagus|quinces|medlars|apricots|cranberries|walnuts
|hemp|mulberries|chicory|fennel|juniper|gooseberries|peppermint|chamomile|sorrel|parsnips
|artichokes|tallow"""
)
COLOURS = _listed(
    """moss green|bottle green|olive green|sky blue|ink blue|cornflower blue|blood red|brick red
|poppy red|lemon yellow|straw yellow|butter yellow|snow white|milk white|coal black|pitch black
|chestnut brown|earth brown|plum purple|grape purple|rose pink|salmon pink|ash grey|pearl grey
|carrot orange|rust orange|scarlet|turquoise|ivory|lilac"""
)
HIVES = (
    *_listed(
        """ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen
|twenty-one|twenty-two|twenty-three|twenty-four|twenty-five|twenty-six|twenty-seven|twenty-eight
|twenty-nine|thirty-two|thirty-five|thirty-eight|thirty-nine|forty-two|forty-five"""
    ),
)
"""None of them is an age: the two are told apart by the number alone."""

FIRST_ARRIVAL = 1431
ARRIVALS = tuple(str(year) for year in range(FIRST_ARRIVAL, FIRST_ARRIVAL + 25))
"""Later than anybody's birth: the tales happen about 1461, and the youngest is thirty-one."""
FOUNDED = (1011, 1300)
"""First year in which a place may have been founded, and the first in which it may not."""
HAPPENED = (1301, 1430)
"""First year in which an event may have happened, and the first in which it may not."""
YEARS = 25
"""How many different years a world draws from either span."""

YES_NO = ("yes", "no")
BANKS = ("north bank", "south bank")

FIXED: Mapping[str, tuple[str, ...]] = {
    "trade": TRADES,
    "keeps": KEEPSAKES,
    "age": AGES,
    "animal": ANIMALS,
    "instrument": INSTRUMENTS,
    "dish": DISHES,
    "fear": FEARS,
    "hives": HIVES,
    "arrival": ARRIVALS,
    "reads": YES_NO,
    "bank": BANKS,
    "crop": CROPS,
    "badge": COLOURS,
}
"""Relations whose values are the same in every world."""

TWO_VALUED = ("reads", "bank")
"""Asked under the probe `choice`; every other relation has at least twenty values."""

EVENTS = tuple("Flood Fire Fair Siege Storm Frost Feast Truce".split())
