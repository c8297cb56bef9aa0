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
    Stake(
        words={
            "thing": "the hill village",
            "boss": "the Contractor",
            "gap": "the burnt bridge",
            "price": "a toll from every foot that would ever cross",
        },
        days={"summer": "the tenth day", "autumn": "the tenth day"},
        before=lines(
            """
            Over the deepest cut in the hills went a bridge of wood, and behind it lived sixty \
            people and a blind organist.
            They came down for salt and went up with gossip, and wanted nothing more.
            """
        ),
        trouble=lines(
            """
            One night the bridge burned, and it was never known why.
            On the other side ten heaps of hay were set out in a row, and each evening they \
            burned one.
            The Contractor could have a bridge there in a week, of iron, and named his price \
            before anyone had asked.
            """
        ),
        reason=lines("The blind organist had shown {hero} how to whistle in two voices."),
        after=lines(
            """
            The new bridge is of wood again, and a watchman sleeps on it.
            On the first Sunday the organ was heard right down to the river.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the marsh houses",
            "boss": "the Dike Warden",
            "gap": "the drowned road",
            "price": "the dry land as well",
        },
        days={"spring": "the eighth day", "winter": "the eighth day"},
        before=lines(
            """
            In the marsh stand fourteen houses on posts, and a road of planks leads out to them.
            Strangers think them odd, and they think that strangers have short legs.
            """
        ),
        trouble=lines(
            """
            After the great rain the road was gone, and the posts stood up to their knees and \
            then to their waists.
            At one of the windows eight plates were hung up, and every morning there was one \
            fewer.
            The Dike Warden had flat boats and the key to the sluices, and would open his hand \
            when they opened theirs.
            """
        ),
        reason=lines("In one of those houses {hero} had learnt to walk, and had fallen off it."),
        after=lines(
            """
            The planks were laid again, a little wider, and the eight plates hang in the church.
            Of the Dike Warden it is only known that he has moved to a mountain.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the charcoal camp",
            "boss": "the Forester",
            "gap": "the wall of fallen trees",
            "price": "three years of charcoal",
        },
        days={"autumn": "the ninth day", "winter": "the ninth day"},
        before=lines(
            """
            Deep in the wood live the charcoal burners, with their children and a great many \
            kettles.
            One smells them before one sees them, and in winter one is glad of both.
            """
        ),
        trouble=lines(
            """
            In a single hour the storm laid the whole wood flat, trunk over trunk, as high as \
            a house.
            Nobody could get in, and nobody came out, but at night nine small fires could be \
            seen from the ridge, and then eight.
            The Forester alone had saws and oxen enough, and wished for three years of charcoal.
            """
        ),
        reason=lines("Every winter of {p_his} life {hero} had been warm because of those people."),
        after=lines(
            """
            A road runs through the wood now where they cut their way, and it is as crooked as \
            they were tired.
            On cold days somebody always says what everyone is thinking, and puts on another \
            piece.
            """
        ),
    ),
    Stake(
        words={
            "thing": "the lighthouse rock",
            "boss": "the Salvage Master",
            "gap": "the race",
            "price": "whatever the sea would ever wash up",
        },
        days={"autumn": "the seventh day", "winter": "the seventh day"},
        before=lines(
            """
            Out where the river meets the sea a family keeps a light on a rock, with a garden \
            as large as a door.
            A boat brings them bread once a week, weather permitting.
            """
        ),
        trouble=lines(
            """
            For three weeks the weather did not permit it.
            The light still burned, but from the gallery hung a line of washing, and it was in \
            the pattern that means seven.
            The Salvage Master had the only boat with a deck, and a list of conditions.
            """
        ),
        reason=lines("{P} owed that light a father, as most people there did."),
        after=lines(
            """
            The boat goes out twice a week now, weather or not.
            In the garden on the rock grows a rose that everyone claims to have given.
            """
        ),
    ),
)
