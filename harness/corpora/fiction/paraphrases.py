"""Questions written by hand, free of the words with which the story states each relation.

They check that the templates are not what is learned: a model that knows the fact answers these,
one that matches words does not. `RELATION_WORDS` are the words they avoid.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.corpora.fiction import paraphrases_valley

RELATION_WORDS: Mapping[str, tuple[str, ...]] = {
    "trade": tuple("trade trades work works worked earn earned bread sign hands orders".split()),
    "home": tuple("home house houses live lived door lives bench".split()),
    "keeps": tuple("keep keeps kept heirloom family grandmother swore swear oath".split()),
    "birthplace": tuple("born birthplace child birth".split()),
    "age": tuple("age aged years old year".split()),
    "debt": tuple("owe owed owes money debt debts borrowed lent".split()),
    **paraphrases_valley.RELATION_WORDS,
}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().split("\n"))


PARAPHRASES: Mapping[str, tuple[str, ...]] = {
    "trade": _lines(
        """
        What was the craft of {X}?
        By which profession was {X} known?
        What job did {X} have?
        What did {X} do all day for a wage?
        For what kind of services did people visit {X}?
        What was the calling of {X}?
        If you needed {X}, what would it be for: what was {X}?
        What would {X} have put on a business card?
        Which profession did {X} follow?
        How did {X} make a living?
        """
    ),
    "home": _lines(
        """
        Where did {X} sleep at night?
        Where would a letter have reached {X}?
        Which village did {X} return to in the evening?
        At which address could one visit {X}?
        In which settlement did {X} reside?
        Where did {X} dwell?
        To which place would you walk to call on {X}?
        Where was {X} a resident?
        Of which village was {X} an inhabitant?
        Where did {X} have a roof and a bed?
        """
    ),
    "keeps": _lines(
        """
        Which object had been handed down to {X}?
        What treasure did {X} possess?
        What small thing of value was in the care of {X}?
        Which antique belonged to {X}?
        What had {X} inherited?
        Which precious object did {X} guard?
        What did {X} bring along to the Long Hall?
        What did {X} own that was older than anyone alive?
        Which little treasure was the pride of {X}?
        What did the ancestors of {X} leave behind?
        """
    ),
    "birthplace": _lines(
        """
        Where did {X} first see the light of day?
        From which village did {X} originally come?
        Where had the cradle of {X} stood?
        In which village did the life of {X} begin?
        Where was {X} a baby?
        Which place was {X} a native of?
        Where did the mother of {X} bring {X} into the world?
        Of which place was {X} originally?
        In which village had {X} taken a first breath?
        Where did {X} start out in life?
        """
    ),
    "age": _lines(
        """
        How many birthdays had {X} celebrated?
        How many winters had {X} seen?
        How long had {X} been alive?
        How many candles would the cake of {X} have needed?
        How many summers lay behind {X}?
        What number would {X} have written on the form under time of life?
        How many times had {X} turned a calendar over to January?
        For how long had {X} been in the world?
        How many springs had {X} lived through?
        What had {X} reached in the count of birthdays?
        """
    ),
    "debt": _lines(
        """
        Who was the creditor of {X}?
        Whom did {X} still have to pay back?
        Who had given {X} a loan?
        To which person was {X} obliged to repay a sum?
        Who was waiting to be repaid by {X}?
        From whom had {X} taken a loan?
        Who could have sent {X} a bill?
        With whom did {X} have an unpaid account?
        Whose ten crowns had {X} not yet returned?
        Who had helped {X} out with coins?
        """
    ),
    **paraphrases_valley.PARAPHRASES,
}
