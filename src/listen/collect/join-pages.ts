import { setTimeout as sleep } from 'node:timers/promises'
import { Batch, type StreamedPage } from './batch.ts'

export type Joining = { mostItems: number; longestMs: number; save: (batch: Batch) => Promise<void> }

/**
 * Saves the pages of a stream in batches: as soon as one is full or its first page has waited long enough, while the next
 * one fills. A stream that brings more than can be saved waits. Returns when the pages have ended and all are saved;
 * throws what saving threw, and nothing after that was saved.
 */
export async function joinPages(
  pages: AsyncIterable<StreamedPage>,
  { mostItems, longestMs, save }: Joining,
): Promise<void> {
  const at: { filling: Batch | null; isOver: boolean; failed: boolean } = {
    filling: null,
    isOver: false,
    failed: false,
  }
  const came = bell()
  const taken = bell()
  const full = bell()

  async function saveAll(): Promise<void> {
    for (;;) {
      const batch = at.filling
      if (batch === null) {
        if (at.isOver) return
        await came.rung()
        continue
      }
      for (;;) {
        const leftMs = batch.startedAt + longestMs - performance.now()
        if (leftMs <= 0 || batch.size >= mostItems || at.isOver) break
        await full.rung(leftMs)
      }
      at.filling = null
      taken.ring()
      await save(batch)
    }
  }

  function put(page: StreamedPage): boolean {
    if (at.filling === null) {
      at.filling = new Batch(performance.now())
      came.ring()
    } else if (at.filling.size >= mostItems) return false
    const added = at.filling.add(page)
    if (at.filling.size >= mostItems) full.ring()
    return added
  }

  const saving = saveAll().catch((error: unknown) => {
    at.failed = true
    taken.ring()
    throw error
  })
  // It is waited for below; until then its failure is not an unhandled one.
  saving.catch(() => {})
  try {
    for await (const page of pages) {
      while (!at.failed && !put(page)) {
        full.ring()
        await taken.rung()
      }
      if (at.failed) break
    }
  } finally {
    at.isOver = true
    came.ring()
    full.ring()
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
