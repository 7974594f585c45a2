import { irregular } from './irregular.ts'

/**
 * Stems of a Ukrainian word in lower case, one for each part of speech that its ending allows, so that закону (закон) is no form of
 * законний and визначить (визначити) none of визначати: a noun's bare stem, `законн+ий`, `визнач+ити`, `визнач+ати`, `прац+увати`.
 * Endings and the changes of stems (рік, року; рука, руці; ходжу, ходити) after the Ukrainian orthography (2019), §§ 72–106.
 */
export function stemsOfUkrainian(word: string): string[] {
  const known = irregularUkrainian.stemsOf(word)
  if (known) return [...known]
  const reflexive = /(?:ся|сь)$/.exec(word) && word.length > 5 ? 'ся' : ''
  const bare = reflexive ? word.slice(0, -2) : word
  const stems = verbStems(bare).map((stem) => stem + reflexive)
  if (reflexive && stems.length > 0) return stems
  if (!isSurelyVerb(word)) stems.push(...nounStems(word), ...adjectiveStems(word))
  return stems.length > 0 ? [...new Set(stems)] : [word]
}

const vowel = /[аеєиіїоуюя]/

const surelyVerb =
  /(?:[иіуї]ти|[аяую](?:ю|єш|є|ємо|єте|ють|ючи|йте|ймо)|іє|іють|їть|[аяиуї]в(?:ши)|ить|ять|уть|ють|ємо|имо|емо|ите|єте|иш|еш|єш|ячи|учи|ючи)$/

function isSurelyVerb(word: string): boolean {
  return surelyVerb.test(word)
}

type Conjugation = [ending: RegExp, infinitive: string]

// The first that fits; what is left must have a vowel or two letters.
const conjugations: Conjugation[] = [
  [/[ую]ва(?:ти(?:м[еу](?:мо|те|ть|ш)?)?|в|вши|ла|ло|ли|но)$/, 'увати'],
  [/[ую](?:ю|єш|є|єть|ємо|єте|ють|й|йте|ймо|ючи)$/, 'увати'],
  [/[ая](?:ти(?:м[еу](?:мо|те|ть|ш)?)?|в|вши|ла|ло|ли|ю|єш|є|єть|ємо|єте|ють|й|йте|ймо|ючи|но|то)$/, 'ати'],
  [/ну(?:ти|в|вши|ла|ло|ли|ть|то)$/, 'нути'],
  [
    /[иіїє](?:ти(?:м[еу](?:мо|те|ть|ш)?)?|в|вши|ла|ло|ли)$|(?:иш|ить|имо|ите|ять|ать|їть|їш|їмо|їте|ячи|ено|єно|іть|імо|іє|іють|іючи)$/,
    'ити',
  ],
]

function verbStems(word: string): string[] {
  for (const [ending, infinitive] of conjugations) {
    const at = word.search(ending)
    if (at < 1 || !(vowel.test(word.slice(0, at)) || at >= 2)) continue
    return [`${soften(word.slice(0, at), infinitive)}+${infinitive}`]
  }
  const first = /^(.{2,})(?:у|ю)$/.exec(word)
  if (first && vowel.test(first[1]!)) return firstPerson(first[1]!, word.endsWith('ю'))
  const third = /^(.{2,})(?:е|еш|еть|емо|ете|уть|ють)$/.exec(word)
  if (third && vowel.test(third[1]!)) return [`${hardened(third[1]!)}+ати`]
  return []
}

// роблю, ставлю: the л is no part of the stem of an -ити verb.
function soften(stem: string, infinitive: string): string {
  return infinitive === 'ити' ? stem.replace(/(?<=[бпвмф])л$/, '') : stem
}

// пишу and пише are forms of писати, ходжу of ходити, плачу of платити.
function firstPerson(stem: string, isSoft: boolean): string[] {
  if (/дж$/.test(stem)) return [`${stem.slice(0, -1)}+ити`]
  if (/[бпвмф]л$/.test(stem)) return [`${stem.slice(0, -1)}+ити`]
  if (/щ$/.test(stem)) return [`${stem.slice(0, -1)}ст+ити`]
  if (/ч$/.test(stem)) return [`${stem.slice(0, -1)}т+ити`, `${stem}+ити`]
  if (/ш$/.test(stem)) return [`${stem.slice(0, -1)}с+ити`, `${hardened(stem)}+ати`]
  if (/ж$/.test(stem)) return [`${hardened(stem)}+ати`]
  return isSoft ? [`${stem.replace(/і$/, '')}+ити`] : []
}

