import { setTimeout as sleep } from 'node:timers/promises'
import { Batch, type StreamedPage } from './batch.ts'

export type Joining = {
  mostItems: number
  longestMs: number
  mostOnTheWay: number
  /** Prepares the batch, and saves it when `before`, all that came earlier, is saved; fails when that failed. */
  save: (batch: Batch, before: Promise<void>) => Promise<void>
}

/**
 * Saves the pages of a stream in batches, in their order: a full one at once while others are on their way, and one that is not
 * full when nothing is and its first page has waited long enough. A stream that brings more than can be saved waits. Returns
 * when the pages have ended and all are saved; throws what saving threw, and nothing after that was saved.
 */
export async function joinPages(
  pages: AsyncIterable<StreamedPage>,
  { mostItems, longestMs, mostOnTheWay, save }: Joining,
): Promise<void> {
  const at: { filling: Batch | null; isOver: boolean; failed: boolean } = {
    filling: null,
    isOver: false,
    failed: false,
  }
  const came = bell()
  const taken = bell()
  // Rung when the batch that fills may have become ready to go.
  const turned = bell()

  async function saveAll(): Promise<void> {
    let onTheWay = 0
    let last = Promise.resolve()
    while (!at.failed) {
      const batch = at.filling
      if (batch === null) {
        if (at.isOver) break
        await came.rung()
        continue
      }
      const leftMs = batch.startedAt + longestMs - performance.now()
      const isFull = batch.size >= mostItems
      const goes = onTheWay === 0 ? isFull || at.isOver || leftMs <= 0 : isFull && onTheWay < mostOnTheWay
      if (!goes) {
        await turned.rung(onTheWay === 0 ? leftMs : undefined)
        continue
      }
      at.filling = null
      taken.ring()
      onTheWay += 1
      const before = last
      // Whatever it failed of, it has not ended before the others have.
      last = save(batch, before).catch(async (error: unknown) => {
        await before
        throw error
      })
      const ended = () => {
        onTheWay -= 1
        turned.ring()
      }
      last.then(ended, () => {
        at.failed = true
        ended()
        came.ring()
        taken.ring()
      })
    }
    await last
  }

  function put(page: StreamedPage): boolean {
    if (at.filling === null) {
      at.filling = new Batch(performance.now())
      came.ring()
    } else if (at.filling.size >= mostItems) return false
    const added = at.filling.add(page)
    if (at.filling.size >= mostItems) turned.ring()
    return added
  }

  const saving = saveAll()
  // It is waited for below; until then its failure is not an unhandled one.
  saving.catch(() => {})
  try {
    for await (const page of pages) {
      while (!at.failed && !put(page)) {
        turned.ring()
        await taken.rung()
      }
      if (at.failed) break
    }
  } finally {
    at.isOver = true
    came.ring()
    turned.ring()
  }
  await saving
}

/** Wakes whoever waits; ringing while nobody does is remembered once. */
function bell(): { ring(): void; rung(atMostMs?: number): Promise<void> } {
  let wake: (() => void) | null = null
  let isRinging = false
  return {
    ring() {
      if (wake) wake()
      else isRinging = true
    },
    async rung(atMostMs) {
      if (isRinging) {
        isRinging = false
        return
      }
      const stop = new AbortController()
      const waiting = new Promise<void>((resolve) => (wake = resolve))
      await (atMostMs === undefined
        ? waiting
        : Promise.race([waiting, sleep(atMostMs, undefined, { signal: stop.signal }).catch(() => {})]))
      stop.abort()
      wake = null
    },
  }
}
