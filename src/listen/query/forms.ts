type Said = { en: string; ru: string }

/** One thing that can be written in a query. `also` are other spellings of the same. */
export type Form = {
  write: string
  also: string[]
  title: Said
  example: Said
  /** Stands between or before operands, so that it can be offered while somebody writes. */
  isOperator: boolean
}

/** Every form of the language: the reference page and the autocomplete are made from this table, and the parser is held to it. */
export const forms: Form[] = [
  word(
    'сбер',
    [],
    [
      'the word in any of its forms; case, ё and accents do not matter',
      'слово в любой форме; регистр, ё и ударения не важны',
    ],
    ['coffee', 'кофе'],
  ),
  word('=сбер', ['!сбер'], ['this form only', 'только эта форма'], ['=coffee', '=кофе']),
  word('{BT}', [], ['this form and these capitals', 'эта форма и эти прописные буквы'], ['{BT}', '{ВТБ}']),
  word(
    'niño',
    [],
    [
      'a typed accent must be there; without it both are found',
      'набранный акцент должен быть; без него найдётся и то и другое',
    ],
    ['niño', 'niño'],
  ),
  word(
    '"сбер банк"',
    ['«…»', '“…”', '„…“'],
    ['these forms side by side, in this order', 'эти формы подряд, в этом порядке'],
    ['"flat white"', '"белый кофе"'],
  ),
  word(
    '[сбер банк]',
    [],
    ['side by side in this order, in any form', 'подряд в этом порядке, в любой форме'],
    ['[flat white]', '[белый кофе]'],
  ),
  word(
    '"карта комиссия"~5',
    ['(карта комиссия)~5'],
    [
      'all the words in any order and form, at most 5 others among them',
      'все слова в любом порядке и форме, между ними не больше 5 других',
    ],
    ['"coffee price"~5', '"цена кофе"~5'],
  ),
  between(
    'NEAR/5',
    ['NEAR', '/6'],
    [
      'at most 5 words between, in any order; NEAR alone is 4; /6 counts steps',
      'между ними не больше 5 слов, порядок любой; просто NEAR — 4; /6 считает шаги',
    ],
    ['(coffee OR tea) NEAR/5 milk', '(кофе OR чай) NEAR/5 молоко'],
  ),
  between(
    'NOT NEAR/5',
    [],
    ['a left one with no right one that near', 'левое, рядом с которым нет правого'],
    ['coffee NOT NEAR/5 milk', 'кофе NOT NEAR/5 молоко'],
  ),
  between(
    'ONEAR/5',
    ['NEAR/5f', '/6f', 'ONEAR'],
    ['at most 5 words between, the left one first', 'между ними не больше 5 слов, левое раньше'],
    ['coffee ONEAR/5 milk', 'кофе ONEAR/5 молоко'],
  ),
  between(
    'ATLEAST/2',
    [],
    ['at least two of them', 'хотя бы два из них'],
    ['ATLEAST/2 (coffee, tea, milk)', 'ATLEAST/2 (кофе, чай, молоко)'],
  ),
  between('SENTENCE', [], ['in one sentence', 'в одном предложении'], ['coffee SENTENCE milk', 'кофе SENTENCE молоко']),
  between(
    'OSENTENCE',
    [],
    ['in one sentence, the left one first', 'в одном предложении, левое раньше'],
    ['coffee OSENTENCE milk', 'кофе OSENTENCE молоко'],
  ),
  between('PARAGRAPH', [], ['in one paragraph', 'в одном абзаце'], ['coffee PARAGRAPH milk', 'кофе PARAGRAPH молоко']),
  between(
    'OPARAGRAPH',
    [],
    ['in one paragraph, the left one first', 'в одном абзаце, левое раньше'],
    ['coffee OPARAGRAPH milk', 'кофе OPARAGRAPH молоко'],
  ),
  between(
    'AND',
    ['&&', 'И'],
    ['both; a blank says the same', 'и то, и другое; то же говорит пробел'],
    ['coffee AND milk', 'кофе AND молоко'],
  ),
  between('OR', ['|', '||', ',', 'ИЛИ'], ['either of them', 'хотя бы одно'], ['coffee OR tea', 'кофе OR чай']),
  between('NOT', ['-', 'НЕ', 'AND NOT'], ['without it', 'без этого'], ['coffee NOT milk', 'кофе NOT молоко']),
  between(
    'XNOT',
    [],
    ['some left one that is not inside the right one', 'левое, стоящее не внутри правого'],
    ['coffee XNOT "coffee machine"', 'кофе XNOT "кофе машина"'],
  ),
  word(
    'банк*',
    ['te?t', '*банк'],
    [
      'any letters in place of *, one in place of ?; as written, in no other form',
      'вместо * любые буквы, вместо ? одна; как написано, без других форм',
    ],
    ['coff*', 'кофе*'],
  ),
  word(
    'сбербнак~1',
    ['сбербнак~', 'сбербнак~2'],
    ['up to 1 or 2 letters different', 'отличаются не больше 1 или 2 букв'],
    ['cofee~1', 'кофэ~1'],
  ),
  word(
    'скидка{3}',
    ['скидка{3,9}'],
    ['at least 3 times; from 3 to 9 times', 'не меньше 3 раз; от 3 до 9 раз'],
    ['coffee{3}', 'кофе{3}'],
  ),
  word('raw:"C++"', [], ['these characters as they are written', 'эти знаки как написаны'], ['raw:"C++"', 'raw:"C++"']),
  word(
    '#tag',
    ['@name', '$SBER', '😡'],
    ['tags, names, tickers and emoji are words too', 'теги, имена, тикеры и эмодзи — тоже слова'],
    ['#coffee', '#кофе'],
  ),
  word('title:(…)', [], ['in the title', 'в заголовке'], ['title:coffee', 'title:кофе']),
  word(
    'lead:(…)',
    [],
    ['in the title or the first paragraph', 'в заголовке или первом абзаце'],
    ['lead:coffee', 'lead:кофе'],
  ),
  word('text:(…)', [], ['in the text without the title', 'в тексте без заголовка'], ['text:coffee', 'text:кофе']),
  word(
    'field:value',
    ['field:(a OR b)'],
    ['a field has the value; the fields stand below', 'у поля это значение; поля перечислены ниже'],
    ['lang:(en OR it)', 'lang:(ru OR uk)'],
  ),
  word(
    'field:>1000',
    ['field:>=1000', 'field:<1000', 'field:<=1000'],
    ['a number or a date above or below another', 'число или дата больше или меньше другой'],
    ['followers:>1000', 'followers:>1000'],
  ),
  word(
    'field:[3 TO 5]',
    ['field:{3 TO 5}', 'field:[3 TO *]'],
    [
      'from 3 to 5; braces leave the ends out, * leaves an end open',
      'от 3 до 5; фигурные скобки — без концов, * — без границы',
    ],
    ['rating:[3 TO 5]', 'rating:[3 TO 5]'],
  ),
  word(
    'list:bank-slang',
    [],
    ['what the project keeps under this name', 'то, что проект хранит под этим именем'],
    ['list:bank-slang', 'list:bank-slang'],
  ),
  word('*', [], ['every mention', 'любое упоминание'], ['*', '*']),
  word(
    '<<< … >>>',
    ['// …'],
    ['a comment; a query may have many lines', 'комментарий; запрос может быть многострочным'],
    ['coffee <<< and its price >>>', 'кофе <<< и его цена >>>'],
  ),
]

function word(write: string, also: string[], title: [string, string], example: [string, string]): Form {
  return { write, also, title: said(title), example: said(example), isOperator: false }
}

function between(write: string, also: string[], title: [string, string], example: [string, string]): Form {
  return { ...word(write, also, title, example), isOperator: true }
}

function said([en, ru]: [string, string]): Said {
  return { en, ru }
}