function hardened(stem: string): string {
  return stem.replace(/ж$/, 'з').replace(/ш$/, 'с').replace(/ч$/, 'к')
}

const adjective = /^(.+?)(?:ого|ому|ий|ій|ої|ою|ими|их|им|ім|ього|ьому|ьої|ьою|ьо|іми|іх|а|у|е|і|я|ю|є)$/
const surelyAdjective = /(?:ого|ому|ий|ої|ими|их|ім|ього|ьому|ьої|ьою|іми|іх)$/

function adjectiveStems(word: string): string[] {
  const stem = adjective.exec(word)?.[1]
  return stem && stem.length >= 2 && vowel.test(stem) ? [`${stem}+ий`] : []
}

const noun = /^(.{1,}?)(?:ами|ями|ові|еві|єві|ам|ям|ах|ях|ом|ем|єм|ою|ею|єю|ів|їв|ей|ю|а|я|у|е|є|и|і|ї|о|ь|й|)$/

function nounStems(word: string): string[] {
  if (surelyAdjective.test(word)) return []
  let stem = noun.exec(word)?.[1] ?? word
  if (!vowel.test(stem)) stem = word.replace(/(?<=.{2})[аеиіоуюяь]$/, '')
  const ending = word.slice(stem.length)
  const stems = [single(stem)]
  if (ending === 'ем' || ending === 'ам') stems.push(word)
  if (ending === '' || ending === 'ь' || ending === 'ю') {
    const open = stem.replace(/і(?=[^аеєиіїоуюя]{1,2}$)/, 'о').replace(/ї(?=[^аеєиіїоуюя]$)/, 'є')
    if (open !== stem) stems.push(single(open))
    else if (ending !== 'ю' && /.[^аеєиіїоуюя][оеє][кнлрцвтм]$/.test(stem))
      stems.push(`${stem.slice(0, -2)}${stem.at(-1)}`)
  }
  // нозі, руці, дусі: нога, рука, дух.
  if (ending === 'і') {
    const hard = stem.replace(/з$/, 'г').replace(/ц$/, 'к').replace(/с$/, 'х')
    if (hard !== stem) stems.push(hard)
  }
  return stems
}

// питання and питань, життя and життів; громадянин and громадяни.
function single(stem: string): string {
  return stem
    .replace(/(?<=[ая]н)ин$/, '')
    .replace(/(н|т|л|ч|ш|ж|з|с)\1$/, '$1')
    .replace(/'$/, '')
}

/** Ukrainian forms that no ending explains, with their stems. */
export const irregularUkrainian = irregular(`
людин: людина людини людині людину людиною люди людей людям людьми людях
дитин: дитина дитини дитині дитину дитиною діти дітей дітям дітьми дітях
бути+: бути був була було були є буду будеш буде будемо будете будуть будь будьте будучи
могти+: могти міг могла могло могли можу можеш може можемо можете можуть
хотіти+: хотіти хотів хотіла хотіло хотіли хочу хочеш хоче хочемо хочете хочуть
мати+: мати має маєш маємо маєте мають маю мав мала мало мали маючи матиме матимеш матимемо матимуть
йти+: йти іти йду йдеш йде йдемо йдете йдуть ішов йшов йшла йшло йшли
піти+: піти піду підеш піде підемо підете підуть пішов пішла пішло пішли
прийти+: прийти прийду прийдеш прийде прийдемо прийдуть прийшов прийшла прийшло прийшли
вийти+: вийти вийду вийде вийдемо вийдуть вийшов вийшла вийшло вийшли
знайти+: знайти знайду знайдеш знайде знайдемо знайдуть знайшов знайшла знайшло знайшли
дати+: дати дам даси дасть дамо дасте дадуть дай дайте дав дала дало дали
дн: день дня дню днем дні днів дням днями днях
тижн: тиждень тижня тижню тижнем тижні тижнів тижням тижнями тижнях
ім': ім'я імені іменем імена імен іменам іменами іменах
`)
