export type Severity = 'error' | 'warning' | 'hint'

/** Something about a query that its writer should know. A query with an error is not saved. */
export type Problem = {
  key: ProblemKey
  severity: Severity
  /** Where in the text, in UTF-16 units. */
  start: number
  end: number
  values: { [name: string]: string | number }
  message: { en: string; ru: string }
  /** A replacement for a part of the text that solves it. */
  repair: { start: number; end: number; text: string } | null
}

export type Place = { start: number; end: number }

/** One sentence is not repeated more often than this about one query. */
export const mostOfAKind = 50

export type ProblemKey = keyof typeof sentences

/** Every sentence the parser and the linter say. `{name}` is filled from `values`. */
export const sentences = {
  empty: ['error', 'The query is empty.', 'Запрос пуст.'],
  'bracket-open': ['error', 'This bracket is never closed.', 'Эта скобка нигде не закрыта.'],
  'bracket-close': ['error', 'This bracket closes nothing.', 'Эта скобка ничего не закрывает.'],
  'bracket-empty': ['error', 'There is nothing in the brackets.', 'В скобках ничего нет.'],
  'quote-open': ['error', 'This quotation mark is never closed.', 'Эта кавычка нигде не закрыта.'],
  'comment-open': [
    'warning',
    'This comment never ends: write >>> after it.',
    'Комментарий не закончен: поставьте после него >>>.',
  ],
  'operand-missing': ['error', '{operator} has nothing to join here.', 'Оператору {operator} здесь нечего соединять.'],
  'too-deep': ['error', 'Brackets are nested more than {most} deep.', 'Скобки вложены глубже {most} уровней.'],
  'no-letters': [
    'error',
    '“{text}” has no letters or digits; to look for these characters write {repair}.',
    'В «{text}» нет букв и цифр; чтобы искать эти знаки, напишите {repair}.',
  ],
  'no-word': [
    'error',
    'The query has no word to look for: it only says what must not be there.',
    'В запросе нет слова для поиска: он только исключает.',
  ],
  'or-not': [
    'error',
    'One of the branches only excludes, so almost everything would match.',
    'Одна из ветвей только исключает, поэтому подойдёт почти всё.',
  ],
  'near-needs-words': [
    'error',
    '{operator} needs words, phrases or OR of them on both sides.',
    'По обе стороны {operator} должны стоять слова, фразы или их OR.',
  ],
  'field-unknown': ['error', 'There is no field “{field}”.', 'Поля «{field}» нет.'],
  'field-unknown-near': [
    'error',
    'There is no field “{field}”; perhaps {near}.',
    'Поля «{field}» нет; возможно, {near}.',
  ],
  'field-value': ['error', 'After {field}: a value is missing.', 'После {field}: нет значения.'],
  'field-number': [
    'error',
    '{field} is compared with a number, not with “{value}”.',
    'Поле {field} сравнивают с числом, а не с «{value}».',
  ],
  'field-moment': [
    'error',
    '{field} is compared with a date such as 2026-11-22, not with “{value}”.',
    'Поле {field} сравнивают с датой вида 2026-11-22, а не с «{value}».',
  ],
  'field-flag': ['error', '{field} is yes or no, not “{value}”.', 'Поле {field} — это yes или no, а не «{value}».'],
  'field-place': [
    'error',
    '{field} is written as [latitude,longitude,km].',
    'Поле {field} пишут как [широта,долгота,км].',
  ],
  'field-order': [
    'error',
    '{field} cannot be larger or smaller than something.',
    'Поле {field} не бывает больше или меньше чего-то.',
  ],
  'field-choice': [
    'warning',
    '{field} is never “{value}”; it is one of: {values}.',
    'Поле {field} не бывает «{value}», только: {values}.',
  ],
  'range-turned': ['error', 'The range ends before it begins.', 'Конец диапазона раньше начала.'],
  'count-turned': [
    'error',
    'At least {from} and at most {to} times is impossible.',
    'Не меньше {from} и не больше {to} раз — невозможно.',
  ],
  'at-least': [
    'error',
    'ATLEAST/{count} has only {branches} branches.',
    'У ATLEAST/{count} только ветвей: {branches}.',
  ],
  'fuzzy-letters': [
    'warning',
    '1 or 2 letters may differ; read as ~{letters}.',
    'Отличаться могут 1 или 2 буквы; прочитано как ~{letters}.',
  ],
  'within-group': [
    'error',
    '~{between} after brackets needs plain words inside them.',
    '~{between} после скобок требует в них простых слов.',
  ],
  'too-costly': [
    'error',
    'The query costs {looks} million looks at each million of posts, and {limit} is the limit. This part costs most: give it a rarer word, more letters around * or fewer misspellings.',
    'Запрос стоит {looks} млн просмотров на каждый миллион записей, а предел — {limit}. Дороже всего эта часть: добавьте в неё слово пореже, больше букв около * или меньше опечаток.',
  ],
  'list-missing': [
    'error',
    'The project keeps no list “{name}”; make it in the settings or correct the name.',
    'В проекте нет списка «{name}»; создайте его в настройках или исправьте имя.',
  ],
  'list-cycle': [
    'error',
    'The list “{name}” contains itself; take it out of one of the lists.',
    'Список «{name}» содержит сам себя; уберите его из одного из списков.',
  ],
  'list-too-long': [
    'error',
    'With the list “{name}” the query becomes too long; name fewer lists inside lists.',
    'Со списком «{name}» запрос становится слишком длинным; вкладывайте меньше списков друг в друга.',
  ],
  mixed: [
    'warning',
    'AND binds tighter than OR. It was read as: {reading}',
    'AND связывает сильнее OR. Прочитано так: {reading}',
  ],
  'small-operator': [
    'hint',
    '“{word}” is looked for as a word; the operator is written {operator}.',
    '«{word}» ищется как слово; оператор пишется {operator}.',
  ],
  duplicate: ['warning', '“{text}” stands here twice.', '«{text}» стоит здесь дважды.'],
  contradiction: [
    'warning',
    '“{text}” is asked for and excluded, so nothing can match.',
    '«{text}» и требуется, и исключается: не подойдёт ничего.',
  ],
  'signs-ignored': [
    'hint',
    '“{text}” is looked for as a word without its signs; with them it is {repair}.',
    '«{text}» ищется как слово без знаков; со знаками — {repair}.',
  ],
  'plus-ignored': [
    'hint',
    'A + in front changes nothing here: words side by side must all be there.',
    'Плюс впереди ничего не меняет: слова, стоящие рядом, и так нужны все.',
  ],
  'boost-ignored': [
    'hint',
    'Nothing here weighs more than something else, so “{text}” is read as “{kept}”.',
    'Веса у слов нет, поэтому «{text}» прочитано как «{kept}».',
  ],
  pattern: [
    'error',
    'Regular expressions are not read; use * and ? inside words, or {repair} for these characters.',
    'Регулярные выражения не читаются; ставьте * и ? внутри слов или {repair} для этих самых знаков.',
  ],
  'short-wildcard': ['hint', '“{text}” finds very many words.', '«{text}» находит очень много слов.'],
} as const satisfies { [key: string]: readonly [Severity, string, string] }

export function problem(
  key: ProblemKey,
  at: { start: number; end: number },
  values: Problem['values'] = {},
  repair: Problem['repair'] = null,
): Problem {
  const [severity, en, ru] = sentences[key]
  return {
    key,
    severity,
    start: at.start,
    end: at.end,
    values,
    message: { en: fill(en, values), ru: fill(ru, values) },
    repair,
  }
}

function fill(sentence: string, values: Problem['values']): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => (name in values ? String(values[name]) : gap))
}
