import { evenWeights } from '../src/base/learn/bag.ts'
import { learnLinear } from '../src/base/learn/linear.ts'
import { emotionLanguages, emotions, emotionsModelFile } from '../src/listen/enrich/emotions.ts'
import { certaintyTable, figuresOfHeld, percent } from './chances-card.ts'
import { learnChances, type Answered, type Held } from './chances.ts'
import { readBrighter, type BrighterRow } from './data/brighter.ts'
import { table, writeFigures } from './figures.ts'

/** Makes models/emotions.*.model, one for each language, and the figures in docs/models/emotions.md. */
export function train(): void {
  const all = readBrighter()
  const held = emotionLanguages.map((lang) => ({ lang, held: trainOne(lang, all) }))
  writeFigures('emotions', figures(held))
}

/** A related language helps where the own one has few of an emotion; by cross-validation it does so for these, at this weight. */
const relatives: { [lang: string]: string } = { uk: 'ru', pt: 'es' }
const help = 0.2

function trainOne(lang: string, all: BrighterRow[]): Held[] {
  const own = all.filter((row) => row.lang === lang).map((row) => answered(row))
  const related = all.filter((row) => row.lang === relatives[lang]).map((row) => answered(row, help))
  return learnChances([...own, ...related], {
    task: 'emotions',
    file: emotionsModelFile(lang),
    questions: emotions.filter((emotion) => own.some(({ answers }) => emotion in answers)),
    bits: 17,
    families: evenWeights,
    learn: (lesson) => learnLinear(lesson, { cost: 0.3, bayes: { added: 1, mix: 0.5 }, seed: 1 }),
    best: 'f1',
  })
}

function answered(row: BrighterRow, help?: number): Answered {
  const answers = Object.fromEntries(
    emotions.flatMap((emotion) => (row[emotion] === null ? [] : [[emotion, row[emotion]]])),
  )
  return { lang: row.lang, text: row.text, answers, ...(help === undefined ? {} : { help }) }
}

/** F1 of each emotion in each language, and the mean of the five that every language has. */
function figures(languages: { lang: string; held: Held[] }[]): string {
  const five = emotions.filter((emotion) => emotion !== 'disgust')
  const rows = languages.map(({ lang, held }) => {
    const of = (emotion: string) => held.filter(({ question }) => question === emotion)
    const f1 = (emotion: string) => figuresOfHeld(of(emotion)).f1
    const mean = five.reduce((sum, emotion) => sum + f1(emotion), 0) / five.length
    const each = emotions.map((emotion) =>
      of(emotion).length === 0 ? '–' : `${percent(f1(emotion))} (${figuresOfHeld(of(emotion)).yes})`,
    )
    return [lang, of('joy').length.toLocaleString('en'), percent(mean), ...each, percent(figuresOfHeld(held).error)]
  })
  return [
    table([['language', 'rows', 'mean of five', ...emotions, 'ECE'], ...rows]),
    '## Are the chances right?',
    certaintyTable(languages.flatMap(({ held }) => held)),
  ].join('\n\n')
}
