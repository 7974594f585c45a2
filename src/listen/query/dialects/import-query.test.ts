import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '../parse.ts'
import { printQuery } from '../print.ts'
import { importQuery, tools, type Tool } from './import-query.ts'
import type { NoteKey } from './notes.ts'

const queries = [
  '("филин банк" OR филинбанк* OR {ФБ}) AND (карта NEAR/3f (кэшбэк OR комиссия)) NOT (сова OR authorGender:F) <<< примета >>>',
  '((филин OR гранат) AND (карта OR вклад))~5 OR "карта вклад"~5 author:"a b" country:(gbr OR usa) rating:[1 TO 3] raw:"C++"',
  '(Filín OR Granat) ONEAR/3 (card OR "cash back") AND NOT is:retweet +"l\'oréal" ++"L\'Oréal" "car sharing"~ сова~1 site:"a.example"',
  'филин XNOT "филин моргает" and followers >10000 (скид* near банк*) сова {5} E\\*trade карта^2 "банк * карт*" postType:og ingress:(a OR b)',
  '(филин OR гранат) /2 карта AND NOT варенье /2 зёрна -кино -"Иван Петров" C++ комп* author:"ivan" lang:ru',
  'Филин, филинбанк | !Сова -птица "карта сова" карта /3 кэшбэк & x || !"карта сова"~5 http://a.example/c?d=1 #сова @filin 🦉 18:30 a:b',
]
const pieces = [
  ...'()"“”«»[]{}~*?-+!|,&<>:\\=/^'.split(''),
  ...[
    '~3',
    '++',
    '<<<',
    '>>>',
    '^2',
    '{3}',
    '/3',
    '//',
    ' AND ',
    ' OR ',
    ' NOT ',
    ' and ',
    ' NEAR/2 ',
    ' ONEAR ',
    ' XNOT ',
  ],
  ...[
    'title:',
    'site:',
    'gender:',
    'foo:',
    'lang:',
    'url:(',
    'raw:',
    'TO',
    '[1 TO 2]',
    ' ',
    '\n',
    '\0',
    '\ud800',
    'é',
    '👩‍👩‍👧',
    '7',
  ],
  ...queries.flatMap((query) => query.split(' ')),
]
const mutated = fc
  .tuple(
    fc.constantFrom(...queries),
    fc.array(fc.tuple(fc.nat(200), fc.nat(4), fc.constantFrom(...pieces)), { maxLength: 20 }),
  )
  .map(([query, edits]) =>
    edits.reduce((text, [at, cut, piece]) => {
      const place = at % (text.length + 1)
      return text.slice(0, place) + piece + text.slice(place + cut)
    }, query),
  )
const typed = fc.oneof(
  mutated,
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join(' ')),
  fc.string({ unit: 'binary', maxLength: 80 }),
)

test('whatever was written for another tool, what is printed reads back as the same query without an error', () => {
  fc.assert(
    fc.property(typed, fc.constantFrom(...tools), (text, tool) => {
      const { query, printed, notes } = importQuery(text, tool)
      for (const note of notes) {
        expect(note.start).toBeGreaterThanOrEqual(0)
        expect(note.end).toBeLessThanOrEqual(text.length)
        expect(note.start).toBeLessThanOrEqual(note.end)
        expect(note.message.en).not.toBe('')
        expect(note.message.ru).not.toBe('')
      }
      const read = parseQuery(printed)
      if (query) expect(read.query).toEqual(query)
      if (query) expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([])
      else expect(notes.map(({ key }) => key)).toContain('nothing-left')
    }),
    {
      numRuns: 3_000,
      examples: [
        ['"cash&(&?', 'brandwatch'],
        ['++OR~', 'talkwalker'],
        ['url:(&&/3', 'brandwatch'],
      ],
    },
  )
})

test('neither depth nor length breaks the reader', () => {
  const long = 5_000
  const hostile = [
    '('.repeat(long) + 'a' + ')'.repeat(long),
    `${'NOT '.repeat(long)}a`,
    `${'a NEAR/1 '.repeat(long)}a`,
    `(${'a AND '.repeat(long)}a)~5`,
    `"${'a* '.repeat(long)}"`,
    ...[
      'title:',
      'title:(',
      'site:(',
      '"',
      '~1',
      '<<<',
      '<<< >>>',
      '- ',
      '{',
      '[',
      'a~',
      '\\',
      'a,',
      '(a ',
      'a {3}',
      '<',
    ].map((piece) => piece.repeat(long)),
  ]
  const wrong = hostile.flatMap((text) =>
    tools.filter((tool) => {
      const { query, printed } = importQuery(text, tool)
      return query !== null && parseQuery(printed).problems.some(({ severity }) => severity === 'error')
    }),
  )
  expect(wrong).toEqual([])
})

