"""Sentences about guilds: where they have their seat, who is master, the colour of the badge."""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

GUILDS: tuple[Frame, ...] = tuple(
    frames_of(
        "road",
        "seat",
        """
        A finger post pointed to {seat}, the seat of {E}.
        {E} had its seat at {seat}, in the house with the two bells.
        A carter had a barrel for {seat}, where {E} had its seat.
        Down at {seat} one saw the roof of {E}, which had its seat there.
        Two apprentices of {E} were on their way home to its seat at {seat}.
        At {seat} hung the lanterns of {E}, for that was its seat.
        The oldest door at {seat} belonged to {E}, which had its seat there.
        The seat of {E} was at {seat}, and it needed new shutters.
        Whoever wished to join {E} had to walk to its seat at {seat}.
        They were painting the hall of {E} that day, at its seat, {seat}.
        """,
    )
    + frames_of(
        "road",
        "master",
        """
        The master of {E} was {master}, whom one heard before one saw.
        {E} had {master} for its master.
        A messenger asked the way to {master}, the master of {E}.
        At the head of {E} stood {master}, its master.
        Past the fence rode {master}, master of {E}, on a very small mule.
        {master} had been master of {E} for as long as the rule allows.
        In {E} nothing was done without {master}, its master.
        The bill was made out to {master}, as master of {E}.
        "Tell it to {master}," said somebody from {E}, "for that is our master."
        They had chosen {master} as master of {E}, by one vote.
        """,
    )
    + frames_of(
        "road",
        "badge",
        """
        A man with the badge of {E}, which is {badge}, was mending a wheel.
        The badge of {E} was {badge}.
        On a cart shone the {badge} badge of {E}.
        Everyone knew the badge of {E} by its colour, which was {badge}.
        {E} wore a badge that was {badge}, even on working days.
        Somebody of {E} had lost a badge on the path, for there lay one, {badge}.
        A banner showed the badge of {E}, and it was {badge}.
        Members of {E} could be told by their badge, which was {badge}.
        Of all badges that of {E}, being {badge}, was seen furthest off.
        A child had drawn the badge of {E} on a gate, and even the colour was right: {badge}.
        """,
    )
    + frames_of(
        "chronicle",
        "seat",
        """
        {E} had its seat at {seat}.
        The seat of {E} was {seat}.
        To {seat} went everything that belonged to {E}, which had its seat there.
        {E} met at {seat}, its seat, on the first Thursday.
        It was at {seat} that {E} had its seat.
        From its seat at {seat} {E} sent greetings and a bill.
        {E}, with its seat at {seat}, had never moved.
        The hall at {seat} was the seat of {E}.
        {seat} was proud to be the seat of {E}.
        For {E} the seat was given as {seat}.
        """,
    )
    + frames_of(
        "chronicle",
        "master",
        """
        {master} was the master of {E}.
        The master of {E} was {master}.
        As master of {E} they had {master}.
        {E} was led by {master}, its master.
        At the head of {E}, as its master, walked {master}.
        {E} had taken {master} as its master.
        {master}, master of {E}, had asked for more room.
        Nobody in {E} spoke before {master}, the master.
        It fell to {master}, as master of {E}, to pay for the candles.
        The name of the master of {E} was {master}.
        """,
    )
    + frames_of(
        "chronicle",
        "badge",
        """
        The badge of {E} was {badge}.
        {E} had a badge, and the badge was {badge}.
        For {E} the colour of the badge was {badge}.
        One knew {E} by its badge, which was {badge}.
        The badge that {E} wore was {badge}.
        A little paint was mixed for the badge of {E}, and the paint was {badge}.
        {E} swore by its badge, and it was {badge} even in the dark.
        The colour {badge} belonged to {E}, for such was its badge.
        In the margin the badge of {E} was painted {badge}.
        {E} had chosen {badge} for its badge, and would not be talked out of it.
        """,
    )
    + frames_of(
        "chronicle",
        "seat badge",
        """
        {E} had its seat at {seat} and a badge that was {badge}.
        The badge of {E} was {badge}, and its seat {seat}.
        {E}, of the badge that was {badge}, had its seat at {seat}.
        At {seat}, its seat, {E} hung out its badge, and it was {badge}.
        """,
    )
)
