import { availableParallelism } from 'node:os'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { atOnce } from '../../base/clickhouse/connections.ts'
import type { Condition } from '../../listen/mentions/filter.ts'

/** The formula of a figure in words; the screens show it beside the figure. */
export type Words = { en: string; ru: string }

/** From `from` up to but without `to`. */
export type Period = { from: Date; to: Date }

/** A topic as the comparison needs it. */
export type ComparedTopic = { id: number; name: string; group: string | null }

/** Which mentions are counted: an exact condition over the table `mention`, project and period included. */
export type { Condition }

/**
 * What is counted. `mention final` leaves out rows that were saved twice and not yet joined by the engine, and costs a
 * fifth more; `mention` is as exact where there are none.
 */
export type Rows = 'mention' | 'mention final'

/**
 * At the end of a question that goes through all mentions and is asked beside others of its kind. Grouping by author or text in
 * one thread takes a fifth less of the processor than in two, whose tables have to be joined; together they keep the cores busy.
 * What stands between the steps of one block has to fit beside the tables into the caches: texts take a tenth less with blocks of 16,384
 * rows than with the engine's 65,409.
 */
export function besideOthers({ embedded }: Clickhouse): string {
  // How many cores a server has, it knows itself.
  const threads = embedded ? `, max_threads = ${Math.max(1, Math.floor(availableParallelism() / atOnce))}` : ''
  return `settings max_block_size = 16384${threads}`
}
