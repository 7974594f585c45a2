import type { Place } from '../problems.ts'

/**
 * `kept`: written differently, means the same. `changed`: look again, it may find other mentions. `lost`: has no
 * counterpart and is not in the result.
 */
export type NoteSeverity = 'kept' | 'changed' | 'lost'

/** What became of a part of a query from another tool. */
export type Note = {
  key: NoteKey
  severity: NoteSeverity
  /** The first place in the original it is about, in UTF-16 units. */
  start: number
  end: number
  /** How many places of the original it is about. */
  times: number
  values: { [name: string]: string | number }
  message: { en: string; ru: string }
}

export type NoteKey = keyof typeof sentences

/** What a missing part does to the result: something that narrowed, something that excluded, one of several possibilities. */
export type Effect = 'condition' | 'exclusion' | 'branch'

// Nobody reads more, and a query of a hundred thousand characters may have a note for each of its words.
const mostNotes = 200

/** Collects notes; the same sentence about several places is one note. */
export function takeNotes(tool: string) {
  const notes = new Map<string, Note>()
  const told = new Set<string>()
  return {
    add(key: NoteKey, { start, end }: Place, values: Note['values'] = {}, effect: Effect | null = null): void {
      const id = JSON.stringify([key, values, effect])
      // A place may be read twice, as a word and as a value.
      if (told.size > 100_000 || told.has(`${start} ${id}`)) return
      told.add(`${start} ${id}`)
      const before = notes.get(id)
      if (before) before.times++
      else if (notes.size < mostNotes) {
        const [severity, ...said] = sentences[key]
        const [en, ru] = said.map((sentence) => fill(sentence, { ...values, tool }))
        const [enEffect, ruEffect] = effect ? effects[effect] : ['', '']
        notes.set(id, {
          ...{ key, severity, start, end, times: 1, values },
          message: { en: `${en!}${enEffect}`, ru: `${ru!}${ruEffect}` },
        })
      }
    },
    /** In the order of the original. */
    all(): Note[] {
      return [...notes.values()].sort((a, b) => a.start - b.start || a.end - b.end)
    },
  }
}
export type Notes = ReturnType<typeof takeNotes>

const effects: { [effect in Effect]: [string, string] } = {
  condition: [
    ' It narrowed the query, so the result finds more than the original.',
    ' Это сужало запрос, поэтому найдётся больше, чем раньше.',
  ],
  exclusion: [
    ' It kept mentions out, so the result finds more than the original.',
    ' Это исключало лишнее, поэтому найдётся больше, чем раньше.',
  ],
  branch: [
    ' Without it the result finds fewer mentions than the original.',
    ' Без этого найдётся меньше упоминаний, чем раньше.',
  ],
}

