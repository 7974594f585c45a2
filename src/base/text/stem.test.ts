import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dropAccents, lower } from './fold.ts'
import { beginningsOf, stemmedLanguages, stemsInPost, stemsInQuery } from './stem.ts'

/** Words that look like those of the language: a few letters and one of its endings, often the ones that change letters. */
const endings: { [language: string]: string } = {
  ru: 'а у ом ов ок ки ка ец ца ец ости ость ый его ать ил ла ться ся ия ий ией ейший',
  uk: 'а у ом ів ок ки ка ець ця ість ості ий ого ати ив ла тися ння нням ією',
  kk: 'лар ы і ның б бы г гі ғы қ нда мен лар ымыз',
  en: "s es ed ing y ies ier ability able ation izer ize ational eed e l ll ence ency 's",
  de: 'en er ung heit keit ß ss ä lich isch',
  fr: 'ement amment emment ication atrice aux eux euse ité ence logie y ières',
  es: 'encia ución amente idad logía ar ando güe ístas',
  it: 'enza logia uzione amente ità are ando iche',
  pt: 'ência ução amente idade ção ões logias ar',
  nl: 'aal alen heid heden ss ß ee oo ig lijk bb',
  sv: 'arna heten löst fullt lig ern',
  da: 'erne heden løst lig tt igst',
  no: 'ene heten ert erte lig vt',
  fi: 'tto ttö nen sta ssä lla ikin een iden ttu utta ppiot',
  hu: 'val sszal nnyal ccsel ggyel ok ek ban ért ünk',
  ro: 'ism ismul iune ați abilitate ilor ului ește',
  tr: 'ği ğa ları dık nın ki unkina d g ceği',
  el: 'ϊκη ουσ ματων εσ ια αδεσ ισμοσ σκιτσα',
  hy: 'ություն ներ ով ից',
  ar: 'ات ون ين ها وال ة',
}

const pieces: { [script: string]: string[] } = {
  Cyrillic: 'б ка лю ста пр о скид ж е нн і ү шв ш ьо'.split(' '),
  Latin: 'b ka pl sta o ß ä é ee tt nd i rr gh y'.split(' '),
  Arabic: 'ب كت وال لل ا م'.split(' '),
  Greek: 'κα λο ϊ ε σκ ιτσ π ώ'.split(' '),
  Armenian: 'բա կ ր ա'.split(' '),
}

const scriptOf = (word: string) =>
  Object.keys(pieces).find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(word))!

const someWord = fc.constantFrom(...Object.keys(endings)).chain((language) => {
  const all = endings[language]!.split(' ')
  return fc.record({
    stem: fc.array(fc.constantFrom(...pieces[scriptOf(all[0]!)]!), { minLength: 1, maxLength: 4 }),
    one: fc.constantFrom('', ...all),
    other: fc.constantFrom('', ...all),
  })
})

test('every language whose forms are known is tried here', () => {
  expect(Object.keys(endings).sort()).toEqual([...stemmedLanguages].sort())
})

