import { expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import type { Place } from '../posts/post.ts'
import { findPlace } from './place.ts'

function inText(text: string, lang = 'ru') {
  const found = findPlace({ place: null, author: null, lang: null }, analyse(text, { lang }))
  return found && [found.country, found.region, found.city]
}

function inProfile(bio: string) {
  const author = { id: 'a', name: null, handle: null, bio, followers: null, verified: null }
  const found = findPlace({ place: null, author, lang: null }, analyse(''))
  return found && [found.country, found.region, found.city]
}

function onPlatform(place: Partial<Place>) {
  const whole = { country: null, region: null, city: null, ...place }
  return findPlace({ place: whole, author: null, lang: null }, analyse(''))
}

test.each([
  ['Вчера в Казани отключили воду на всю ночь', ['RU', 'Tatarstan', 'Kazan']],
  ['Приехал из Алматы и не жалею', ['KZ', 'Almaty', 'Almaty']],
  ['Живём в Нижнем Новгороде третий год', ['RU', 'Nizhny Novgorod Oblast', 'Nizhniy Novgorod']],
  ['Доставка из Ростова-на-Дону шла неделю', ['RU', 'Rostov Oblast', 'Rostov-na-Donu']],
  ['На заправке в Махачкале очередь', ['RU', 'Dagestan', 'Makhachkala']],
  ['В Иркутской области опять снег и гололёд', ['RU', 'Irkutsk Oblast', null]],
  ['Цены в Казахстане выросли вдвое за год', ['KZ', null, null]],
  ['В подмосковном Подольске закрыли отделение', ['RU', 'Moscow Oblast', 'Podolsk']],
  ['Открыли магазин в #Екатеринбург и уже очередь', ['RU', 'Sverdlovsk Oblast', 'Yekaterinburg']],
])('a Russian text names its place in any form: %s', (text, place) => {
  expect(inText(text)).toEqual(place)
})

test.each([
  ['uk', 'Живемо у Харкові, зв’язку немає вже добу', ['UA', 'Kharkiv Oblast', 'Kharkiv']],
  ['uk', 'Приїхали з Києва до родичів учора', ['UA', 'Kyiv', 'Kyiv']],
  ['kk', 'Біз Шымкентте тұрамыз, интернет жоқ бүгін', ['KZ', 'Shymkent', 'Shymkent']],
  ['en', 'The branch in Manchester was closed again today', ['GB', 'England', 'Manchester']],
  ['en', 'We moved to Moscow, Idaho last year and love it', ['US', 'Idaho', 'Moscow']],
  ['it', 'Abito a Torino da dieci anni e non cambierei mai', ['IT', 'Piedmont', 'Turin']],
])('%s: %s', (lang, text, place) => {
  expect(inText(text, lang)).toEqual(place)
})

test.each([
  'Владимир сказал, что перезвонит завтра утром',
  'Президент Владимир Путин подписал новый указ сегодня',
  'Киров забил гол на последней минуте матча',
  'Paris Hilton was seen at the party last night',
  'Rome Odunze caught three passes in the game',
  'Смотрели «Рома» вчера вечером, хороший фильм',
  'мир вокруг меняется быстрее, чем мы думаем',
  'Orlando Bloom is my favourite actor of all',
  'Мать с дочкой пришли за того, кто не смог',
  'We love Georgia and will come again next year',
  'Летели из Москвы в Киев через Варшаву и Берлин',
])('what is a person, a club, a common word or several places is no place: %s', (text) => {
  expect(inText(text)).toBeNull()
})

test.each([
  ['мск', ['RU', 'Moscow', 'Moscow']],
  ['г. Тверь', ['RU', 'Tver Oblast', 'Tver']],
  ['Львів 🇺🇦', ['UA', 'Lviv Oblast', 'Lviv']],
  ['Астана, Қазақстан', ['KZ', 'Astana', 'Astana']],
  ['🇰🇿', ['KZ', null, null]],
  ['raleigh, nc', ['US', 'North Carolina', 'Raleigh']],
  ['Odessa, TX', ['US', 'Texas', 'Odessa']],
  ['Naples, FL', ['US', 'Florida', 'Naples']],
  ['Napoli ❤️', ['IT', 'Campania', 'Naples']],
  ['55.7558,37.6173', ['RU', 'Moscow', 'Moscow']],
  ['дома', null],
  ['everywhere and nowhere', null],
  ['Roma ✈️ London', null],
])('a profile is read as a place: %s', (bio, place) => {
  expect(inProfile(bio)).toEqual(place)
})

test('the platform comes first, and is named as the gazetteer names it', () => {
  const text = analyse('Вчера в Казани отключили воду', { lang: 'ru' })
  const place = { country: 'RU', region: null, city: 'Омск' }
  expect(findPlace({ place, author: null, lang: 'ru' }, text)).toEqual({
    country: 'RU',
    region: 'Omsk Oblast',
    city: 'Omsk',
    from: 'platform',
    confidence: 0.99,
  })
})

test('what the platform says stands where the gazetteer does not know it', () => {
  expect(onPlatform({ country: 'RU', city: 'Малые Вязёмы-на-Горке' })).toMatchObject({
    country: 'RU',
    city: 'Малые Вязёмы-на-Горке',
  })
  expect(onPlatform({ country: 'us', city: 'Odessa' })).toMatchObject({ country: 'US', city: 'Odessa' })
  expect(onPlatform({ city: 'Kazan, Russia' })).toMatchObject({ country: 'RU', city: 'Kazan' })
  expect(onPlatform({ city: 'on the moon' })).toBeNull()
})

test('coordinates are the largest city around them, and nothing at sea', () => {
  expect(onPlatform({ point: { latitude: 43.24, longitude: 76.9 } })).toMatchObject({ country: 'KZ', city: 'Almaty' })
  expect(onPlatform({ point: { latitude: 0, longitude: -30 } })).toBeNull()
  expect(onPlatform({ point: { latitude: 90, longitude: 180 } })).toBeNull()
})

test('a language of one country says the country, a language of many says nothing', () => {
  const found = findPlace({ place: null, author: null, lang: 'uk' }, analyse('нічого не працює', { lang: 'uk' }))
  expect(found).toEqual({ country: 'UA', region: null, city: null, from: 'language', confidence: 0.7 })
  expect(findPlace({ place: null, author: null, lang: 'ru' }, analyse('ничего не работает', { lang: 'ru' }))).toBeNull()
  expect(findPlace({ place: null, author: null, lang: 'constructor' }, analyse('x'))).toBeNull()
})

test.each([
  '',
  '😡',
  '🇺🇦'.repeat(1_000),
  '🇦',
  'https://example.org/London',
  'в '.repeat(1_000),
  'Москва '.repeat(150_000),
  'אני גר בתל אביב',
  'أعيش في القاهرة',
  'constructor __proto__ toString',
  'Привет from Roma у Києві en Madrid à Paris in Berlin',
  '\ud83d в \udc00',
])('any text has a defined answer (%#)', (text) => {
  const found = findPlace({ place: null, author: null, lang: null }, analyse(text))
  const answers = [found?.country, inProfile(text)?.[0], onPlatform({ city: text, region: text })?.country]
  for (const country of answers) expect(country ?? 'none').toMatch(/^(?:[A-Z]{2}|none)$/)
})
