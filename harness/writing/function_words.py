"""Words of English that carry no content of their own, as far as the filters need them."""

from __future__ import annotations

QUESTION_WORDS = frozenset(
    """who whom whose what which where when why how is are was were do does did can could has have
    had will would should may might in at on to for from by with""".split()
)
"""What a question may begin with that has no question mark."""

POINTING = frozenset(
    """he she it they him her them his hers its their theirs this these those that here there such
    i you we me us my your our""".split()
)
"""Words that mean something only beside what they point at."""

FUNCTION_WORDS = frozenset(
    """a an the and or but nor so yet if than then as of in on at by for from with to into upon
    because although though while within without between among about after before during over
    under through across around near per since
    until till via up down out off again further once very more most much many some any
    each every all both few other another own same too only just also not no
    is are was were be been being am do does did done doing has have had having will would shall
    should can could may might must
    who whom whose what which where when why how
    he she it they him her them his hers its their theirs this these those that here there such
    i you we me us my your our one ones s t
    answer question name called mean kind type""".split()
)
"""Words that neither ground an answer nor tell two questions apart."""