test('what has no counterpart is told with its place and with what is found without it', () => {
  const text = 'филин AND authorGender:F'
  const { printed, notes } = importQuery(text, 'brandwatch')
  expect(printed).toBe('=филин')
  const [, note] = notes
  expect(note).toMatchObject({ key: 'field-lost', severity: 'lost', times: 1 })
  expect(text.slice(note!.start, note!.end)).toBe('authorGender:F')
  expect(note!.message.en).toContain('finds more than the original')
  expect(note!.message.ru).toContain('найдётся больше')
})

test.each([
  ['филин AND gender:f', '=филин', 'It narrowed the query'],
  ['филин AND NOT gender:f', '=филин', 'It kept mentions out'],
  ['филин AND NOT (лес OR gender:f)', '=филин AND NOT =лес', 'It kept mentions out'],
  ['филин OR gender:f', '=филин', 'finds fewer mentions'],
  ['филин AND NOT (лес AND gender:f)', '=филин AND NOT =лес', 'finds fewer mentions'],
  ['филин AND (gender:f OR gender:m)', '=филин', 'It narrowed the query'],
  ['филин NEAR/3 gender:f', '=филин', 'It narrowed the query'],
])('%s loses a part, and it is said what that does', (written, printed, said) => {
  const imported = importQuery(written, 'talkwalker')
  expect(imported.printed).toBe(printed)
  const lost = imported.notes.filter(({ severity }) => severity === 'lost')
  expect(lost.length).toBeGreaterThan(0)
  for (const { message } of lost) expect(message.en).toContain(said)
})

test.each([
  ['brandwatch', 'сова AND sentiment:negative', '=сова AND sentiment:negative'],
  ['talkwalker', 'сова AND sentiment:positive AND reach:>100', '=сова AND sentiment:positive AND reach:>100'],
  ['meltwater', 'сова AND sentiment:neutral', '=сова AND sentiment:neutral'],
] as const)('%s: %s asks what the machine found out', (tool, text, ours) => {
  const { query, notes } = importQuery(text, tool)
  expect(query && printQuery(query)).toBe(ours)
  expect(notes.filter(({ severity }) => severity === 'lost')).toEqual([])
})

test.each([
  ['brandwatch', 'филин OR карта AND сова', 'mixed'],
  ['brandwatch', 'филин and сова', 'small-operator'],
  ['brandwatch', 'филин NOT author:ivan', 'negated-field'],
  ['brandwatch', 'NOT сова', 'only-excludes'],
  ['brandwatch', '"карта вклад сова"~3', 'within-forms'],
  ['brandwatch', '(карта AND сова) NEAR/3 филин', 'near-as-and'],
  ['brandwatch', 'карта~3', 'tilde-idle'],
  ['brandwatch', '<<< примета >>> сова', 'comment'],
  ['brandwatch', 'subreddit:expatmoney', 'wider'],
  ['brandwatch', 'foo:bar AND сова', 'field-unknown'],
  ['brandwatch', 'ко-бренд', 'signs-part'],
  ['brandwatch', 'country:xxx AND сова', 'value-unknown'],
  ['brandwatch', '(сова', 'bracket-open'],
  ['brandwatch', 'сова)', 'bracket-close'],
  ['brandwatch', '"сова', 'quote-open'],
  ['brandwatch', 'сова AND', 'operand-missing'],
  ['brandwatch', '', 'nothing-left'],
  ['brandwatch', 'сова AND ;;', 'no-letters'],
  ['talkwalker', 'сова NEAR карта', 'distance-unsaid'],
  ['talkwalker', 'éléve', 'accents-folded'],
  ['talkwalker', '+"l’oréal"', 'signs-exact'],
  ['talkwalker', 'site:a.example site:b.example', 'sites-either'],
  ['meltwater', 'сова^2', 'boost'],
  ['meltwater', 'ingress:сова', 'wider'],
  ['youscan', 'сова /2 карта', 'steps'],
  ['brand-analytics', '"сова карта"', 'quote-forms'],
  ['brand-analytics', 'сова', 'assumed'],
  ['brandwatch', 'сова AND time:[0900 TO 1700]', 'field-unknown'],
  ['talkwalker', 'сова AND word_count:>3', 'field-unknown'],
  ['meltwater', 'сова pages >= 3', 'field-unknown'],
  ['youscan', '!сова', 'sign-dropped'],
  ['brand-analytics', 'сова ~~ дупло', 'sign-dropped'],
] as [Tool, string, NoteKey][])('%s: of %s it is told: %s', (tool, written, key) => {
  expect(importQuery(written, tool).notes.map((note) => note.key)).toContain(key)
})

test('a sign that belongs to a distance or a number of letters is not told as dropped', () => {
  for (const tool of tools) {
    const { notes } = importQuery('"сова карта"~3 (лес OR дупло)~2 филин~1', tool)
    expect(notes.map(({ key }) => key)).not.toContain('sign-dropped')
  }
})

test('a sentence about many places is one note', () => {
  const { notes } = importQuery('филин OR сова OR гранат', 'brandwatch')
  expect(notes.map(({ key, times }) => [key, times])).toEqual([['forms-exact', 3]])
})
