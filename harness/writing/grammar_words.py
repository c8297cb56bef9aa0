"""Word lists of English that the question rules read clauses with. Plain data.

They are meant for expository prose in the present tense; what they do not know is left alone.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("is are was were")
MODALS = _words("may can must should will might could would shall")
HAVE = _words("has have had")
AUXILIARIES = BE | MODALS | HAVE

DETERMINERS = _words("the a an no every each all most many some several few certain any both")
PREPOSITIONS = _words(
    """of in on at by for from with to into upon within without between among amongst after
    before during over under beneath beyond through throughout along across around behind
    below above against towards toward near per since until till about via beside outside
    inside amid off"""
)
COORDINATORS = _words("and or but nor")
SUBORDINATORS = _words(
    """which who whom whose that when where while whilst although though because if unless until
    whereas whether since as so lest than whereby wherein how why what once hence"""
)
PRONOUNS = _words(
    """i we you he she it they them him her us me this that these those such its their theirs his
    hers our ours my your itself themselves himself herself one ones another other others
    former latter here there everything something nothing anything everyone someone none same
    so thus above-mentioned aforesaid latter's former's"""
)
"""Words that need an earlier sentence, or point at the page: no question may hold one."""

POINTERS = _words(
    """fig figs figure figures chapter chapters section volume page pages paragraph p pp
    following above-named above-mentioned already described elsewhere below aforementioned
    foregoing preceding illustrated shown considered discussed dealt referred alluded
    mentioned respectively accordingly consequently otherwise likewise similarly moreover
    besides"""
)

DROPPED_ADVERBS = _words(
    "also however therefore thus then hence indeed moreover further again consequently besides too"
)
"""Adverbs that only join a sentence to the one before."""

UNSURE = _words(
    """may might could sometimes occasionally seldom rarely perhaps possibly probably apt likely
    infrequently exceptionally"""
)
"""Where one of these stands, what is said need not be the only answer."""

NEGATIONS = _words("not never no neither nor nothing none cannot hardly scarcely")

FRAME_ADVERBS = _words(
    """usually generally commonly chiefly mainly mostly always almost entirely principally
    especially particularly invariably mostly largely essentially simply merely only first
    best well most more very now directly purely nearly exclusively practically originally
    formerly solely primarily specially originally readily commonly rather somewhat often
    still"""
)

SUPERLATIVES = _words(
    """most commonest chief first best only last greatest largest smallest earliest simplest
    safest surest main principal essential highest lowest oldest longest rarest worst
    favourite sole capital leading final"""
)

BARE_HEADS = _words(
    """treatment diagnosis prognosis pain symptoms symptom recovery relief swelling operation
    patient patients surgeon surgeons condition conditions disease diseases affection
    affections lesion lesions injury injuries part parts area areas region regions limb limbs
    wound wounds tumour tumours growth growths swellings operations cases case method methods
    process processes change changes result results effect effects cause causes form forms
    type types variety varieties way ways stage stages period periods time times age ages seat
    seats site situation sign signs feature features point points fact facts amount number
    degree extent character nature appearance appearances tendency presence absence removal
    object objects danger dangers risk risks complication complications structure structures
    tissue tissues organism organisms germ germs bacteria bacterium infection fluid contents
    content discharge mass masses cavity opening incision edges edge surface surfaces margin
    margins walls wall side sides end ends material materials substance substances agent
    agents product products apparatus instrument instruments procedure procedures measure
    measures means application applications remedy remedies drug drugs dose doses examination
    history evidence course onset progress mortality attention care rest movement movements
    position attitude deformity function functions temperature pulse face tongue urine skin-
    grafting colour size shape majority minority individual individuals subject subjects
    persons people person others reaction circumstances circumstance group groups class
    classes kind kinds instance instances example examples term terms name names word words
    author authors observer observers difficulty success failure outlook death healing repair
    suppuration attack attacks advantage disadvantage objection difference resemblance
    relation question answer reason reasons explanation theory view views opinion experience
    use value importance action influence power strength quantity proportion portion portions
    piece pieces fragment fragments section sections line lines layer layers level place
    places interval intervals hours days weeks months years dressing dressings bandage splint
    drainage tube tubes needle knife anæsthetic anaesthetic foot hand head infected affected
    involved diseased limp patient's wound's injection injections vessel vessels artery vein
    nerve nerves bone bones joint joints muscle muscles gland glands capsule cyst cysts sac
    abscess sinus ulcer ulcers sore sores scar scars graft grafts flap flaps clot thrombus
    aneurysm fistula sequestrum cartilage articulation shaft membrane child children man woman
    men women boy girl thing things day night king house room story outcome situation matter
    idea work state blood pus serum toxins toxin poison virus bacilli cocci cells cell fibres
    fibre"""
)
"""Heads that say nothing by themselves: "the treatment", "pain", "the wound"."""

NEVER_HEADS = _words(
    """mention attention care reference doubt recourse resort stress exception allowance
    advantage benefit reliance reason reasons attempt attempts experience fact facts view
    views opinion question difficulty observer observers author authors surgeon surgeons
    instance instances example examples case cases majority number form forms variety
    varieties term terms name names word words way ways kind kinds type types remark remarks
    account use effort exceptions people distinction emphasis evidence result results effect
    effects matter purpose object objects explanation theory rule thing things point points
    caution precaution precautions group groups class classes feature features change changes
    time while indication indications condition conditions possibility tendency importance
    interest aim future hope chance choice factor factors other others prospect success"""
)
"""Heads that no question asks about, whatever the topic: "mention", "cases", "the former"."""

VAGUE_ADJECTIVES = _words(
    """careful efficient thorough prompt repeated timely routine gentle recent fresh mucous
    interesting constant wide marked free graver milder softer harder smaller severer septic
    aseptic larger commonest general local clinical constitutional surgical usual normal
    actual initial original abnormal primary secondary ordinary typical characteristic
    essential principal chief main special particular certain similar different various common
    rare frequent early late later earlier final subsequent previous present new old large
    small great little larger smaller greater further complete partial severe slight mild
    acute chronic active passive affected resulting remaining entire whole total individual
    respective corresponding adjacent neighbouring surrounding underlying overlying subjacent
    superjacent damaged injured diseased healthy divided involved infected opposite upper
    lower outer inner external internal anterior posterior lateral medial deep deeper
    superficial central peripheral proximal distal physical artificial natural real true false
    good bad best better simple proper suitable necessary possible serious important more less
    symmetrical numerous arterial bacterial morbid pathological individual offending latter
    additional medical critical vital focal fatal partial unusual occasional gradual
    accidental"""
)

UNIQUE_HEADS = _words(
    """hands feet arms legs knees elbows shoulders sun moon earth sky sea world body skin brain
    heart liver spleen stomach bladder tongue nose mouth face neck trunk chest abdomen pelvis
    thorax skull scalp groin axilla thigh leg knee hip ankle heel sole foot toes hand palm
    wrist forearm elbow arm shoulder back spine sternum clavicle scapula humerus radius ulna
    femur tibia fibula patella jaw cheek lip lips eye eyes eyelids ear ears throat larynx
    pharynx trachea oesophagus œsophagus intestine intestines bowel rectum anus kidney kidneys
    ureter urethra penis scrotum testis uterus vagina ovary breast mamma nipple lung lungs
    pleura peritoneum pericardium aorta carpus tarsus fingers nails gums teeth tonsil tonsils
    parotid thyreoid thyroid thymus umbilicus perineum buttock loin orbit conjunctiva cornea
    iris retina medulla pia dura lymphatics extremities limbs genitals viscera meninges
    circulation blood-stream atmosphere laity tropics adult male female foetus fœtus infant
    epidermis dermis corium periosteum endosteum nervous alimentary vertebræ vertebrae ribs
    limbs face head fingers thumb calf ham mediastinum popliteal tissues blood bones joints
    muscles nerves lymph-glands lymph capillaries arteries veins urine fæces sputum bone-
    marrow bones glands genitalia extremity duodenum appendix cæcum colon pylorus pancreas"""
)
"""Things that everybody has one of, or there is one of: "the skin" needs no earlier mention."""

PERSON_HEADS = _words(
    """children adults women men patients subjects persons infants boys girls labourers soldiers
    sailors workers people individuals females males women adolescents child adult infant
    woman man athletes players housemaids miners butchers dockers young aged old those"""
)

NUMBER_WORDS = _words(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million dozen half quarter third thirds twenty-four thirty-six forty-
    eight seventy-two twenty-one twenty-five twenty-eight thirty-five forty-five fortnight"""
)

