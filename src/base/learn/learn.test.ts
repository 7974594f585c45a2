import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyse } from '../text/analyse.ts'
import { addAccounts } from './accounts.ts'
import { accounts, evenWeights, pieces, words } from './bag.ts'
import { calibrate, calibrationError, reliability, toProbabilities } from './calibrate.ts'
import { learnClassifier } from './classifier.ts'
import { compact, loadCompact, saveCompact, scoreBag } from './compact.ts'
import { makeFolds } from './folds.ts'
import { learnLinear, scoreRow, type HowToLearn } from './linear.ts'
import { seeded } from './random.ts'
import { readBag } from './read-bag.ts'
import { Rows } from './rows.ts'
import { accuracy, confusionOf, macro, scoresOfClass } from './scores.ts'
import { blend, learnSoftmax } from './softmax.ts'
import { addTogether } from './together.ts'

const how: HowToLearn = { cost: 1, bayes: null, seed: 1 }
const topics = {
  weather: ['rain in the north', 'sun and wind tomorrow', 'snow at night', 'wind and rain again', 'a cold rainy night'],
  money: ['the bank raised its rate', 'a loan at a low rate', 'banks pay more', 'my loan was refused', 'pay the bank'],
  food: ['soup with bread', 'fresh bread and cheese', 'cheese soup', 'a bowl of soup', 'bread, butter and cheese'],
}

function lesson() {
  const rows = new Rows(14, evenWeights)
  const labels: number[] = []
  Object.values(topics).forEach((texts, label) =>
    texts.forEach((text) => {
      rows.add(readBag(analyse(text)))
      labels.push(label)
    }),
  )
  const isOf = (row: number, label: number) => labels[row] === label
  return { rows, labels, chosen: Int32Array.from(labels.keys()), classes: 3, isOf }
}

function best(scores: Float64Array): number {
  return scores.indexOf(Math.max(...scores))
}

test.each([null, { added: 1, mix: 0.5 }])(
  'texts it has not seen are told apart by words and pieces of words (%o)',
  (bayes) => {
    const model = compact(learnLinear(lesson(), { ...how, bayes }), evenWeights, { task: 'topics', version: 1 })
    const scores = new Float64Array(3)
    const answers = ['raining and windy', 'the banker lent nothing, no loans', 'soups and breads'].map((text) => {
      scoreBag(model, readBag(analyse(text)), scores)
      return best(scores)
    })
    expect(answers).toEqual([0, 1, 2])
  },
)

test('the same lesson gives the same file, and a read model scores as the learnt one does', () => {
  const given = lesson()
  const folder = mkdtempSync(join(tmpdir(), 'heed-learn-'))
  const files = ['a', 'b'].map((name) => {
    const path = join(folder, name)
    saveCompact(path, compact(learnLinear(given, how), evenWeights, { task: 'topics', version: 1 }))
    return path
  })
  expect(readFileSync(files[0]!).equals(readFileSync(files[1]!))).toBe(true)

  const exact = learnLinear(given, how)
  const read = loadCompact(files[0]!, 'topics')
  const [fromRow, fromBag] = [new Float64Array(3), new Float64Array(3)]
  Object.values(topics)
    .flat()
    .forEach((text, row) => {
      scoreRow(exact, given.rows, row, fromRow)
      scoreBag(read, readBag(analyse(text)), fromBag)
      for (let c = 0; c < 3; c++) expect(fromBag[c]).toBeCloseTo(fromRow[c]!, 1)
    })
})

test('a text scores the same however many other words were met before it', () => {
  const model = compact(learnLinear(lesson(), how), evenWeights, { task: 'topics', version: 1 })
  const scoresOf = (text: string) => {
    const scores = new Float64Array(3)
    scoreBag(model, readBag(analyse(text)), scores)
    return [...scores]
  }
  const text = 'soooo LOUD rain-coat, @anna: https://example.org/x #rain wendy’s soup, and soup again'
  const first = scoresOf(text)
  for (let more = 0; more < 2 ** 17; more += 1_000)
    scoresOf(Array.from({ length: 1_000 }, (_, i) => `word${(more + i).toString(36)}`).join(' '))
  expect(scoresOf(text)).toEqual(first)
})

