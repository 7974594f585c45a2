import type { Described } from '../happenings/describe.ts'
import { nameOf } from '../tickets/ticket.ts'
import type { AlarmText } from './service.ts'

type Locale = 'en' | 'ru'

/** More would not be read on a phone; the rest stands in Heed. */
const mostLines = 10

/** One message about everything that came at once. `more` are those that are not shown because there are too many. */
export function wordAlarm(happened: Described[], locale: Locale): AlarmText {
  const shown = happened.slice(0, mostLines).map((one) => ({ text: lineOf(one, locale), url: one.url }))
  const more = happened.length - shown.length
  const project = happened[0]?.project.name ?? ''
  const only = shown.length === 1 ? shown[0] : undefined
  const subject = only
    ? `${project}: ${only.text.split('\n')[0] ?? ''}`
    : locale === 'ru'
      ? `${project}: тревог — ${happened.length}`
      : `${project}: ${happened.length} alarms`
  const rest =
    more > 0 ? [{ text: locale === 'ru' ? `И ещё ${more}.` : `And ${more} more.`, url: shown[0]?.url ?? '' }] : []
  return { subject, lines: [...shown, ...rest] }
}

function lineOf(one: Described, locale: Locale): string {
  const ticket = one.ticket ? nameOf(one.ticket) : ''
  const said = sentences[one.kind][locale]
  const filled = said.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(one, name, ticket))
  const clusters = (one.clusters ?? [])
    .filter(({ text }) => text !== '')
    .map(({ count, text }) => `— ${count} × ${text}`)
  return [filled.trim(), ...clusters].join('\n')
}

function valueOf(one: Described, name: string, ticket: string): string {
  switch (name) {
    case 'ticket':
      return ticket
    case 'source':
      return one.source?.name ?? ''
    case 'topic':
      return one.topic?.name ?? ''
    case 'webhook':
      return one.webhook?.name ?? ''
    case 'text':
      return one.text ?? ''
    case 'mention':
      return oneLine(one.mention?.text ?? '', 200)
    case 'clock':
      return one.change?.about ?? ''
    default:
      return String(one.figures?.[name] ?? '')
  }
}

function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}

const sentences: { [kind in Described['kind']]: { en: string; ru: string } } = {
  'mention.arrived': { en: 'A mention: {mention}', ru: 'Упоминание: {mention}' },
  'ticket.opened': { en: 'A new ticket: {ticket}', ru: 'Новый тикет: {ticket}' },
  'ticket.changed': { en: 'Changed: {ticket}', ru: 'Изменилось: {ticket}' },
  'ticket.solved': { en: 'Solved: {ticket}', ru: 'Решено: {ticket}' },
  'reply.sent': { en: 'Answered: {ticket}', ru: 'Отвечено: {ticket}' },
  'promise.near': { en: 'The promised time is running out: {ticket}', ru: 'Срок подходит к концу: {ticket}' },
  'promise.missed': { en: 'A promise is missed: {ticket}', ru: 'Срок пропущен: {ticket}' },
  'promise.escalated': {
    en: 'Nobody has answered in time; please step in: {ticket}',
    ru: 'Вовремя не ответили, нужна ваша помощь: {ticket}',
  },
  'promise.explosion': {
    en: 'An information explosion threatens, still no answer: {ticket}',
    ru: 'Грозит информационный взрыв, ответа до сих пор нет: {ticket}',
  },
  'source.ill': {
    en: 'The source “{source}” is ill: {trouble}',
    ru: 'Источник «{source}» не читается; что с ним, сказано в его строке',
  },
  'source.silent': {
    en: 'The source “{source}” is silent: {trouble}',
    ru: 'Источник «{source}» молчит дольше, чем объясняет его ритм',
  },
  'spike.volume': {
    en: 'A spike of “{topic}”: {mentions} different texts in {hours} h, {expected} are usual; by chance once in {once}',
    ru: 'Всплеск по теме «{topic}»: разных текстов за {hours} ч — {mentions}, обычно {expected}; случайно бывает раз в {once}',
  },
  'spike.negative': {
    en: 'A spike of negativity about “{topic}”: {mentions} different texts in {hours} h, {expected} are usual; by chance once in {once}',
    ru: 'Всплеск негатива по теме «{topic}»: разных текстов за {hours} ч — {mentions}, обычно {expected}; случайно бывает раз в {once}',
  },
  'rule.told': { en: '{text} {ticket}', ru: '{text} {ticket}' },
  'webhook.off': {
    en: 'The webhook “{webhook}” is switched off: its receiver has not answered for three days, or said that it is gone',
    ru: 'Вебхук «{webhook}» выключен: получатель не отвечал три дня или сообщил, что его больше нет',
  },
}