SINGULAR_IN_S = _words(
    """rickets diabetes rabies caries herpes shingles biceps triceps forceps lens species means
    series measles mumps news whereas less always tabes"""
)

IRREGULAR_PLURALS = _words(
    """bacteria bacilli cocci men women children feet teeth nuclei foci fungi septa phenomena
    strata staphylococci streptococci gonococci sarcomata fibromata osteomata carcinomata
    lipomata diplococci spirochætes ossa stimuli villi sulci gummata nævi people viscera
    spermatozoa"""
)

VERBS = _words(
    """accumulate accompany account acquire act add adhere advance advise advocate afford aid aim
    allay allow appear apply approach arrest assist attach attain attract avoid become begin
    belong bleed break bring carry cease cling close coagulate collect come commence communicate
    compare compensate complain complete complicate compress confer confirm consider consist
    constitute continue contract control correspond cover decrease degenerate deny depend
    deprive derive descend describe deserve destroy determine develop die differ dilate diminish
    disappear discharge discover displace distend distinguish divide drain draw dry elongate
    emerge employ enable enclose encourage encroach end enlarge enter erode escape establish
    excite exclude exert exhibit exist expand expel explain expose extend facilitate fail fall
    favour fill find flow follow force form furnish gain generate get give go grow happen hasten
    heal hold illustrate impair impart implicate improve incline increase indicate induce infect
    infiltrate influence inhibit inject insist interfere invade involve irritate join keep lack
    last lead leave lend lie limit live lodge lose maintain make manifest mark meet modify move
    multiply need neutralise obliterate obtain occupy occur offer open originate owe pass
    penetrate perforate permit persist pierce point possess precede predominate present preserve
    press prevail prevent proceed produce progress project proliferate prolong promote protect
    protrude prove provide provoke pursue radiate raise reach recall receive recommend recover
    recur reduce refer regard regulate relieve remain remove render repair replace represent
    require resemble resist respond rest result resume retain return reveal rise run rupture
    secrete see seem separate serve set shed show simulate slough soften spread spring stand
    start stimulate stop strengthen stretch suffer supervene supply support surround survive
    swell take tend terminate threaten traverse travel turn ulcerate undergo unite usher use
    vary weaken yield contain cause affect attack include exercise predispose react introduce
    necessitate incapacitate utilise paralyse liberate absorb inflict harden loosen discolour
    dissect burrow creep fix clot burst crack bulge arch curve bend flex rotate abduct adduct
    relax narrow widen thicken accelerate accomplish accord adapt alter alternate anticipate
    applaud argue ascend assert assign avert awaken bar bear betray block buckle call catch
    centre characterise check chew clear collapse combine command commend comprehend compel
    comply conceal conceive condense confine conform confront confuse connect conserve consume
    contaminate contrast contribute convert convey cool corrode couple crave creak cripple crowd
    crush cure dam damage decline deepen defeat defend define delay demonstrate dictate digest
    dilute direct disfigure disorganise disturb drag drop ease eat elicit eliminate elude
    embarrass embody embrace enhance ensue entail escort evade evoke evolve exceed exhaust exude
    fascinate flatten fuse girdle glide govern guarantee guard guide hamper hang hinder house
    imitate imperil implant impede impose impress incite incorporate indent initiate insulate
    intensify intercept interrupt interpose intervene isolate kill land lengthen lessen lift
    liquefy lock loom mask mature melt merge militate minimise mitigate moisten necrose nourish
    obscure obstruct obviate omit ooze operate ossify outline outnumber outlast overcome overlap
    overlie overtake participate perish permeate pervade phagocyte plug portend precipitate
    preclude presuppose profess prompt propagate pull purify push putrefy puzzle quicken rank
    reassure reappear reawaken rebound reconcile reflect reinforce reject release rely repel
    resort restore restrain restrict retard retract retreat reverse revert roughen satisfy save
    scatter sclerose seal seek select sensitise shelter shield shorten shrink shut signal sink
    slip slow smother soak solidify soothe spare split spoil stain steady straighten strain
    strip submerge substitute subside suffice suggest surmount suspend sustain sweat swing tear
    tempt tighten tolerate transfer transform trigger typify underlie unfold uplift urge vanish
    vitiate void warn warrant wash waste wear whiten withdraw withstand worry wrinkle"""
)
"""Verbs that may follow a subject, in their base form."""

ADJECTIVES = _words(
    """soft hard dry moist wet pale red small large firm tense cold hot warm smooth rough rapid
    slow thin thick round oval flat dull bright clear turbid cloudy yellow white black blue
    green grey brown purple livid dusky feeble weak strong tender painful painless shallow
    deep narrow wide short long high low even uneven full empty quick sharp blunt loose tight
    clean foul sour sweet swollen shrunken sunken drawn raised clammy flushed emaciated coated
    furred scanty profuse copious anxious sudden gradual insidious severe slight intense grave
    bad good excellent unfavourable favourable rare common regular irregular limp open closed
    solid liquid"""
)
"""Adjectives that say what a thing is like."""
