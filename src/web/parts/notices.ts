/**
 * What the screens say at the bottom for a moment.
 *   offerUndo(t('inbox.doneOne'), () => undoRequest())   10 seconds; the button and the key z call it
 *   tellFailure(t('inbox.notSaved'), error)              what happened and what is safe, with the server's sentence
 *   tell(t('topics.saved'), { words: t('…show'), run: () => … })   the second is optional
 */
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { Problem, Unreachable } from '../api/problem.ts'

export type Notice = {
  id: number
  text: string
  detail: string | null
  tone: 'plain' | 'failure'
  undo: (() => Promise<unknown>) | null
  next: Next | null
}

export type Next = { words: string; run: () => void }

const undoMs = 10_000
const failureMs = 12_000
const plainMs = 5_000
const kindMs = 60_000

let notices: readonly Notice[] = []
let nextId = 1
const watchers = new Set<() => void>()
const timers = new Map<number, ReturnType<typeof setTimeout>>()

/** Answers how to take the offer back, when the step itself fails. */
export function offerUndo(text: string, undo: () => Promise<unknown>): () => void {
  // Only the last step can be taken back, as with any pencil.
  for (const notice of notices) if (notice.undo !== null) dismiss(notice.id)
  const id = show({ text, detail: null, tone: 'plain', undo, next: null }, undoMs)
  return () => dismiss(id)
}

/**
 * Of a step that is seen before it is done: offered at once, so that z never takes back the step before it. Taking it back
 * waits until it is done, and the offer is gone when it fails, which `work` has told by then.
 */
export async function offerUndoOf(text: string, work: Promise<boolean>, undo: () => Promise<unknown>): Promise<void> {
  const withdraw = offerUndo(text, async () => (await work) && undo())
  if (!(await work)) withdraw()
}

export function tellFailure(text: string, error: unknown): void {
  const detail =
    error instanceof Problem ? error.message || null : error instanceof Unreachable ? i18next.t('states.offline') : null
  show({ text, detail, tone: 'failure', undo: null, next: null }, failureMs)
}

export function tell(text: string, next: Next | null = null): void {
  show({ text, detail: null, tone: 'plain', undo: null, next }, next === null ? plainMs : undoMs)
}

/** Something that is worth a pause: it stays until it is closed or a minute is over. */
export function tellKindly(text: string, detail: string): void {
  show({ text, detail, tone: 'plain', undo: null, next: null }, kindMs)
}

/** Takes the last step back; false when there is none left. */
export async function undoLast(): Promise<boolean> {
  const last = notices.findLast(({ undo }) => undo !== null)
  if (last?.undo == null) return false
  dismiss(last.id)
  await last.undo()
  return true
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  set(notices.filter((notice) => notice.id !== id))
}

export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    () => notices,
  )
}

function show(notice: Omit<Notice, 'id'>, forMs: number): number {
  const id = nextId++
  // Two at most: what is said must not cover what is read.
  set([...notices.slice(-1), { ...notice, id }])
  timers.set(
    id,
    setTimeout(() => dismiss(id), forMs),
  )
  return id
}

function set(next: readonly Notice[]): void {
  notices = next
  for (const changed of watchers) changed()
}
