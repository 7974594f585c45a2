import { irregular } from './irregular.ts'

/**
 * Stems of an English word in lower case by its inflection only: plural, possessive, -ed, -ing, -er and -est of common adjectives.
 * Words that are merely derived stay apart (general and generic, university and universe), unlike under Porter's rules.
 */
export function stemsOfEnglish(word: string): string[] {
  const bare = word.replace(/'s?$/, '')
  const known = irregularEnglish.stemsOf(bare)
  if (!known) return [stemOf(bare)]
  return ambiguous.has(bare) ? [...known, stemOf(bare)] : [...known]
}

const ambiguous = new Set(
  'left found saw lives leaves felt thought rose lay bore fell spoke bit lit bases halves hid data media'.split(' '),
)

function stemOf(word: string): string {
  if (word.length < 4 || fixed.test(word)) return base(word)
  const past = /^(.*[aeiouy].*?)(?:ed|ing|ings)$/.exec(word)?.[1]
  if (past && past.length > 1 && !/[^g]eed$/.test(word)) {
    const single = past.replace(/([^aeioulsz])\1$/, '$1')
    return single === past && short.test(past) ? `${past}e` : base(single)
  }
  if (/(?:ss|us|is)$/.test(word)) return base(word)
  if (/ies$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1)
  if (/(?:[sxz]|[cs]h)es$/.test(word)) return base(word.slice(0, -2))
  if (/s$/.test(word)) return base(word.slice(0, -1))
  return base(word)
}

// One syllable that ends in one consonant: it doubles the consonant before -ing (hopping), or else has lost an e (hoping).
const short = /^[^aeiouy]*[aeiouy][^aeiouywx]$/

// close and closing, try and tries are one; hop and hope are two.
function base(word: string): string {
  if (word.length > 3 && /[^e]e$/.test(word) && !short.test(word.slice(0, -1))) return word.slice(0, -1)
  return word.length > 2 && /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}i` : word
}

// Words that only look inflected.
const fixed =
  /^(?:(?:some|any|every|no)?thing|morning|evening|during|ceiling|wedding|sibling|darling|pudding|herring|sterling|viking|boxing|string|spring|bring|king|ring|sing|wing|swing|cling|fling|sling|sting|being|bed|red|shed|sled|hundred|kindred|sacred|naked|wicked|indeed|exceed|proceed|succeed|speed|seed|need|feed|weed|deed|breed|bleed|greed|reed|steed|embed|news|always|perhaps|besides|afterwards|towards|mathematics|physics|politics|economics|series|species|lens|james|thomas|paris|texas|yes|gas|bias|atlas|canvas|christmas|mrs|afghanistan)$/

/** English forms that no ending explains, with the stems of their words. */
export const irregularEnglish = irregular(
  `
be: am is are was were been being
have: has had having
do: does did done doing
go: goes went gone going
say: said
get: got gotten getting
make: made
know: knew known
think: thought
take: took taken
see: saw seen
come: came
find: found
give: gave given
tell: told
feel: felt
become: became
leave: left
mean: meant
keep: kept
let: letting
begin: began begun beginning
show: shown
hear: heard
run: ran running
hold: held
bring: brought
write: wrote written writing
sit: sat sitting
stand: stood
lose: lost
pay: paid
meet: met
set: setting
learn: learnt
lead: led
understand: understood
speak: spoke spoken
spend: spent
grow: grew grown
win: won winning
teach: taught
buy: bought
send: sent
build: built
fall: fell fallen
cut: cutting
sell: sold
break: broke broken
eat: ate eaten
catch: caught
draw: drew drawn
choose: chose chosen
wear: wore worn
throw: threw thrown
drive: drove driven driving
rise: rose risen
seek: sought
sing: sang sung
drink: drank drunk
ring: rang rung
swim: swam swum swimming
fly: flew flown flies flying
hit: hitting
put: putting
shut: shutting
quit: quitting
steal: stole stolen
hide: hid hidden hiding
ride: rode ridden riding
bite: bit bitten biting
shake: shook shaken
wake: woke woken
forget: forgot forgotten forgetting
forgive: forgave forgiven
freeze: froze frozen
fight: fought
sleep: slept
dream: dreamt
burn: burnt
bend: bent
lend: lent
deal: dealt
dig: dug digging
feed: fed
flee: fled
shoot: shot
shine: shone
sink: sank sunk
slide: slid
spread: spreading
stick: stuck
strike: struck stricken
sweep: swept
swear: swore sworn
tear: tore torn
bear: bore borne
beat: beaten
bet: betting
bind: bound
blow: blew blown
breed: bred
creep: crept
hang: hung
kneel: knelt
lay: laid
lie: lain lying
die: died dies dying
tie: tied ties tying
light: lit
mistake: mistook mistaken
overcome: overcame
prove: proven
shrink: shrank shrunk
spin: spun
split: splitting
spring: sprang sprung
sting: stung
undertake: undertook undertaken
weep: wept
withdraw: withdrew withdrawn
arise: arose arisen
awake: awoke awoken
man: men
woman: women
child: children
foot: feet
tooth: teeth
goose: geese
mouse: mice
ox: oxen
life: lives
wife: wives
knife: knives
leaf: leaves
half: halves
shelf: shelves
thief: thieves
wolf: wolves
loaf: loaves
calf: calves
self: selves
datum: data
medium: media
criterion: criteria
phenomenon: phenomena
crisis: crises
analysis: analyses
basis: bases
thesis: theses
bus: buses busses
potato: potatoes
tomato: tomatoes
hero: heroes
echo: echoes
good well: better best
bad: worse worst
far: farther farthest further furthest
I: me my mine
he: him his
she: her hers
we: us our ours
they: them their theirs
` +
    'big large high low small great long short old young new late early easy fast slow hard cheap strong weak nice safe close hot cold cool warm dark light bright clean dirty happy busy pretty rich poor simple quick smart soft tall thick thin tight wide wild deep heavy healthy clear dumb loud mad mild near quiet rough sad sharp sick stupid sweet tiny tough ugly funny crazy hungry lucky lovely friendly fresh full fine'
      .split(' ')
      .map((word) => {
        const stem = /^[^aeiou]+[aeiou][gdtnm]$/.test(word)
          ? word + word.at(-1)!
          : word.replace(/y$/, 'i').replace(/e$/, '')
        return `${word}: ${stem}er ${stem}est`
      })
      .join('\n'),
  stemOf,
)
