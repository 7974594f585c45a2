import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { Cursor, SourceIo } from '../connector.ts'
import { afterOf, askGraph, graph, graphMoment, GraphPage, slowDownMs, type GraphKeys } from '../meta/graph.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from '../stretch.ts'

const dayS = 86_400
export const back: LookBack = { firstS: 30 * dayS, alwaysS: 3 * dayS, sweepS: 30 * dayS, sweepEveryS: dayS / 2 }

const Moment = z.object({ timestamp: z.string() })

/** A page of a list that begins with its newest media. */
export async function readList(
  path: string,
  {
    name,
    fields,
    back: lookBack,
    parameters,
  }: { name: string; fields: string; back: LookBack; parameters: { [name: string]: string } },
  cursor: Cursor,
  keys: GraphKeys,
  io: SourceIo,
): Promise<{ items: unknown[]; isOver: boolean; place: Cursor; pollAfterMs: number | null } | { trouble: Trouble }> {
  const stretch = readStretch(cursor, name, io.now(), lookBack)
  const kept = cursor['after']
  const after: { [name: string]: string } =
    isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? { after: kept } : {}
  const asked = await askGraph(
    `${graph}/${path}`,
    { ...parameters, fields, limit: '50', ...after },
    keys,
    GraphPage,
    io,
  )
  if ('trouble' in asked) return asked
  const following = afterOf(asked.value)
  const next = stepDown(
    stretch,
    { moments: momentsOf(asked.value.data, io.now()), isLast: following === null },
    lookBack,
  )
  const isOver = !isUnderWay(next)
  return {
    items: asked.value.data,
    isOver,
    place: { [name]: printStretch(next), after: isOver ? '' : (following ?? '') },
    pollAfterMs: slowDownMs(asked.content.headers),
  }
}

export function momentsOf(items: unknown[], now: Date): number[] {
  return secondsOf(
    items.map((item) => graphMoment(Moment.safeParse(item).data?.timestamp)),
    now,
  )
}