const sentences = {
  // Means the same.
  'forms-exact': [
    'kept',
    '{tool} finds words only as they are written, so they stand with “=” here. Take “=” away from a word to find its other forms too.',
    '{tool} ищет слова только так, как они написаны, поэтому здесь перед ними стоит «=». Уберите «=», чтобы слово искалось и в других формах.',
  ],
  steps: [
    'kept',
    '{written} counts steps from word to word; here words between are counted: NEAR/{between}.',
    '{written} считает шаги от слова к слову; здесь считают слова между ними: NEAR/{between}.',
  ],
  'distance-unsaid': [
    'kept',
    '{written} without a number is {between} in {tool}; it is written out.',
    '{written} без числа в {tool} — это {between}; число написано явно.',
  ],
  renamed: ['kept', '“{from}” is “{to}” here.', '«{from}» здесь пишется «{to}».'],
  'tilde-idle': [
    'kept',
    '“{written}” behind a single word does nothing in {tool}; it is left out.',
    '«{written}» после одного слова в {tool} ничего не делает и опущено.',
  ],
  boost: [
    'kept',
    '“{written}” only changes the order of results; it is left out.',
    '«{written}» меняет только порядок результатов и опущено.',
  ],
  'signs-part': [
    'kept',
    '{tool} reads a sign inside a word as a blank, so the parts are looked for side by side, with the sign or without.',
    '{tool} читает знак внутри слова как пробел, поэтому части ищутся рядом — со знаком и без него.',
  ],
  'accents-folded': [
    'kept',
    '{tool} does not tell accents apart, so they are left out: here a typed accent must be there.',
    '{tool} не различает диакритику, поэтому она опущена: здесь набранный значок обязателен.',
  ],

  // Look again.
  comment: [
    'changed',
    'Comments are not taken over; they change nothing about what is found.',
    'Комментарии не перенесены; на то, что находится, они не влияют.',
  ],
  assumed: [
    'changed',
    '{tool} publishes no reference of its language; it was read as people use it: a blank is AND, “|” and a comma are OR, “!” fixes the form, /n counts steps. Compare what it finds.',
    '{tool} не публикует описания своего языка; запрос прочитан так, как им пользуются: пробел — AND, «|» и запятая — OR, «!» закрепляет форму, /n считает шаги. Сравните, что находится.',
  ],
  mixed: [
    'changed',
    'AND and OR stand side by side without brackets; AND was taken to bind tighter, as the brackets of the result show.',
    'AND и OR стоят рядом без скобок; прочитано так, что AND связывает сильнее, — это видно по скобкам в результате.',
  ],
  'small-operator': [
    'changed',
    '“{word}” in small letters was read as a word, not as {operator}.',
    '«{word}» строчными буквами прочитано как слово, а не как {operator}.',
  ],
  'quote-forms': [
    'changed',
    'Words in quotation marks are looked for side by side in any form, written [ ]. Write " " to find these forms only.',
    'Слова в кавычках ищутся рядом в любой форме, это пишется [ ]. Поставьте " ", чтобы искать только эти формы.',
  ],
  'within-forms': [
    'changed',
    'A distance among three words or more counts their other forms too, so it finds a little more.',
    'Расстояние между тремя и более словами учитывает и другие их формы, поэтому найдётся чуть больше.',
  ],
  'near-as-and': [
    'changed',
    '{operator} needs words or phrases on both sides; here both sides only have to be in the mention, so it finds more.',
    'Оператору {operator} нужны слова или фразы с обеих сторон; здесь обе части просто должны быть в упоминании, поэтому найдётся больше.',
  ],
  wider: [
    'changed',
    '“{from}” became “{to}”, which is not quite the same and may find more.',
    '«{from}» стало «{to}»: это не совсем то же и может найти больше.',
  ],
  'negated-field': [
    'changed',
    'A mention of which “{field}” is not known fits neither this nor its opposite, so it is left out here; {tool} may have kept it.',
    'Упоминание, у которого «{field}» неизвестно, не подходит ни под это, ни под обратное и здесь не найдётся; {tool} мог его оставить.',
  ],
  'signs-exact': [
    'changed',
    'The signs in {written} are not compared: the words count, in any case of letters.',
    'Знаки в {written} не сравниваются: важны слова, регистр букв любой.',
  ],
  'sign-dropped': [
    'changed',
    'What “{sign}” means here in {tool} we do not know; it is left out.',
    'Что значит здесь «{sign}» в {tool}, нам неизвестно; знак опущен.',
  ],
  'sites-either': [
    'changed',
    'Several sites next to each other were read as either of them, as {tool} does.',
    'Несколько сайтов подряд прочитаны как любой из них, как это делает {tool}.',
  ],
  'only-excludes': [
    'changed',
    'This part only excludes, so “*” (any mention) was put before it.',
    'Эта часть только исключает, поэтому перед ней поставлено «*» — любое упоминание.',
  ],
  'bracket-open': ['changed', 'This bracket is never closed.', 'Эта скобка нигде не закрыта.'],
  'bracket-close': [
    'changed',
    'This bracket closes nothing; it is left out.',
    'Эта скобка ничего не закрывает и опущена.',
  ],
  'quote-open': [
    'changed',
    'This quotation mark is never closed; the phrase was read to the end.',
    'Эта кавычка нигде не закрыта; фраза прочитана до конца.',
  ],
  'comment-open': ['changed', 'This comment never ends.', 'Комментарий не закончен.'],
  'operand-missing': [
    'changed',
    '{operator} has nothing to join here; it is left out.',
    'Оператору {operator} здесь нечего соединять; он опущен.',
  ],

  // Not in the result.
  'field-lost': ['lost', '“{written}” has no counterpart in Heed.', 'Для «{written}» в Heed нет соответствия.'],
  'field-unknown': [
    'lost',
    '“{written}” is not a field we know from {tool}.',
    '«{written}» — такого поля в {tool} мы не знаем.',
  ],
  'value-unknown': [
    'lost',
    'The value of “{written}” has no counterpart in Heed.',
    'Для значения в «{written}» в Heed нет соответствия.',
  ],
  'no-letters': [
    'lost',
    '“{written}” has no letters or digits to look for.',
    'В «{written}» нет букв и цифр, искать нечего.',
  ],
  'too-deep': ['lost', 'Brackets are nested more than {most} deep.', 'Скобки вложены глубже {most} уровней.'],
  'nothing-left': ['lost', 'Nothing to look for is left.', 'Искать больше нечего.'],
} as const satisfies { [key: string]: readonly [NoteSeverity, string, string] }

function fill(sentence: string, values: Note['values']): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap))
}
