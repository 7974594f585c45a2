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

/** What copies of one text share, as a number. */
export const textKey = `if(cluster_key = cityHash64(''), id_key, cluster_key)`
