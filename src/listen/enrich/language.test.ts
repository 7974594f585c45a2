import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { readModel } from '../../base/learn/model-file.ts'
import { detectLanguage, isClaimedInVain } from './language.ts'
import { languageModelFile, loadLanguageModel } from './language-model.ts'

test.each([
  ['ru', 'Приложение не открывается второй час, стою на кассе с полной корзиной'],
  ['uk', 'Чому переказ не прийшов? Я вже третій день чекаю на відповідь підтримки'],
  ['kk', 'Филин банкінің қосымшасы ашылмай тұр, не болды екен?'],
  ['kk', 'Бул жерде бала коп, ойын жаксы екен'],
  ['be', 'Дзякуй вялікі за дапамогу, усё ўжо працуе як мае быць'],
  ['bg', 'Приложението не работи от вчера, кога ще бъде поправено?'],
  ['en', 'The app has been down for two hours and nobody answers'],
  ['it', 'Non riesco ad aprire la applicazione da questa mattina, qualcuno sa perché?'],
  ['de', 'Seit heute morgen lässt sich die App nicht mehr öffnen'],
  ['tr', 'Uygulama sabahtan beri açılmıyor, bilen var mı?'],
  ['tt', 'Кушымта иртәдән бирле ачылмый, ни булды икән?'],
  ['ka', 'აპლიკაცია დილიდან არ იხსნება'],
  ['he', 'האפליקציה לא נפתחת מהבוקר'],
  ['ar', 'التطبيق لا يعمل منذ الصباح'],
  ['fa', 'این برنامه از صبح باز نمی‌شود، چرا؟'],
  ['ja', 'アプリが朝から開きません'],
  ['zh', '这个应用从早上开始就打不开了'],
  ['ko', '앱이 아침부터 열리지 않아요'],
  ['vi', 'Ứng dụng không mở được từ sáng đến giờ'],
])('%s is recognised in a post', (code, text) => {
  const found = detectLanguage(text)
  expect(found.code).toBe(code)
  expect(found.confidence).toBeGreaterThan(0.7)
})

test.each([
  '',
  '😡😡😡',
  '12345 !?',
  'https://filin.example/a',
  'www.filin.example',
  '@vasya #tag_1',
  '\ud83d',
  'ꦲꦏ꧀ꦱꦫ',
])('nothing is guessed where no language is written: %s', (text) => {
  expect(detectLanguage(text)).toEqual({ code: null, confidence: null })
})

test('links, names and tags do not make a Russian post English', () => {
  expect(
    detectLanguage('@SupportTeam https://example.org/some/long/english/path приложение висит #helpme #please').code,
  ).toBe('ru')
})

test('English is not believed of a text in other letters, and every other claim is', () => {
  expect(isClaimedInVain('en', 'Филин, вход в приложение не работает')).toBe(true)
  expect(isClaimedInVain('en', 'The Филин app is down')).toBe(false)
  expect(isClaimedInVain('en', '😡 12345')).toBe(false)
  expect(isClaimedInVain('uz', 'Ассалому алайкум, картам ишламаяпти')).toBe(false)
})

test('letters that no language of ours has are those of another one', () => {
  expect(detectLanguage('Барномаи телефонӣ аз субҳ боз намешавад, ҷавоб диҳед').code).toBeNull()
  expect(detectLanguage('Ҡатмарлы һөйләмдәрҙең төҙөлөшө һәм мәғәнәһе тураһында һөйләй').code).toBeNull()
})

test('a word that is written alike in several languages is answered with doubt', () => {
  for (const word of ['банк', 'taxi', 'tabu', 'радио']) expect(detectLanguage(word).confidence).toBeLessThan(0.9)
})

test('transliterated Russian is not taken for certain', () => {
  expect(detectLanguage('privet').confidence ?? 0).toBeLessThan(0.9)
})

test('composed and decomposed letters are the same', () => {
  const text = 'Нічого не працює вже третій день, а її й не чути'
  expect(detectLanguage(text.normalize('NFD'))).toEqual(detectLanguage(text.normalize('NFC')))
})

test('thirty languages in one post have one answer, that of its main script', () => {
  const post =
    'Привет hello ciao hallo bonjour hola olá cześć ahoj szia salut γεια שלום مرحبا नमस्ते 你好 こんにちは 안녕 สวัสดี გამარჯობა բարեւ merhaba hej hei tere labas sveiki zdravo здраво сәлем'
  const found = detectLanguage(post)
  expect(found.code).not.toBeNull()
  expect(found.confidence).toBeLessThanOrEqual(1)
})

test.each(['ы'.repeat(1_000_000), 'слово '.repeat(200_000), '\u0301'.repeat(1_000_000), '@'.repeat(1_000_000)])(
  'a megabyte is answered from its beginning (%#)',
  (text) => {
    const begun = process.cpuUsage()
    detectLanguage(text)
    // Reading it all would take a hundred times as long.
    expect(process.cpuUsage(begun).user).toBeLessThan(200_000)
  },
)

test('the same words are answered alike again, whatever was read between', () => {
  const text = 'Спасибо, всё заработало'
  const first = detectLanguage(text)
  for (let i = 0; i < 40_000; i++) detectLanguage(`слово${i.toString(36)} ${(i * 7919).toString(36)}`)
  expect(detectLanguage(text)).toEqual(first)
})

test('a damaged model is refused by name', () => {
  expect(loadLanguageModel().codes).toHaveLength(76)
  const file = readFileSync(languageModelFile)
  file[file.length - 100]! ^= 1
  const path = join(tmpdir(), `heed-language-${process.pid}.model`)
  writeFileSync(path, file)
  expect(() => readModel(path, 'language')).toThrow(/is damaged/)
})
