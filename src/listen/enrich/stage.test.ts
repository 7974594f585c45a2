import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost } from '../posts/post.ts'
import { findStage, type Known } from './stage.ts'
import { reasons } from './stage/pattern.ts'

function stageOf(lang: string | null, text: string, known: Known = {}) {
  const post = barePost({ id: 'x', platform: 'x', text, lang })
  return findStage(post, analysePost(post), known)
}

const brand: Known = { target: ['Ромашка', 'romashka'], rivals: ['Василёк', 'vasilek'] }

test.each([
  ['leaving', 'Всё, ухожу от вас в Василёк, прощай, Ромашка!'],
  ['leaving', 'Закрываю счёт в Ромашке и больше никогда к вам не приду'],
  ['support', '@romashka здравствуйте, второй день не могу войти в приложение, пишет ошибку. Помогите, пожалуйста!'],
  ['support', '@romashka подскажите, как отключить платную подписку?'],
  ['product-request', '@romashka когда появится доставка в Твери?'],
  ['product-request', 'Подскажите, сколько стоит подключение у Ромашки?'],
  ['awkward-question', '@romashka на каком основании вы передаёте персональные данные третьим лицам?'],
  ['awkward-question', '@romashka почему вы закрываете отделения в маленьких городах?'],
  ['praise', 'Обожаю Ромашку, лучший сервис, спасибо вам огромное!'],
  ['negative', 'Ромашка — ужасный магазин, обман и хамство, говно полное'],
  ['first-review', 'Вчера подключила Ромашку, пока всё летает, очень довольна'],
])('in Russian, %s: %s', (stage, text) => {
  expect(stageOf('ru', text, brand)?.stage).toBe(stage)
})

test.each([
  ['leaving', "That's it, I'm done with you. Cancelling my account, you lost a customer"],
  ['support', '@romashka my order never arrived and nobody answers. Can you help?'],
  ['support', "@romashka I can't log in to my account, it keeps showing an error, please fix"],
  ['product-request', '@romashka when will the blue one be available in Canada?'],
  ['product-request', '@romashka do you ship to Italy and how much is it?'],
  ['awkward-question', '@romashka why do you still sell toys that were recalled?'],
  ['praise', '@romashka you are amazing, best service ever, thank you so much!'],
  ['negative', 'Romashka is the worst shop ever, rude staff and terrible food'],
])('in English, %s: %s', (stage, text) => {
  expect(stageOf('en', text, { target: ['romashka'] })?.stage).toBe(stage)
})

test.each([
  ['uk', 'leaving', 'Прощавай, Ромашко! Закриваю рахунок і більше ніколи до вас не прийду'],
  ['uk', 'support', 'Допоможіть, будь ласка, вже тиждень не можу зайти в застосунок'],
  ['uk', 'product-request', 'Скільки коштує доставка до Львова?'],
  ['uk', 'praise', 'Дякую, чудовий магазин, усе сподобалось!'],
  ['kk', 'praise', 'Өте жақсы қосымша, рахмет сіздерге!'],
  ['kk', 'negative', 'Өте жаман, ашылмайды, ұнамады'],
  ['it', 'leaving', 'Addio, chiudo il conto, mai più con voi'],
  ['it', 'product-request', 'Quanto costa la spedizione in Sardegna?'],
  ['it', 'negative', 'Servizio pessimo, una vergogna, sono molto deluso'],
])('in %s, %s: %s', (lang, stage, text) => {
  expect(stageOf(lang, text)?.stage).toBe(stage)
})

test('a choice that is still open is a general request', () => {
  const text = 'Друзья, какой банк лучше выбрать для ипотеки? Посоветуйте хороший банк'
  expect(stageOf('ru', text)?.stage).toBe('general-request')
})

test('a request about a competitor is told apart from one about the brand', () => {
  expect(stageOf('ru', '@vasilek когда появится доставка в Твери?', brand)?.stage).toBe('competitor-request')
  expect(stageOf('ru', '@romashka когда появится доставка в Твери?', brand)?.stage).toBe('product-request')
})

