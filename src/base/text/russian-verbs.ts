/**
 * Infinitives that may stand behind a form of a Russian verb, the likelier first. Most are no words: the caller looks them up.
 * The dictionary has no sets of endings for verbs that change their stem (пью, собьёт, берегла), so their conjugation is
 * written here, after A. Zaliznyak, “Grammatical Dictionary of Russian”, classes 1–16.
 */
export function infinitivesOf(form: string): string[] {
  const plain = conjugated(form)
  if (!/(?:ся|сь)$/.test(form)) return plain
  return [...conjugated(form.slice(0, -2)).map((verb) => verb + (verb.endsWith('и') ? 'сь' : 'ся')), ...plain]
}

function conjugated(form: string): string[] {
  const guesses = new Set<string>()
  for (const [endings, stems] of conjugations) {
    const ending = endings.exec(form)
    if (!ending) continue
    const stem = form.slice(0, ending.index)
    for (const [last, infinitives] of stems) {
      if (!stem.endsWith(last)) continue
      const first = stem.slice(0, stem.length - last.length)
      for (const infinitive of infinitives) for (const guess of prefixed(first + infinitive)) guesses.add(guess)
    }
  }
  return [...guesses]
}

// A prefix gets an о before two consonants, and they meet in other places in the infinitive: собьёт, сбить; разберёт, разобрать.
function prefixed(infinitive: string): string[] {
  const without = /^(воз|вз|раз|из|под|от|об|над|пред|в|с)о(?=[бвгджзклмнпрстфхцчшщ])/.exec(infinitive)
  const within = /^(воз|вз|раз|рас|из|ис|под|от|об|над|в|с)(?=[бвгджзклмнпрстфхцчшщ]{2})/.exec(infinitive)
  const all = [infinitive]
  if (without) {
    const root = infinitive.slice(without[0].length)
    const voiceless = /^[кпстфхцчшщ]/.test(root)
    all.push((voiceless ? without[1]!.replace(/з$/, 'с') : without[1]!) + root)
    if (without[1] === 'об') all.push(`о${root}`)
  }
  if (within) all.push(`${within[1]!.replace(/(?<=.)с$/, 'з')}о${infinitive.slice(within[0].length)}`)
  return all
}

type Stems = [last: string, infinitives: string[]][]

const present = stems(
  'у:овать,евать ю:евать,ять а:авать,ать я:ять е:еть,ить и:ить о:ыть,еть,оть ь:ить у:уть шиб:шибить б:сти,беть ' +
    'обер:обобрать бер:брать дер:драть р:ереть,рать,роть зов:звать жив:жить в:ть,вать,веть стел:стлать,стелить гон:гнать лг:лгать жг:жечь жж:жечь бег:бежать ляг:лечь ляж:лечь ' +
    'ж:чь,зать,жать,гать,дать,дить,зить,деть жм:жать жн:жать мн:мять пн:пять йм:нять,ять прим:принять ним:нять им:ять возьм:взять н:нуть,ть,ать,нать чн:чать ден:деть,девать клян:клясть ' +
    'мет:мести цвет:цвести чт:честь плет:плести брет:брести рет:рести раст:расти гнет:гнести т:тить,теть вед:вести бред:брести блюд:блюсти клад:класть крад:красть пад:пасть прид:прийти пряд:прясть ' +
    'сяд:сесть буд:быть ед:ехать,есть,есть йд:йти ид:идти д:дить,деть,ать,стись жд:ждать с:сти,сать,сить з:зти,зть,зать,зить к:чь,кать г:чь ч:тить,чь,тать,кать,теть,чать,хотеть толк:толочь толч:толочь ' +
    'ш:сить,сать,хать,шить,шать шл:слать щ:стить,тить,скать,тать,стать,щать,щить кол:колоть пол:полоть мел:молоть пор:пороть хот:хотеть ' +
    'пл:пить,пать,петь вл:вить,веть бл:бить мл:мить,меть,мать фл:фить л:лить,леть,лать,лоть м:мить,меть,мать п:пить,петь,пать ст:стить,стеть с:сеть р:рить,реть р:рать н:нить,неть',
)

const past = stems(
  'а:ать я:ять и:ить е:еть,есть,есть,ести у:уть ы:ыть о:оть,олочь шиб:шибить г:гнуть,чь к:чь,кнуть рос:расти лег:лечь жег:жечь жг:жечь сек:сечь толк:толочь ' +
    'б:сти,бнуть с:сти,снуть з:зти,зть,знуть х:хнуть п:пнуть т:тнуть ер:ереть ш:сохнуть че:честь че:есть бре:брести рел:рести',
)

const conjugations: [RegExp, Stems][] = [
  [
    /(?:шел|шла|шло|шли|шедши)$/,
    [
      ['', ['йти', 'идти']],
      ['при', ['прийти']],
    ],
  ],
  [
    /(?:м|шь|ст|дим|дите|дут|дят|шьте)$/,
    [
      ['да', ['дать']],
      ['е', ['есть']],
      ['созда', ['создать']],
    ],
  ],
  [/(?:буд(?:у|ешь|ет|ем|ете|ут|ь|ьте|учи))$/, [['', ['быть']]]],
  [/(?<=[ая])$/, [['', ['ть']]]],
  [/(?:у|ю|ешь|ет|ем|ете|ут|ют|емте)$/, present],
  [/(?:ишь|ит|им|ите|ат|ят)$/, present],
  [/(?:и|ь|й|ите|ьте|йте|я|а|яте)$/, present],
  [/(?<=[аеиоуыя])л[аои]?$|(?<![аеиоуыя])(?:л[аои])?$/, past],
  [/(?<=[аеиоуыя])в(?:ши)?$|(?<![аеиоуыя])ши$/, past],
  [/(?:[ао]й(?:те)?|ая)$/, [['', ['авать', 'ыть']]]],
  [/ей(?:те)?$/, [['', ['ить']]]],
]

function stems(lines: string): Stems {
  return lines.split(' ').map((line) => {
    const [last = '', infinitives = ''] = line.split(':')
    return [last, infinitives.split(',')]
  })
}
