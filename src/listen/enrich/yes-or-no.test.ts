import { describe, expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import { findComplaint } from './complaint.ts'
import { findSpam } from './spam.ts'
import { findToxicity } from './toxicity.ts'

const read = (text: string, lang: string | null) => [analyse(text, { lang }), lang] as const

describe('complaint', () => {
  test.each([
    ['@CardHelp my card has been blocked for three days and nobody answers your phone, this is a joke', 'en', true],
    ['Still waiting for the refund you promised two weeks ago. Terrible service!', 'en', true],
    ['Happy birthday to my lovely sister, have a great day', 'en', false],
    ['Watching the game with friends tonight', 'en', false],
    ['Третий день не работает интернет, техподдержка не отвечает', 'ru', true],
    ['@bank списали деньги с карты без моего ведома, верните!', 'ru', true],
    ['С днём рождения, сестрёнка! Люблю тебя', 'ru', false],
    ['В Сочи открылся новый офис банка', 'ru', false],
  ])('“%s” (%s): %s', (text, lang, label) => {
    expect(findComplaint(...read(text, lang))).toMatchObject({ label })
  })

  test('what is said to friends is less likely a complaint than the same words to a help desk or to nobody', () => {
    const chanceOf = (text: string) => {
      const { label, confidence } = findComplaint(...read(text, 'en'))!
      return label ? confidence : 1 - confidence
    }
    const words = 'it is still not working after two days'
    expect(chanceOf(`@AmandaLuvsU_x ${words}`)).toBeLessThan(chanceOf(`@AcmeSupport ${words}`) - 0.1)
    expect(chanceOf(words)).toBeGreaterThan(0.5)
  })

  test('is known of the measured languages only, and of nothing without words', () => {
    expect(findComplaint(...read('Картам үш күн бұғатталды', 'kk'))).toBeNull()
    expect(findComplaint(...read('my card does not work', null))).toBeNull()
    expect(findComplaint(...read('https://example.org', 'en'))).toBeNull()
  })
})

describe('toxicity', () => {
  test.each([
    ['You are a stupid idiot, shut the fuck up', 'en', true],
    ['What a lovely song, thank you for sharing it', 'en', false],
    ['your app crashes on every start', 'en', false],
    ['This is the worst bank ever, your support never answers', 'en', false],
    ['Заткнись, тупая тварь', 'ru', true],
    ['Ну вы и мудаки, сколько можно', 'ru', true],
    ['Какая красивая песня, спасибо', 'ru', false],
  ])('“%s” (%s): %s', (text, lang, label) => {
    expect(findToxicity(...read(text, lang))).toMatchObject({ label })
  })

  test('is known of the measured languages only', () => {
    expect(findToxicity(...read('Sei un idiota', 'it'))).toBeNull()
    expect(findToxicity(...read('@anna', 'en'))).toBeNull()
  })
})

describe('spam', () => {
  test.each([
    ['кредит наличными без справок банк http://example.com/a', 'ru', true],
    [
      '🎁 Разыгрываем смартфон! Чтобы участвовать, подпишитесь на канал и сделайте репост. Промокод на скидку по ссылке',
      'ru',
      true,
    ],
    ['Сегодня стояла в очереди полчаса, еле дождалась', 'ru', false],
    ['GIVEAWAY! Follow us and RT to win a free gift card, click here http://example.com/win', 'en', true],
    ['Had lunch with my sister, the soup was great', 'en', false],
    ['Доход от 90 тысяч в месяц без вложений, пишите в личку', 'ru', true],
    ['Пересчитала: доход за месяц вырос, но на отпуск опять не хватает', 'ru', false],
    ['Guaranteed daily profit with bitcoin, link in my bio', 'en', true],
    ['I make coffee at home every day', 'en', false],
  ])('“%s” (%s): %s', (text, lang, label) => {
    expect(findSpam(...read(text, lang))).toMatchObject({ label })
  })

  test('what is too close to call, has no words or is of another language is unknown', () => {
    expect(findSpam(...read('Купите у нас', 'uk'))).toBeNull()
    expect(findSpam(...read('https://example.org/a', 'ru'))).toBeNull()
    expect(findSpam(...read('Скидка в магазине', 'ru'))).toBeNull()
    expect(findSpam(...read('New podcast is out', 'en'))).toBeNull()
  })
})
