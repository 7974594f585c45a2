import { expect, test } from 'vitest'
import { analyse } from '../../base/text/analyse.ts'
import { clusterOf } from './cluster.ts'

const of = (text: string) => clusterOf(analyse(text))

test('links, names, case, emoji and punctuation do not make a copy a new text', () => {
  const first = of('Филин блокирует счета пенсионеров без причины!')
  expect(first).not.toBeNull()
  expect(of('ФИЛИН блокирует счета пенсионеров — без причины 😡😡 https://filin-obman.example/a?b=1')).toBe(first)
  expect(of('@vasya #Филин блокирует   счета пенсионеров, без причины')).toBe(first)
})

test('another word makes another text', () => {
  expect(of('Филин блокирует карты пенсионеров без причины')).not.toBe(
    of('Филин блокирует счета пенсионеров без причины'),
  )
})

test('short texts say the same by chance and stand alone', () => {
  expect(of('спасибо!')).toBeNull()
  expect(of('😡😡😡 https://filin-obman.example/a-very-long-address-that-is-no-text')).toBeNull()
})

test('a hyphen or a blank between two words is the same text', () => {
  expect(of('перешла в альфа-банк из другого банка')).toBe(of('перешла в альфа банк из другого банка'))
})
