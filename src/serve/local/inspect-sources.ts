import { sql } from 'kysely'
import { list } from '../../base/postgres/postgres.ts'
import { healthOf } from '../../listen/collect/health.ts'
import { openSecrets, type Source } from '../../listen/collect/source.ts'
import { trySource, type Tried } from '../../listen/collect/try-source.ts'
import { findConnector } from '../../listen/connectors/catalogue.ts'
import { sayTrouble, type Locale } from '../api/source-words.ts'
import type { House } from '../house.ts'
import type { Finding } from './inspect.ts'

const mostAsked = 50
const atOnce = 8
const longestMs = 20_000

/**
 * Every source that is not paused: one that its last looks found well is, and any other is asked now, the longest ill first, so that
 * what is told is true at this moment. Nothing that comes is kept.
 */
export async function inspectSources(house: House): Promise<Finding[]> {
  const sources = await list(
    house.postgres.db,
    sql<Source>`select * from source where state in ('active', 'gone') order by failures desc, name, id`,
  )
  const unwell = sources.filter((source) => healthOf(source, house.now()).health !== 'well')
  const asked = unwell.slice(0, mostAsked)
  const found: Finding[] = []
  for (let from = 0; from < asked.length; from += atOnce)
    found.push(...(await Promise.all(asked.slice(from, from + atOnce).map((source) => inspect(house, source)))))
  const bad = found.filter(({ well }) => !well)
  const left = unwell.length - asked.length
  const rest = {
    en: left > 0 ? `; ${left} more that need a look were not asked` : '',
    ru: left > 0 ? `; ещё ${left} из требующих внимания не спрошены` : '',
  }
  return [
    {
      well: bad.length === 0 && left === 0,
      what: {
        en: `${sources.length} sources, ${bad.length} of them need a look${rest.en}`,
        ru: `Источников: ${sources.length}, требуют внимания: ${bad.length}${rest.ru}`,
      },
    },
    ...bad,
  ]
}

async function inspect(house: House, source: Source): Promise<Finding> {
  if (source.state === 'gone') {
    const { trouble } = healthOf(source, house.now())
    return finding(source, {
      en: [
        trouble === null ? 'it is gone for good' : sayTrouble(trouble, 'en'),
        'Enter its new address, or remove the source',
      ],
      ru: [trouble === null ? 'его больше нет' : sayTrouble(trouble, 'ru'), 'Введите новый адрес или удалите источник'],
    })
  }
  const secrets = openSecrets(house.secrets, source)
  if (source.sealed !== null && Object.keys(secrets).length === 0) {
    return finding(source, {
      en: ['its keys were sealed on another installation', 'Enter its keys anew, or bring back the file secret.key'],
      ru: ['ключи запечатаны на другой установке', 'Введите ключи заново или верните файл secret.key'],
    })
  }
  const tried = await tryNow(house, source)
  if (tried?.kind !== 'readable') {
    return finding(source, {
      en: [tried === null ? 'no connector knows it' : sayTried(tried, 'en'), whatToDo(source).en],
      ru: [tried === null ? 'нет такого коннектора' : sayTried(tried, 'ru'), whatToDo(source).ru],
    })
  }
  // It answers; whether it also brings what it should is told by its rhythm.
  const { health, trouble } = healthOf(source, house.now())
  if (health !== 'ill' || trouble === null) return { well: true, what: { en: source.name, ru: source.name } }
  return finding(source, {
    en: [`it answers. ${sayTrouble(trouble, 'en')}`, whatToDo(source).en],
    ru: [`отвечает. ${sayTrouble(trouble, 'ru')}`, whatToDo(source).ru],
  })
}

async function tryNow(house: House, source: Source): Promise<Tried | null> {
  const connector = findConnector(source.platform)
  if (!connector) return null
  const given = { settings: source.config, secrets: openSecrets(house.secrets, source) }
  return trySource(
    { ...house, db: house.postgres.db, project: source.projectId },
    connector,
    given,
    AbortSignal.timeout(longestMs),
  )
}

function sayTried(tried: Exclude<Tried, { kind: 'readable' }>, locale: Locale): string {
  if (tried.kind === 'refused') return tried.error.message
  const { answer } = tried
  if (answer.kind === 'rate-limited' && answer.problem === undefined) {
    const values = { until: answer.retryAt.toISOString() }
    return sayTrouble({ key: 'source-rate-limited', values, hint: 'The platform asks us to wait' }, locale)
  }
  const hint = answer.hint ?? ''
  return sayTrouble({ key: 'source-failed', values: { hint }, ...answer.problem, hint }, locale)
}

function whatToDo({ url }: Source): { en: string; ru: string } {
  return {
    en: `Open the source in Heed and check its address and keys ${url ?? ''}`.trim(),
    ru: `Откройте источник в Heed и проверьте адрес и ключи ${url ?? ''}`.trim(),
  }
}

function finding({ name }: Source, said: { [locale in Locale]: [what: string, todo: string] }): Finding {
  return {
    well: false,
    what: { en: `${name}: ${said.en[0]}`, ru: `${name}: ${said.ru[0]}` },
    todo: { en: said.en[1], ru: said.ru[1] },
  }
}
