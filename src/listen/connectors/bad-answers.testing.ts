import type { PlatformAnswer } from './connector.contract.ts'

/** Changes a good answer into a bad one. What is no JSON stays as it is, except where its text is cut or dated. */
export type Spoil = (answer: PlatformAnswer) => PlatformAnswer

export const cutInHalf: Spoil = (answer) => {
  const text = textOf(answer)
  return { ...answer, body: text.slice(0, Math.floor(text.length / 2)) }
}

type Leaf = (value: string | number | boolean | null, key: string) => unknown

/** Every value of one kind is of another. */
export const wrongTypes: [what: string, spoil: Spoil][] = [
  ['numbers are words', leaves((value) => (typeof value === 'number' ? 'many' : value))],
  ['words are numbers', leaves((value) => (typeof value === 'string' ? 17 : value))],
  ['words are lists', leaves((value) => (typeof value === 'string' ? [value] : value))],
  ['nothing is known', leaves(() => null)],
  ['everything is true', leaves(() => true)],
  ['numbers are beyond all bounds', leaves((value) => (typeof value === 'number' ? -1e308 : value))],
  ['lists are objects', shaped((value) => (Array.isArray(value) ? { ...value } : value))],
  ['lists are empty', shaped((value) => (Array.isArray(value) ? [] : value))],
  ['objects are lists', shaped((value) => (isObject(value) ? Object.values(value) : value))],
  ['items are words', shaped((value) => (Array.isArray(value) ? value.map(() => 'item') : value))],
  ['lists have holes', shaped((value) => (Array.isArray(value) ? [null, ...value, {}] : value))],
]

/** Every moment is this one, in the form in which the platform writes it. */
export function dated(at: Date): Spoil {
  const moments = leaves((value) => {
    if (typeof value === 'number') return secondsLike(value) ? seconds(value, at) : value
    if (typeof value !== 'string') return value
    if (/^\d{10}(\d{3})?$/.test(value)) return String(seconds(Number(value), at))
    return written(value, at)
  })
  return (answer) => {
    const spoiled = moments(answer)
    if (spoiled !== answer) return spoiled
    return { ...answer, body: textOf(answer).replace(anyMoment, (moment) => written(moment, at)) }
  }
}

/** Every id is another one at every reading. */
export function changingIds(): Spoil {
  let turn = 0
  return (answer) => {
    turn += 1
    return leaves((value, key) => {
      if (!/(^|_)(id|guid|uri|cid)$|[a-z]Id$/.test(key)) return value
      if (typeof value === 'number') return value + turn * 1000
      return typeof value === 'string' ? value.replace(/\d(?=\D*$)/, (digit) => `${turn}${digit}`) : value
    })(answer)
  }
}

function leaves(change: Leaf): Spoil {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key))
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]))
    return change(value as Parameters<Leaf>[0], key)
  }
  return inJson((json) => walk(json, ''))
}

function shaped(change: (value: unknown) => unknown): Spoil {
  const walk = (value: unknown): unknown => {
    const below = Array.isArray(value)
      ? value.map(walk)
      : isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]))
        : value
    return change(below)
  }
  return inJson(walk)
}

function inJson(change: (json: unknown) => unknown): Spoil {
  return (answer) => {
    let json: unknown
    try {
      json = JSON.parse(textOf(answer))
    } catch {
      return answer
    }
    return { ...answer, body: JSON.stringify(change(json)) }
  }
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf({ body = '' }: PlatformAnswer): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

function secondsLike(value: number): boolean {
  return (value > 1.5e9 && value < 2.5e9) || (value > 1.5e12 && value < 2.5e12)
}

function seconds(value: number, at: Date): number {
  return value > 1e11 ? at.getTime() : Math.floor(at.getTime() / 1000)
}

const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/
const mail = /(\w{3}, )?\d{1,2} \w{3} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC)/
const anyMoment = new RegExp(`${iso.source}|${mail.source}`, 'g')

function written(value: string, at: Date): string {
  if (mail.test(value)) return value.replace(mail, at.toUTCString())
  return value.replace(iso, (found) => {
    const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(found)?.[0] ?? ''
    return (
      at.toISOString().slice(0, 19) + (zone === '' || zone === 'Z' ? zone : zone.includes(':') ? '+00:00' : '+0000')
    )
  })
}
