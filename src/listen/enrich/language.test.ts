import { expect, test } from 'vitest'
import { detectLanguage } from './language.ts'

test.each([
  ['ru', 'Приложение не открывается второй час, стою на кассе с полной корзиной'],
  ['uk', 'Чому переказ не прийшов? Я вже третій день чекаю на відповідь підтримки'],
  ['kk', 'Филин банкінің қосымшасы ашылмай тұр, не болды екен?'],
  ['be', 'Дзякуй вялікі за дапамогу, усё ўжо працуе як мае быць'],
  ['en', 'The app has been down for two hours and nobody answers'],
  ['it', 'Non riesco ad aprire la applicazione da questa mattina, qualcuno sa perché?'],
])('%s is recognised in a post', (code, text) => {
  const found = detectLanguage(text)
  expect(found.code).toBe(code)
  expect(found.confidence).toBeGreaterThan(0.8)
})

test('nothing is guessed where there are no words', () => {
  for (const text of ['', '😡😡😡', '12345', 'https://filin.example/a', '@vasya'])
    expect(detectLanguage(text)).toEqual({ code: null, confidence: null })
})

test('a single word is answered with little confidence', () => {
  expect(detectLanguage('банк').confidence).toBeLessThan(0.9)
})

test('a megabyte of one letter is answered at once', () => {
  expect(() => detectLanguage('ы'.repeat(1_000_000))).not.toThrow()
})