test('the softmax learner tells the same texts apart, alone and blended', () => {
  const soft = learnSoftmax(lesson(), { rate: 0.3, rounds: 20, dropout: 0.3, seed: 1 })
  const model = blend(soft, learnLinear(lesson(), how), 2)
  const scores = new Float64Array(3)
  const answers = ['raining and windy', 'the banker lent nothing, no loans', 'soups and breads'].map((text) => {
    scoreBag(compact(model, evenWeights, { task: 'topics', version: 1 }), readBag(analyse(text)), scores)
    return best(scores)
  })
  expect(answers).toEqual([0, 1, 2])
})

test('texts that repeat one word a thousand times do not carry the rest away', () => {
  const given = lesson()
  for (const [text, label] of [
    ['soup', 2],
    ['rain', 0],
    ['bank', 1],
  ] as const) {
    given.rows.add(readBag(analyse(`${text} `.repeat(1000))))
    given.labels.push(label)
  }
  const chosen = Int32Array.from(given.labels.keys())
  const model = learnLinear({ ...given, chosen }, { ...how, cost: 10 })
  const scores = new Float64Array(3)
  for (const row of chosen) {
    scoreRow(model, given.rows, row, scores)
    expect(best(scores)).toBe(given.labels[row])
  }
})

test('a damaged, cut, foreign or absent file is refused by name', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'heed-learn-')), 'topics.model')
  saveCompact(path, compact(learnLinear(lesson(), how), evenWeights, { task: 'topics', version: 1 }))
  const file = readFileSync(path)
  expect(() => loadCompact(path, 'weather')).toThrow(/topics\.model is a model for topics/)
  file[file.length - 9]! ^= 1
  writeFileSync(path, file)
  expect(() => loadCompact(path, 'topics')).toThrow(/topics\.model is damaged/)
  writeFileSync(path, file.subarray(0, 60))
  expect(() => loadCompact(path, 'topics')).toThrow(/is damaged/)
  writeFileSync(path, 'no model at all, and long enough to have a head')
  expect(() => loadCompact(path, 'topics')).toThrow(/is no model/)
  expect(() => loadCompact(`${path}.gone`, 'topics')).toThrow(/cannot be read/)
})

test.each([
  '',
  ' \n',
  '🎉',
  'https://example.org/a',
  '@someone',
  'ü'.repeat(100_000),
  'no '.repeat(300_000),
  '!!!',
  '\ud83d',
  '٣ سيء جدا',
  '不好',
])('any text has a bag, and a long one costs no more than its beginning (%#)', (text) => {
  const bag = readBag(analyse(text))
  expect(bag.count).toBeLessThan(5_000)
  expect(bag.featuresOf(pieces).length).toBeLessThan(100_000)
  expect(bag.featuresOf(pieces).length).toBe(bag.countOf(pieces))
  expect([...bag.ends].every((end, i) => i === 0 || end >= bag.ends[i - 1]!)).toBe(true)
  expect(bag.ends[3]).toBe(bag.count)
})

test('what one model adds to a bag is gone when the next asks for it', () => {
  const analysis = analyse('the bank raised its rate')
  const plain = readBag(analysis).count
  expect(addTogether(readBag(analysis)).count).toBeGreaterThan(plain)
  expect(readBag(analysis).count).toBe(plain)
  expect(readBag(analysis).ends.at(-1)).toBe(plain)
})

test('who asks for the names of accounts gets their pieces, which names of one kind share', () => {
  const piecesOf = (text: string) => new Set(addAccounts(readBag(analyse(text))).featuresOf(accounts))
  const help = piecesOf('hello @AcmeHelp')
  expect(piecesOf('@acmehelp, please')).toEqual(help)
  const sharedWith = (text: string) => [...piecesOf(text)].filter((piece) => help.has(piece))
  expect(sharedWith('@WidgetHelp').length).toBeGreaterThan(5)
  expect(sharedWith('@anna_k')).toEqual([])
  expect(piecesOf('acme help')).toEqual(new Set())
  const names = Array.from({ length: 50 }, (_, i) => `@account${i}${'x'.repeat(200)}`).join(' ')
  expect(addAccounts(readBag(analyse(names))).countOf(accounts)).toBeLessThan(400)
  expect(readBag(analyse(names)).countOf(accounts)).toBe(0)
})

