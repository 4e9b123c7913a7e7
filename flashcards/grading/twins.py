"""Words that a slip of the keyboard would make of another word that means something else.

Each line is one group: none of its words is read as a slip of another one. The list holds
what the technical vocabulary of interviews has within one slip; the words that a deck
itself uses are compared as well, so that it need not be complete.
"""

from __future__ import annotations

_GROUPS = """
accent ascent
activity captivity
adapt adopt
adapted adopted
adapting adopting
adaption adoption
addiction addition
additive addictive
alliance appliance
alteration alternation
altitude aptitude
angel angle
aviation variation
baking banking backing
baseline bassline
bending binding bonding
better batter bitter
binding blinding
blender blinder
block black
blocking blacking
branch brunch
breath breadth
burst bust
caching cashing catching
capital capitol
cased caused
casting costing
casual causal
certain curtain
charged charted
clause cause
cleaned cleansed
cleaning cleansing
clock click
closest closet
coarse course
collision collusion
command commend
compete complete compute
competed completed
competing completing computing
complement compliment
complementary complimentary
compressed comprised
conclusion concussion confusion
confirm conform
confirmed conformed
confirming conforming
consumers consumes
contact contract
contacts contracts contrast contrasts
contest context
context contest
contract contrast
convert covert
converts concerts
cost coast
costing coasting
county country
create crate
creation cremation
current currant
decade decode decide
deceased decreased
decent descent
decided decoded
deciding decoding
deduced deducted
defect detect deflect
defection detection deflection
defective detective
defects detects
defined defied
deleted depleted
deletion depletion
deprived derived
derive deprive drive
desert dessert
deviation derivation
device devise
discreet discrete
drafted drifted
drafting drifting
dropped drooped
dropping dripping
easing erasing
editing exiting
employees employers employs
ensure endure
ensuring enduring
erection rejection
existed exited excited
existing exiting
expand expend
expense expanse
expert export
exploded explored
exploding exploring
external eternal
faction fraction fiction friction
fading facing
farther further father
fatter fitter flatter
field filed
filed filled failed
filing filling failing
filter falter
finding funding fending
floods floors
flowing following
flows flaws
forced formed forked
founded funded
framing farming
generic genetic
generics genetics
grade grace
hearing heading heating
heather heater
higher hither
hinting hunting
identifies identities
identify identity
immoral immortal
import impart
improves improvise
incentive inventive
indicated indicted
infected infested
ingest invest infest
inhabit inhibit
insect inspect
installed instilled
interest intersect
interior inferior
internal infernal
later latter layer letter
lateral literal
layers lawyers
leading loading
leaned learned loaned
leaning learning
leaves loaves
lighting lightning
linear liner
lining linking liking
logging lagging lugging
losses lasses
major manor
making marking masking
managers manages
mapping mopping
margin martin
markets markers
massage message
masses messes misses
master mister
matching marching
mental metal
middle muddle meddle
mining minding
minor miner manor
missing massing
model modal
moral mortal
morality mortality
native naive
neural neutral
nuclear unclear
option potion portion
options portions potions
ordinance ordnance
outlier outliner
packet pocket picket
packets pockets
packing pecking picking
padding pudding
parent patent
parts ports
patching pitching
patent potent
perfect prefect
personal personnel
phase phrase
phases phrases
placing pacing
planting plating
point paint
polling pulling pooling
pooling polling
posed posted
posting posing
preceded proceeded
preceding proceeding
precious previous
premise promise
pretend pretrend
probe prove prone
probing proving
proceed processed
process profess
processor professor
producers produces
promoted prompted
protect protest
protects protests
prune prone
quality qualify
quantile quintile
quiet quite
racial radial radical
random ransom
ranger ringer
ranging ringing ranting
rating ranting
ratios rations
reference reverence
refuge refute
regain retain
related relayed
relating relaying
relations revelations
relies replies
relying replying
remainder reminder
replay reply relay
reside residue
retrain restrain retain
reverse revere
rooted routed
rooting routing
rotating rotting
routing rooting
sample simple
scaring scarring scoring
score scare
scored scared
scoring scaring
scraping scrapping
section suction
seeking seeming
sending spending
sensing sending
sentient sentiment
server sever
servers serves
setting settling sitting
sharding shading
shards shares
shared shard shred
shift shirt
shipping shopping
silver sliver
simulate stimulate
simulated stimulated
simulation stimulation
singe single
slice slide spice
slices slides
sliding slicing
solve salve
sorted shorted
sorting sporting
space spice spade
spares sparse
sparse spare
split spilt
splitting spotting spitting
square squire
stack stock stick
stacked stocked staked
stacking sticking stocking staking
stacks stocks
stage state
staging staying stating
stale stable
stared stored started
staring storing starting
states status statues
stationary stationery
statue statute
stepped stopped
stepping stopping
stored stormed
storing storming
stranger stronger
stream steam
streaming steaming
string strong strung
striped stripped
strong strung
studies studios
suffer surfer
suppliers supplies
surge serge
swap swamp
tables tablets
tagging tugging
tailing trailing
tapping tipping trapping topping
tested texted
testing texting
thorough through
though through
threads treads
throughout throughput
tilted titled
token taken
topic tropic
trace trade
traced traded
tracer trader
tracing tracking trading
track trick
traders trades
trading treading
trail trial
trails trials
transit transmit
trial tribal
trust thrust
tuned turned
tuning turning
typical topical
unclear nuclear
united untied
variation aviation
vector victor
vectors victors
versus verses
vertex vortex
wandering wondering
watchers watches
weaving waving
weighted weighed
weights weighs
where were
window widow
windows widows
writes writers
"""


def is_twin(given: str, wanted: str) -> bool:
    """Tell whether two words are alike and both are words of their own."""
    return not _TWINS.get(given, frozenset()).isdisjoint(
        _TWINS.get(wanted, frozenset())
    )


def _twins() -> dict[str, frozenset[int]]:
    places: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.split("\n")):
        for word in line.split():
            places.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in places.items()}


_TWINS = _twins()
