import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { Stories } from './stories.ts'
import { storyWords } from './story-words.ts'

const storm = {
  title: 'Ураган в Приморске повалил сорок деревьев',
  text: 'Сильный ветер в Приморске ночью повалил деревья и оборвал провода. Без света остались три района, сообщили в мэрии Приморска.',
}
const stormAgain = {
  title: 'В Приморске после урагана три района без света',
  text: 'Ночной ураган оставил без электричества районы Приморска. По данным мэрии, ветром повалены деревья и повреждены провода.',
}
const bank = {
  title: 'Филин Банк запускает вклад для пенсионеров',
  text: 'Новый вклад банка открывают в отделениях с понедельника, ставка вырастет до десяти процентов годовых.',
}

const words = (post: { title: string | null; text: string }) => storyWords(analysePost({ ...post, lang: 'ru' }))
const at = (day: number) => new Date(Date.UTC(2026, 0, day))

test('articles on one event in words of their own are one story, another event is another', () => {
  const stories = new Stories()
  expect(stories.place(words(storm), { id: 'a', at: at(1) }, 'a')).toBe('a')
  expect(stories.place(words(bank), { id: 'b', at: at(1) }, 'b')).toBe('b')
  expect(stories.place(words(stormAgain), { id: 'c', at: at(2) }, 'c')).toBe('a')
})

test('weeks later it is another event', () => {
  const stories = new Stories()
  stories.place(words(storm), { id: 'a', at: at(1) }, 'a')
  expect(stories.place(words(stormAgain), { id: 'c', at: at(20) }, 'c')).toBe('c')
})

test('a copy stays with its text, and a post that comes twice with its story', () => {
  const stories = new Stories()
  stories.place(words(storm), { id: 'a', at: at(1) }, 'a')
  expect(stories.place(words(bank), { id: 'cut', at: at(1) }, 'a')).toBe('a')
  expect(stories.place(words(bank), { id: 'cut', at: at(1) }, 'cut')).toBe('a')
})

test('posts without words are about nothing and stand alone', () => {
  const stories = new Stories()
  const nothing = ['', '😀', 'https://a.example/b', '!!! ???']
  const names = nothing.map((text, n) =>
    stories.place(words({ title: null, text }), { id: String(n), at: at(1) }, String(n)),
  )
  expect(names).toEqual(['0', '1', '2', '3'])
})
