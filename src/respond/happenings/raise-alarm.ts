import type { Database } from '../../base/postgres/postgres.ts'
import { noteHappening } from './happening.ts'

export type Alarm = {
  project: number
  /** What it is about: `rule:7:mention:vk:12`. A second alarm under this key tells nothing. */
  key: string
  /** What people read, in the words of whoever made the rule. No words of customers: those are read where they are. */
  text: string
  at: Date
  /** What it is about; alarms link there and quote from there. */
  ticket?: number
  mention?: string
}

/**
 * Tells every alarm channel and webhook of the project that wants to hear what rules say, once per key, within seconds of
 * the commit of this transaction. Many that come at once become one message. Returns its number; null: it was told before.
 */
export async function raiseAlarm(
  tx: Database,
  { project, key, text, at, ticket, mention }: Alarm,
): Promise<number | null> {
  const about = { text, ...(ticket === undefined ? {} : { ticket }), ...(mention === undefined ? {} : { mention }) }
  return noteHappening(tx, { project, kind: 'rule.told', key: `rule ${key}`, at, about })
}
