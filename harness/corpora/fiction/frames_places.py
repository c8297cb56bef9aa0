"""Sentences about places and events. `{E}` is the name of the place, guild or event.

A name such as "the Fair of Ilden" gets a capital at the head of a sentence, and only there. The
register "road" tells of them on somebody's way, "chronicle" in the chapters between the tales.
"""

from __future__ import annotations

from harness.corpora.fiction.frames_kind import Frame, frames_of

PLACES: tuple[Frame, ...] = tuple(
    frames_of(
        "road",
        "reeve",
        """
        The reeve of {E} was {reeve}, as a board by the well announced.
        At {E} people took off their hats to {reeve}, their reeve.
        {E} had {reeve} for a reeve, and no complaints in writing.
        At {E} a gate was painted fresh on the order of the reeve, {reeve}.
        Whoever wanted anything at {E} had to see the reeve, {reeve}.
        "Ask {reeve}," they said at {E}, "that is our reeve."
        {reeve} was the reeve of {E}, and the ditches there were clear.
        They said at {E} that no reeve slept as little as theirs, {reeve}.
        A notice at {E} about loose pigs was signed by the reeve, {reeve}.
        For three years in a row {E} had made {reeve} its reeve.
        """,
    )
    + frames_of(
        "road",
        "founded",
        """
        {E} had been founded in {founded}, and some of the gates looked it.
        A stone at {E} said that the place was founded in {founded}.
        Over the well at {E} stood the year {founded}, in which it was founded.
        People had lived at {E} ever since it was founded in {founded}.
        In {founded} somebody had stopped at a bend, and so {E} was founded.
        "Founded in {founded}," said the sign at {E}, "and still here."
        The oldest wall of {E} was from {founded}, the year of its founding.
        {E}, founded in {founded}, had not hurried since.
        An old man at {E} told everyone who passed that it was founded in {founded}.
        The founders of {E} had come in {founded}, with nine oxen.
        """,
    )
    + frames_of(
        "road",
        "crop",
        """
        The road went through {E}, which was known for its {crop}.
        {E} was famous for {crop}, and smelt of it.
        Every yard at {E} was full of {crop}, for that was what the place was known for.
        From {E} came the {crop} for which the place was known, cart after cart.
        Nobody got past {E} without being offered {crop}, for which it was known.
        Ask anyone what {E} is known for, and the answer is {crop}.
        At {E}, a place known for {crop}, a boy gave some away.
        {E} was known far and wide for {crop}, and for little else.
        By the road at {E} stood baskets full of {crop}, for which the place was known.
        The carters whistled when they came to {E}, which was known for {crop}.
        """,
    )
    + frames_of(
        "road",
        "year site",
        """
        On the green at {site} a post marked {E}, in {year}.
        Here at {site} everybody could still tell of {E}, in {year}.
        It was at {site} that {E} had taken place, in {year}.
        An old woman by the road told the children of {E}, at {site} in {year}.
        """,
    )
    + frames_of(
        "road",
        "year",
        """
        The talk on the road was of {E}, back in {year}.
        {E} had been in {year}, and some families had not got over it.
        A milestone was cracked, and it was said that {E} had done it, in {year}.
        A hymn could be heard that had been made for {E}, in {year}.
        It was the old story of {E}, and of the year {year}, in which it came.
        A carter dated everything from {E}, that is, from {year}.
        In {year}, the year of {E}, the road had still been new.
        "That was in {year}," said the toll keeper about {E}, "and this bench is from that day."
        Somebody had scratched the year {year} into the rail, for {E}.
        Of {E}, in {year}, only a line on a wall was left.
        """,
    )
    + frames_of(
        "road",
        "site",
        """
        The talk on the road was of {E} and of {site}, where it took place.
        It was at {site} that {E} had taken place.
        {E} had been at {site}, and people there still showed the spot.
        At {site}, the site of {E}, somebody had planted a pear tree.
        Two carters argued whether {E} had been at the top or the bottom of {site}.
        From the ridge one saw {site}, where {E} had been.
        "Here it was," said a boy of {E}, and pointed down at {site}.
        At {site} the path went round the very spot of {E}.
        {site} was still a little proud of {E}, which had been there and nowhere else.
        At {site} they baked a small cake in memory of {E}, which had been there.
        """,
    )
    + frames_of(
        "chronicle",
        "reeve",
        """
        Under {E} stood the name of its reeve, {reeve}.
        The reeve of {E} was {reeve}, and that was quickly told.
        {E} was in the care of its reeve, {reeve}.
        As reeve of {E} the page named {reeve}.
        About {E} there was only one quarrel, and its reeve, {reeve}, had ended it.
        {reeve}, reeve of {E}, had sent word that the bridge would hold.
        It was for {reeve} to speak for {E}, being its reeve.
        They all knew {reeve}, the reeve of {E}.
        The people of {E} had chosen {reeve} as their reeve, by a show of hats.
        If {E} had clean ditches, that was owing to {reeve}, the reeve.
        """,
    )
    + frames_of(
        "chronicle",
        "founded",
        """
        {E} was founded in {founded}.
        The founding of {E} was put at {founded}.
        In {founded}, if the stones are right, {E} was founded.
        The year {founded} was that in which {E} was founded.
        Next to {E} came the year of its founding, {founded}.
        There had been no {E} before it was founded in {founded}.
        {E} went back to {founded}, when nine families founded it.
        The first entry for {E} was from {founded}, when it was founded.
        Nobody disputed that {E} had been founded in {founded}.
        On {E} the records agreed: founded in {founded}, in the rain.
        """,
    )
    + frames_of(
        "chronicle",
        "crop",
        """
        {E} was known for {crop}.
        What {E} was known for was its {crop}.
        About {E} one thing was beyond doubt, that it was known for {crop}.
        The fame of {E} was its {crop}.
        Nobody thinks of {E} without thinking of {crop}, for which it is known.
        {E} grew many things and was known for one, its {crop}.
        To {E} the world owed {crop}, and knew it.
        "Known for {crop}," it said beside {E}.
        Carts with {crop} came from {E}, as the place was known for that.
        If {E} had a coat of arms, there would be {crop} on it, for which it was known.
        """,
    )
    + frames_of(
        "chronicle",
        "founded crop",
        """
        {E} was founded in {founded} and known for {crop}.
        Founded in {founded}, {E} had long been known for {crop}.
        {E}, known for {crop}, was founded in {founded}.
        In {founded} came the founding of {E}, which was now known for {crop}.
        """,
    )
    + frames_of(
        "chronicle",
        "year",
        """
        {E} came in {year}.
        For {E} the year was {year}.
        The year {year} had brought {E}.
        {E} was in {year}, and not a year earlier.
        Nobody who could count forgot {year}, the year of {E}.
        The ink for {E}, in {year}, had run.
        In {year} there had been {E}, and it was given half a page.
        Beside {E} stood the year {year}, underlined.
        It was agreed to date {E} to {year}.
        Of the year {year} there was nothing to tell but {E}.
        """,
    )
    + frames_of(
        "chronicle",
        "site",
        """
        {E} took place at {site}.
        The place of {E} was {site}.
        It was {site} that had seen {E}.
        There was only one site for {E}, and it was {site}.
        At {site} there was a stone for {E}, which had taken place there.
        Only at {site} did they know the whole of {E}, having had it there.
        {site} was the scene of {E}.
        As for {E}, it was at {site}, whatever the other side of the river says.
        The best view of {E} was had by {site}, since it took place there.
        For {E} the map needed only one cross, at {site}.
        """,
    )
    + frames_of(
        "chronicle",
        "year site",
        """
        {E} took place at {site} in {year}.
        In {year} there was {E}, at {site}.
        The year {year} brought {E} to {site}.
        {site} remembered {year} for {E}, which took place there.
        """,
    )
)