test('leaving a competitor for the brand is not leaving the brand', () => {
  const text = 'Надоел Василёк, с понедельника перехожу на Ромашку'
  expect(stageOf('ru', text, brand)?.stage).toBe('product-request')
  expect(stageOf('ru', text, { target: ['Василёк'], rivals: ['Ромашка'] })?.stage).toBe('leaving')
})

test.each([
  ['ru', 'Банк «Ромашка» объявил о выплате дивидендов акционерам, сообщает пресс-служба'],
  ['ru', '@petya Здравствуйте! Уточните, пожалуйста, номер Вашего договора, мы всё проверим. ^АБ'],
  ['ru', 'ромашка кредит наличными условия https://example.com/1'],
  ['en', 'Romashka unveils new phone, shares rise 3 percent, analysts say https://example.com/1'],
  ['en', "@bob We're sorry to hear that! Please DM us your order number and our team will look into it. ^KM"],
])('news, search words and the company itself have no stage (%s: %s)', (lang, text) => {
  expect(stageOf(lang, text, { target: ['ромашка', 'romashka'] })).toBeNull()
})

test('the reason shows the words that decided', () => {
  const text = 'Ну что ж, расторгаю с вами договор'
  const found = stageOf('ru', text)!
  const [why] = found.why
  if (!why || !('reason' in why)) throw new Error('no pattern held')
  expect(reasons[why.reason].ru).toBe('закрывает счёт или отказывается от услуги')
  expect(text.slice(why.start!, why.end!)).toBe('расторгаю с')
})

test('a known tone makes a complaint surer', () => {
  const text = 'Ромашка опять отличилась, очередь на два часа'
  const unknown = stageOf('ru', text, brand)
  const known = stageOf('ru', text, { ...brand, sentiment: 'negative' })
  expect([unknown?.stage, known?.stage]).toEqual(['negative', 'negative'])
  expect(known!.confidence).toBeGreaterThan(unknown!.confidence)
})

test('where no pattern holds, the reason is the words that were learnt', () => {
  const text = 'Купленные вчера сапоги разошлись по шву, деньги не вернули @romashka'
  const found = stageOf('ru', text, brand)
  for (const why of found?.why ?? []) {
    if ('words' in why) for (const word of why.words) expect(text).toContain(word)
    else expect(reasons).toHaveProperty(why.reason)
  }
  expect(found?.why.length).toBeGreaterThan(0)
})

const odd = [
  '',
  ' ',
  '😀',
  '❤️❤️❤️',
  '?!?!',
  'https://example.com/a?b=c',
  'مرحبا، متى يصل الطلب؟',
  'שלום, איפה ההזמנה שלי?',
  '\ud800 broken \udfff',
  'a'.repeat(1_000_000),
  'не '.repeat(300_000),
  '@'.repeat(5_000),
  'Hello привет сәлем привіт ciao hola bonjour hallo olá merhaba γειά שלום مرحبا नमस्ते হ্যালো ਸਤ வணக்கம் నమస్తే ನಮಸ್ಕಾರ 你好 こんにちは 안녕 สวัสดี xin chào halo hej hei tere labas sveiki ahoj cześć szia',
]

test.each(odd)('odd text has an answer and throws nothing (%#)', (text) => {
  for (const lang of ['ru', 'en', 'uk', 'kk', 'it', 'ar', 'zh', '', null]) {
    const found = stageOf(lang, text, brand)
    if (found) expect(found.confidence).toBeGreaterThan(0)
  }
  expect(stageOf('ar', text)).toBeNull()
  expect(stageOf(null, text)).toBeNull()
})

test('an empty text, one emoji and only a link have no stage', () => {
  for (const text of ['', '😀', 'https://example.com/a?b=c']) expect(stageOf('ru', text)).toBeNull()
})
