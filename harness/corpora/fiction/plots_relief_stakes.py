"""Who is cut off, and what is asked for getting through to them."""

from __future__ import annotations

from harness.corpora.fiction.plots_spine import Stake, lines

STAKES: tuple[Stake, ...] = (
    Stake(
        words={
            "thing": "the upper farms",
            "boss": "the Quartermaster",
            "gap": "the gorge",
            "price": "every second field",
        },
        days={"spring": "the ninth day", "autumn": "the ninth day"},
        before=lines(
            """
            Above the gorge lie the upper farms, and to the upper farms there was one bridge.
            Forty people lived up there, seven of them too small to walk far.
            """
        ),
        trouble=lines(
            """
            One night the river came down brown and took the bridge along.
            In the morning a sheet was hung out on the other side, with a nine on it in soot.
            That was how many days the bread would last.
            The Quartermaster had the only boats that could live in such water, and for the use of \
            them he asked every second field.
            """
        ),
        reason=lines("The oldest of those forty had once carried {hero} home through the snow."),
        after=lines(
            """
            The bridge was built again that summer, a foot higher.
            On its first plank forty names are carved, and on its last plank one.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the mining hamlet",
            "boss": "the Agent",
            "gap": "the slide",
            "price": "half of all they would ever dig",
        },
        days={"spring": "the eighth day", "summer": "the eighth day"},
        before=lines(
            """
            The mining hamlet sits at the end of the valley like a cork in a bottle.
            Its people come down on Saturdays, pay in copper, and go up again, a little crooked.
            """
        ),
        trouble=lines(
            """
            Then half the mountain slid into the road.
            For a day one heard nothing, and after that came knocking, eight knocks and a pause, \
            again and again.
            Eight days, the old miners said, that was what it meant.
            The Agent of the company had powder enough to blow a way through, and wanted half of \
            all they would ever dig for it.
            """
        ),
        reason=lines("A brother of {hero} was up there, and two godchildren of {p_his} mother."),
        after=lines(
            """
            On Saturday they came down as always and paid in copper.
            Where the road goes over the slide now, people take off their hats.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the pass house",
            "boss": "the Postmaster",
            "gap": "the pass",
            "price": "the wood on both slopes",
        },
        days={"winter": "the seventh day"},
        before=lines(
            """
            On top of the pass stands a house for travellers, and whoever is caught by the weather \
            waits there.
            That winter it was full to the rafters, with thirty people on their way to a \
            christening.
            """
        ),
        trouble=lines(
            """
            It snowed for four days, and when it stopped there was no road any more.
            At night one could see their light, and it gave seven flashes and went out to save oil.
            The Postmaster owned the only mules that are trained for snow, and named his price: \
            the wood on both slopes.
            """
        ),
        reason=lines("Among the thirty was the baby, and {hero} was to be its godparent."),
        after=lines(
            """
            The christening was held a week late, with soup instead of cake.
            The baby slept all through it.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the island",
            "boss": "the Pilot",
            "gap": "the sound",
            "price": "the eel weirs for ever",
        },
        days={"autumn": "the sixth day", "winter": "the sixth day"},
        before=lines(
            """
            Where the river meets the lake lies an island with eleven houses.
            They have apples there, and a chapel, and no corn.
            """
        ),
        trouble=lines(
            """
            In one night of storm the ferry was thrown on the rocks, and ice came down the river \
            in slabs.
            Six fires burned on the beach next evening, and five on the evening after.
            It did not take long to understand what they were counting.
            The Pilot had a boat with an iron bow, and would cross for the eel weirs, for ever.
            """
        ),
        reason=lines("It was {hero} who should have mended that ferry, and had put it off."),
        after=lines(
            """
            The new ferry was launched before the apples bloomed.
            Every house in the valley gets a basket from the island now, and nobody counts them.
            """
        ),
    ),
)