test('rows of numbers are learnt from as rows of features are', () => {
  const rows = new Rows(2, evenWeights)
  const random = seeded(3)
  const all = Array.from({ length: 200 }, () => Float64Array.from({ length: 3 }, () => random() - 0.5))
  for (const numbers of all) rows.addNumbers(numbers)
  const isOf = (row: number) => all[row]![0]! > all[row]![2]!
  const model = learnLinear({ rows, chosen: Int32Array.from(all.keys()), classes: 1, isOf }, how)
  const scores = new Float64Array(1)
  const right = all.filter((_, row) => {
    scoreRow(model, rows, row, scores)
    return scores[0]! > 0 === isOf(row)
  })
  expect(right.length).toBeGreaterThan(190)
})

test('names of accounts, addresses and stretched letters make no difference of their own', () => {
  const wordsOf = (text: string) => {
    const bag = readBag(analyse(text))
    return [...bag.featuresOf(words), ...bag.featuresOf(pieces)]
  }
  expect(wordsOf('@anna see https://example.org/x')).toEqual(wordsOf('@boris_2 see http://other.example/y?z=1'))
  expect(wordsOf('sooooo gooood')).toEqual(wordsOf('soo good'))
})

test('probabilities are right as often as they say', () => {
  const random = seeded(7)
  const scores: number[] = []
  const truth: number[] = []
  for (let i = 0; i < 20_000; i++) {
    const strength = 4 * random() - 2
    scores.push(strength, -strength)
    truth.push(random() < 1 / (1 + Math.exp(-(3 * strength - 1))) ? 0 : 1)
  }
  const calibration = calibrate(scores, truth, 2)
  const certainties: number[] = []
  const right: boolean[] = []
  truth.forEach((label, i) => {
    const row = Float64Array.of(scores[2 * i]!, scores[2 * i + 1]!)
    toProbabilities(row, calibration)
    certainties.push(Math.max(...row))
    right.push(best(row) === label)
  })
  expect(calibrationError(reliability(certainties, (i) => right[i]!))).toBeLessThan(0.015)
})

test('scores are those of the textbook', () => {
  const confusion = confusionOf([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2], 3)
  expect(scoresOfClass(confusion, 0)).toMatchObject({ precision: 2 / 3, recall: 2 / 3, real: 3 })
  expect(scoresOfClass(confusion, 1).f1).toBeCloseTo(0.5)
  expect(macro(confusion, 'f1')).toBeCloseTo((2 / 3 + 0.5 + 1) / 3)
  expect(accuracy(confusion)).toBeCloseTo(4 / 6)
})

test('folds are even in every label, and the same text never stands on both sides', () => {
  const labels = Array.from({ length: 100 }, (_, i) => (i % 4 === 0 ? 1 : 0))
  const groups = labels.map((_, i) => String(i % 90))
  const folds = makeFolds(labels, groups, 5, 3)
  for (let i = 90; i < 100; i++) expect(folds[i]).toBe(folds[i - 90])
  for (let fold = 0; fold < 5; fold++) {
    const ones = labels.filter((label, i) => label === 1 && folds[i] === fold).length
    expect(ones).toBeGreaterThanOrEqual(3)
    expect(ones).toBeLessThanOrEqual(7)
  }
})

test('two words of a text are one thing in whatever order they stand', () => {
  const pairsOf = (text: string) => {
    const bag = addTogether(readBag(analyse(text)))
    return [...bag.hashes.subarray(bag.ends[3], bag.ends[4])].toSorted((a, b) => a - b)
  }
  expect(pairsOf('card not arrived')).toHaveLength(3)
  expect(pairsOf('arrived not card')).toEqual(pairsOf('card not arrived'))
  expect(pairsOf('word '.repeat(10_000))).toEqual([])
})

test('a label with one row spoils nothing, though its only row is left out once', () => {
  const rows = Object.entries(topics).flatMap(([label, texts]) =>
    texts.flatMap((text) => ['', ' today', ' again'].map((more) => ({ title: null, text: text + more, label }))),
  )
  const { measured, calibration } = learnClassifier([...rows, { title: null, text: 'a lone row', label: 'lone' }])
  expect(measured!.accuracy).toBeGreaterThan(0.8)
  expect(calibration.scale).toBeGreaterThan(0)
  expect(calibration.shifts.every(Number.isFinite)).toBe(true)
})

test('the only row of a label on one side teaches that it is never so', () => {
  const given = lesson()
  const model = learnLinear({ ...given, isOf: () => false }, { ...how, bayes: { added: 1, mix: 0.5 } })
  const scores = new Float64Array(3)
  scoreRow(model, given.rows, 0, scores)
  expect(scores.every((score) => score < 0)).toBe(true)
})
