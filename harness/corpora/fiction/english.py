"""English words and known names that the name grammar could spell: no invented name is one."""

from __future__ import annotations

ENGLISH = frozenset(
    """
aragorn arwen baber back baden baker bald baleful baler balkan balker ball ballast balletic
ballistic balloter baloney balsa balsamic baltic baluster banana bandana bander baneful bangor
banister banker banneker banner bannister bannock banter bantustan barbara barbaric barbell
barber barbuda barbudan bardic bargeman barista barker barley barman barn barnard barney baroda
barren barrister barrow bartender barter barterer baseborn baseman basement bash basic basilan
bask basra bastard baster batavia bath batista bavaria beck bedim befell began begonia begun
belabor belarus belfast belgorod belinda bell bella bellow below beluga bender bent benumb
berber berg bergen berkeley berliner bermuda bermudan bern bernard berra bessemer bestow beta
betaken beth betoken biker bilker bill billow binder binger birder biter bitumen bivalent bock
bodega bogey bogota bogus bola bold bolivia boll boloney bolster bolter bolus bombard bombast
bombastic bomber bona boner boney bonita bonus borden border borer borgia born boromir borrow
bosh bosnia bosun botanic both brakeman brander brant brash brasilia bravura breda bremen brenda
brendan brenner brent brian briber brick brill brim brimful bringer brisbane brisk brogan broken
broker bromidic bromley bronwen broth bruno brunt brush brusk brutus buber buck bulgaria bulimia
bulimic bull bullock bummer bungalow bunker bunt bunter burden burdock burg burger burley burma
burman burn burner burrow bursa bush busk busker busman buster butane castor dada dakota dakotan
daley dalmatia damask dana dander danger darer darken darkener darla darn darner darrell darrow
darter darwin dash dastard data dater debaser debater debora deck defamer defender defer defiler
definer delia deliria deliver dell della delmer delta deluder delver demander demeter demigod
demise demonic demotic dena denethor denim denise dent denver derma derrick desirer desk deter
devise deviser devisor dick dilator diligent dill diluter dimmer dina diner dinesen dingus
dinner dint direful dirgeful disaster disavow disburden disfavor disgust dish disk disney
disobey disorder disregard dissent dissever dissident diva divalent divan diver divider diviner
divisor dock dodoma doleful doll dolmen dolor domestic dominic dominick dona donator donkey
donna donor donovan dora doric dormer dotard doter doth dover dragoman dram drama dramatic
dramatise drastic dresden dresser drill driller drinker drip driveler driven driver droll drop
drover drum drummer drumstick drunkard drunken duck dull dullard duller dunder durban durer
durey durga dusk duster dutiful dylan edith edwin elisa elrond eowyn faker fall falla fallen
fallow falter falterer fanatic fantasia fantasise fantastic faramir farer farina farmer farrell
farrow fasten fastener faster fateful fatima favor favorer fedora fell fella fellator feller
fellow femora fender ferber ferment fern ferrara ferric fertilise fervent fervor fester feta
fetus fever fiber fibula fifer figurer filament filaria filer fill filler filleter filter
filterer finalise finder finer finger finlander finnic fireman firer firmament fish fistula
fiver fogey fold folder folic follow foment fonda font fora forager foraker forelock foreman
foremast forester foretell forever forger forgiven forgiver forlorn formalise former formic
formosa formosan formula forsaken forster foster fragonard framer frantic fraser freda frederic
frederick frena frenetic fresh frill frisk frisker frock frodo frolic from front frosh froth
frusta full fuller fundament fungus furbelow furor furrow fusser gaga gala galabia
galadriel galatia galen galena gall galleria galley gallic galvanic galvanise gama gambia
gamester gametic gamey gamma gammer gandalf gander gangetic garden gardener gardenia garlic
garment garner garrick garroter garter garvey gash gater gator geld gender genera generic
genetic geneva genevan genic genomic gent genus gerard german germane germanic gesturer giber
gila gild gilda gilder gill gilman gimmick gina ginger gingiva girder gisela gish given giver
godard godiva gofer gold golden golfer gonadic gondola goner gonna gordimer gosh gossamer goth
grader gram granada granger granitic granola grant granter grantor grateful grater gravamen
graven graver gregor grenada greta grill grim grinder grinner grip griselda groveler grover
grunt grunter guck gulden gull gunlock gunman gunner gurney gush gustavus gwendolen hack halala
haler haley hall halley hallow halogen halsey halter hama hamadan hamitic hammer hammerer
hammock hamster hamsun handover hanger hangover hanker hankerer hanna hannover hanover hanuka
harbor harborer harden hardener harder harebell harken harlan harley harlow harmonic harmonise
harridan harrow harvester harvey hash hasidic hasidim hassidim hassock hasten hateful hater hath
havana havanan haven heck hector hegira held helen helena helga hell hellenic heller helluva
heloise helvetia hemlock hemmer hendrick henever henna hera heraldic herbaria herder heretic
herman hermetic hermitic hernia herod herren herrick hester hestia hick hider hiker hilda
hildegard hill hillock hindemith hinder hinderer hindustan hint hinter hirer historic hock hogan
hokan hokey hold holder holdover holey holistic hollander holler hollow holster homer homeric
homesick homey honduran honer honey honker honor honorer hora horn horrific horror horseman
horsey horus hosta hosteler hover hula hull huller human humane humerus humidor hummer hummock
hummus humor humus hunan hunger hungover hunker hunt hunter hurler husbander hush husk husker
irena judith julia kabul kalgan kaluga kana kanaka kansan kant kara karakul karelia karen karla
karma karmic karstic kava keller kendrick kenneth kent kerman kern kick kill killer kilovolt
kilter kina kinda kinema kinetic kinsey kisser kith kiva kola koran koranic koruna krakow krill
krona kroner kronor kuna kunlun kura kurdistan kurus labeler labia labor laborer lack laden
ladoga lager lakota lama lambada lambast lambent lambeth lament lamia lamina lana lander lantana
lara larder larger larker larva laser lash latakia latent later lath latina lava lavender
lavinia leda legalise legolas lela lelia leman lemma lemmata lena lender lenny lenora lent
lenten lerner lesley lessen lesser lessor lester letitia leva leveler lever libeler liberia lick
lifer ligament liguria liken likuta lila lima limber limbic limerick limey limiter limner linda
linden lineman linen liner linger lingerer liniment linker lint lira lisa listen listener lister
liter liven liver livestock livonia lock loden lofoten logan logic logistic lola loll loller
lombard londoner loner longer lonna lora loren lorena lorinda lorn lorna loser loth lotus louise
lovelorn lover lovesick luck luda ludic luisa lull lumber lumberer lumen lumina lunatic lunger
lunula lurdan lurdane lusaka lush luster lydia mack madura mafia magic magus maker makuta malaga
malaria maldivan malefic mall mallard mallow malodor malta mama mamba mamma manager manama
manana mandala mandalic mandamus mandan mandela manful manger mania manic manila manley manna
manner manor mansard manta mantic mara maria marina mariner marka marker marketer marla marmara
marrow marta marten martha martin marva marvell maser mash mask masker masonic massager massilia
master mastic matador mater math maven maverick medan media medic medina medusa mega megalith
megan melanic melba meld melinda melisa mellow melodic melva member memetic memorise menander
mender mensa mentor meredith merger merida merlin merman merrick merriment mersey mesa mesh
mesmeric mesmerise messina meta meter meth milan mild milena miler miletus militia milker mill
millard miller milliner millivolt mimer mimetic mimic mimosa minder miner minibus minim minima
minimise minister minivan minnow minor minster mint minter minus minutia mira miranda mirror
miser misnomer missus mistaken mistaker mister miter mitotic mobilise mock modeler modena mogul
mold moldavia molder moldova moldovan molester moll molten molter mombasa moment momma mona
monadic monastic money monger mongolia mongolic moniker monistic monitor monkey monodic monolith
monomer monrovia monster montana montanan monterey monument moravia mordent morelia morena
morgan morn moronic morrow mortimer mortise mortiser mosey mosh mosul moth motor movement mover
muck mull mulla mullen mulligan mulroney multan multilane multitask mummer mundane muniment
munster murder murderer murmurer murrow muser mush music musk muslim mustard muster mutagen
nader nadia namer namibia nansen narrator narrow nasa nash nasser natick nebula neck nell neruda
nestor neva nevada nevadan never nevus nick niger nigeria nilotic nimbus nimrod nina nirvana
nisan nita niter nodus nolan nomadic nona nonbasic nonevent nonstick nonuser nonvoter nora
nordic norma normalise norman norseman nosey nosh nova novena nubia null number numen numeric
numidia numina nurser nurturer odin olivia paba pack pagan pager pagoda pakistan palaver pall
pallia pallor palma palmer palter pamela panama panda pandemic pander panderer pandora panful
panic pant para parader paradise parana pardoner parent parer paretic parka parker parley parlor
parma parmesan parnell parodic parser partaken partaker partisan pasadena passer passim passover
pasta pastor paten patent path patina patrick pavan pavane pavement paver peck pederast pediment
pegasus pelagic pelvic penalise pendent penitent penman penstock pent perator perfumer pergamus
pergola permanent persia persona pertinent peruser peseta pester pesterer pestilent petard peter
petunia pick pika piker pilaster pilfer pilferer pill pillager pillow pilsener pima piman pinata
pindaric pindus piney pint pinter pirana piratic pisa pisan pita pith pitiful pock podia poker
pokey polarise polder polemic poler politic politick polka poll pollen poller pollock polluter
pomander pomona ponder ponderer pontic pontus porker porn portent porter portia poser posh
poster posturer potent pubic puck pudenda pula puler pull puller pulley pullover pulmotor
pulsator puma pungent punic punster punt punter purger purim puristic puritan purser purulent
purvey pusan push rabia rack raga raker rama ramadan ramen ramona ramrod ranger ransomer rant
ranter rash raster rata rater ravager raveler raven reba rebater reborn rebus redolent refasten
refer referent refiner refuter regalia regard regent regimen regiment regina register regolith
regulus relater relator relent relic relock remanent reminder remora remover remus render
renderer reneger rent renter reran rerun resell resent resident resider resister resistor resow
rester restock restorer retaken retard retarder retell retina reveler reverent reviler revise
reviser revisor reviver revoker revolt rick rider riga rigor rill ringer rinser rint risen riser
risk rita ritard riven river rivera riveter robotic robust rock rodent roderick roger roll
roller rollick rollo rollover roma roman romania romulus rona ronda rosa rosh rosita roster
rostock rota rotator roth rotor rotunda rover rowena ruben ruck rudiment rufus ruler rumania
rumba rumen rumina rummager rumor runic runner runt rush rusk russell russia rustic ruth saber
sabina sack sadistic saga saliva sallow sallust salsa salvador salvager salver salvia samara
samaria samba samsara samsaric samsun sana sander sandra sanger santa santeria sara saran
sardinia sardonic sargent sarmatia sash satan satanic satiric saver savor savorer sedan seder
sediment segovia selena sell seller selma semen semester semitic senator sender senna senor
senora sensor sensoria sent sentiment sera serbia serena serra server servitor sestina seth
seven sever severus siberia sick sidekick sideman sild silent silenus silesia silken sill silvan
silver silverer silvester silvia simmer sinfonia sinful singer sinister sinker sinner sinter
sinus siren sister situs siva sivan soba sober sock soda sofa sofia solaria sold solder solderer
solidus solonic solvent solver soma somalia somatic somber somnolent sonata sonia sonic sonora
sonoran sorrow sorta sorter stabilise stack stadia stagey stalker stall stamen stamina stammer
stammerer standard stander stanley stardust starer starter stash statement static statistic
status stefan stela stella stem stemma stemmata stenotic stent stentor step sterilise stern
sterna steven stick still stimulus stinger stinker stint stinter stirrer stock stoker stolen
stoma stomata stoney stop storey stuck student stunner stunt subagent suborder suborn suck sudan
sudeten sufic sulfa sulfuric sulla sullen sullivan sultan sultana sumer summarise summer
summoner sumner sunda sunder sunken sunna sunrise suntan sura surfer surmise surrender surrey
survey survivor susan suva tabor tack tagus taka taken taker tala talent taler taliban talker
tall tallow talmudic talus tamara tambala tamer tanager tandard taney tangent tania tankard
tanker tanner tantalise tantalus tara tarn tarsus tartan tartaric task tasman tasmania tasteful
taster tatement tater tatic televise telic tell teller telluric tender tenderer tenement tenoner
tenor tensor tent teresa terminus tern terra terraria terrell terrific terror terrorise tesla
tessera testament testator tester tetanus thalamic thalamus thana thant theban thelma them
thematic theoden therefor theresa theta thick thinker thinner thor thorn thuban thunder
thunderer thurber thurman thurrock tiber tibetan tibia tick tiger tiler till tiller tilter
timber timer timor tina tinder tinker tinkerer tinnitus tint tinter tirana tirane titan titanic
titus toga token told toll toner tonga tongan tonic tora torment torn torrent tortola tortuga
torturer totemic track trader tragic tram trammeler transonic trap trash traveler tremor trent
trevor trick trident triforia trill trim trimaran trimester trimeter trimmer trip tristan
trivalent trivia troll troller trolley troth truck truman truster truth tuba tuber tuck tudor
tufa tula tulsa tulsan tumor tumulus tuna tuneful tuner tungusic tunic tunisia tunneler turban
turbofan turbulent turkestan turkey turkic turmeric turn turner turnover tush tusk tusker
tussock tutor vagina valise valley valor vandalise varment varna vasa vatic veda vedic vega
vegan vela veld velma vender vendor vengeful vent ventura venus vera veranda verbatim verbena
verboten verdun verena verger veristic vern verna verona versa versus vesta veteran victor vida
vigor viktor vila villa villager villus vilna virginia virulent virus visa visitor visor vista
vistula vita viva volga volley volta voter vulva wader wafer wager wagerer wagoner wakeful waken
wakener walesa walker walkover wall wallow walrus walter wanda wander wanderer wanna want warden
warder warley warlock warmer warn warner warren wash wasteful waster water waver waverer weber
weld welder well welter wendell went werner weser wesley wick widen widener widow wilber wild
wilda wilder wiley wilful will willa willard willow wilma wilmer winder window winger winker
winner winnow winter wish wistaria wisteria with woden woful woken wold wolsey woman women
wonder wont worker worn worriment worsen woven yack yakima yalta yammer yammerer yamuna yaren
yarn yarrow yell yellow yemen yenisey yenta yerevan yester yodeler yoga yogic yolanda yonder
yoruba yoruban yuck yuma zambia zara zelda zenana zenger zenith zeta zinger zinnia zola zomba
""".split()
)