test('a token that shares a stem with a query word begins as promised', () => {
  fc.assert(
    fc.property(someWord, fc.constantFrom('', ...stemmedLanguages), ({ stem, one, other }, language) => {
      const asked = lower(stem.join('') + one)
      const token = lower(stem.join('') + other)
      const wanted = stemsInQuery(asked).folded
      if (!stemsInPost(token, language).folded.some((key) => wanted.includes(key))) return
      const folded = dropAccents(token)
      expect(
        /[ѐ-\uffff]/.test(folded) ||
          ['', language].some((code) =>
            beginningsOf(asked)
              .get(code)
              ?.some((begins) => folded.startsWith(begins)),
          ),
        `${asked} and ${token} in ${language}: ${wanted.join(' ')}`,
      ).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})

/** Whether a query for the word finds a token in a post of the language. */
function finds(word: string, token: string, language: string): boolean {
  const wanted = stemsInQuery(word).folded
  return stemsInPost(token, language).folded.some((stem) => wanted.includes(stem))
}

test.each([
  ['ru', 'банк', 'банка банку банки банками', 'банкой банок банкир'],
  ['ru', 'банка', 'банкой банок банку', 'банкир'],
  ['ru', 'человек', 'люди людей человеком', 'человеческий'],
  ['ru', 'идти', 'шел шла идет', 'прийти'],
  ['ru', 'лучше', 'хороший', 'лучик'],
  ['ru', 'стать', 'стали', 'статистика'],
  ['ru', 'сталь', 'стали', 'стал'],
  ['ru', 'купить', 'куплю купленный купи', 'купол'],
  ['ru', 'сбербанкинг', 'сбербанкинга', 'сбербанк'],
  ['uk', 'закон', 'закону законом закони', 'законний законного'],
  ['uk', 'рік', 'року роки роком', 'рок-н-рол'],
  ['uk', 'рука', 'руці руку руки', 'рукав'],
  ['uk', 'день', 'дня дні днями', 'денний'],
  ['uk', 'людина', 'люди людей', 'людський'],
  ['uk', 'ходити', 'ходжу ходить ходив ходили', 'хід'],
  ['uk', 'писати', 'пишу пише писав', 'письмо'],
  ['uk', 'працювати', 'працює працюю працювали', 'праця'],
  ['uk', 'підтримувати', 'підтримую підтримує', 'підтримати'],
  ['uk', 'змінитися', 'змінився зміниться', 'змінив'],
  ['uk', 'могти', 'може міг можуть', 'могила'],
  ['kk', 'келу', 'келді келген келеді келіп', 'келін'],
  ['kk', 'кітап', 'кітабы кітаптарды кітабымызда', 'кітапхана'],
  ['kk', 'қазақстан', 'қазақстанда қазақстанның', 'қазақ'],
  ['en', 'go', 'went gone goes going', 'good'],
  ['en', 'child', "children children's", 'childish'],
  ['en', 'good', 'better best', 'goods-train'],
  ['en', 'hope', 'hoping hoped hopes', 'hopping hops'],
  ['en', 'university', 'universities', 'universe universal'],
  ['en', 'general', 'generals', 'generic generation'],
  ['it', 'essere', 'sono è era stato', 'esercito'],
  ['it', 'lavorare', 'lavorato lavorando lavorano', 'laboratorio'],
  ['it', 'servizio', 'servizi', 'servire'],
  ['it', 'comune', 'comuni', 'comunicazione comunità'],
])('%s: %s finds %s and not %s', (language, word, forms, others) => {
  expect(forms.split(' ').filter((form) => !finds(word, form, language))).toEqual([])
  expect(others.split(' ').filter((other) => finds(word, other, language))).toEqual([])
})

test('a Russian word is found in a short post that was taken for Ukrainian', () => {
  expect(finds('скидка', 'скидок', 'uk')).toBe(true)
  expect(finds('человек', 'люди', 'uk')).toBe(true)
  expect(finds('сбербанкинг', 'сбербанкингом', 'uk')).toBe(true)
})

test.each([
  ['скидка', '', ['скид']],
  ['скидка', 'uk', ['скид']],
  ['сон', '', ['со', 'сн', 'сь']],
  ['сеть', '', ['се', 'ст', 'сь']],
  ['швидкість', 'uk', ['швидк']],
  ['apple', '', ['appl']],
  ['apple', 'fr', ['apple']],
])('what begins like a form of %s in posts of language “%s” is %j', (word, language, beginnings) => {
  expect(beginningsOf(word).get(language)).toEqual(beginnings)
})

test('nothing is promised of words whose letters no Russian or Latin word has, nor of those without forms', () => {
  for (const word of ['بنك', 'բանկ', '日本', '100']) expect([...beginningsOf(word)]).toEqual([])
})

test('a word of two scripts is stemmed by the script it begins with', () => {
  expect(stemsInPost('iпhoneі', 'ru').folded).toEqual(['en:iпhoneі'])
})
