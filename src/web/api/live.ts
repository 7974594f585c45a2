/**
 * Live changes by server-sent events. The frame starts it once; screens only read.
 *   startLive(queryClient): () => void       opens the stream, refreshes the queries an event points at, closes
 *   useLive((event) => …)                    hears each event while the component is shown
 *   useConnection(): 'live' | 'lost'         for the offline line
 * Mentions never move under the hand: an event about them refreshes counts, not the open list.
 */
import { hashKey, type Query, type QueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import type { HeedEvent } from '../../serve/api/shapes/event.ts'

const listeners = new Set<(event: HeedEvent) => void>()
const watchers = new Set<() => void>()
let connection: 'live' | 'lost' = 'live'

const longestWaitMs = 30_000

export function startLive(client: QueryClient): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const open = () => {
    source = new EventSource('/api/events')
    source.onopen = () => {
      // What happened while the line was down is unknown, so everything shown is asked for again.
      if (failures > 0) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] !== 'mentions' })
      failures = 0
      setConnection('live')
    }
    source.onmessage = (message) => {
      const event = JSON.parse(message.data) as HeedEvent
      refresh(client, event)
      for (const heard of listeners) heard(event)
    }
    source.onerror = () => {
      failures += 1
      if (failures > 1) setConnection('lost')
      source?.close()
      clearTimeout(timer)
      timer = setTimeout(open, Math.min(longestWaitMs, 500 * 2 ** failures))
    }
  }
  const openNow = () => {
    source?.close()
    clearTimeout(timer)
    open()
  }
  open()
  // The browser may keep a dead line open for minutes, but knows that the network is gone.
  const lose = () => {
    failures = 1
    setConnection('lost')
  }
  window.addEventListener('online', openNow)
  window.addEventListener('offline', lose)
  return () => {
    window.removeEventListener('online', openNow)
    window.removeEventListener('offline', lose)
    clearTimeout(timer)
    source?.close()
  }
}

export function useLive(heard: (event: HeedEvent) => void): void {
  const onEvent = useEffectEvent(heard)
  useEffect(() => {
    const listener = (event: HeedEvent) => onEvent(event)
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [])
}

export function useConnection(): 'live' | 'lost' {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    () => connection,
  )
}

function setConnection(next: 'live' | 'lost'): void {
  if (next === connection) return
  connection = next
  for (const changed of watchers) changed()
}

type Waiting = Map<string, readonly unknown[]>
// People wait for each other's steps; what an import brings may come together.
const soon: Waiting = new Map()
const later: Waiting = new Map()
const soonMs = 50
const laterMs = 600
const longestMs = 1000
let laterDoneAt = -Infinity

/**
 * Events come in bursts while an import runs; what they touch is asked for again once a moment, not once an event. The first
 * after a pause does not wait for a burst that may never come.
 */
function refresh(client: QueryClient, event: HeedEvent): void {
  const touched: unknown[][] = subjectsOf(event).map((subject) => ['project', event.project, subject])
  if (event.kind !== 'progress' && event.kind !== 'topic' && event.kind !== 'presence' && event.kind !== 'alarm')
    touched.push(['projects'])
  if (event.kind === 'ticket')
    touched.push(
      ['queue'],
      ['project', event.project, 'ticket', event.ticket],
      // An expert's answer arrives as a note in the ticket.
      ['project', event.project, 'knowledge', 'expert-questions'],
    )
  const isStep = event.kind === 'ticket' || event.kind === 'presence'
  if (isStep) return gather(client, soon, soonMs, touched)
  const isFirst = performance.now() - laterDoneAt > laterMs
  gather(client, later, isFirst ? soonMs : laterMs, touched)
}

function gather(client: QueryClient, waiting: Waiting, ms: number, touched: unknown[][]): void {
  if (waiting.size === 0) {
    setTimeout(() => {
      const keys = [...waiting.values()]
      waiting.clear()
      if (waiting === later) laterDoneAt = performance.now()
      void askAnew(client, keys)
    }, ms)
  }
  for (const key of touched) waiting.set(JSON.stringify(key), key)
}

/** The ticket that is read comes before everything around it: asked for together, each would take as long as all of them. */
async function askAnew(client: QueryClient, keys: readonly (readonly unknown[])[]): Promise<void> {
  const tickets = new Map(
    keys.filter((key) => key[2] === 'ticket' && key.length === 4).map((key) => [hashKey(key), key]),
  )
  const read = [...tickets.values()].map((queryKey) => client.invalidateQueries({ queryKey, exact: true }))
  await Promise.race([Promise.all(read), new Promise((done) => setTimeout(done, longestMs))])
  const predicate = ({ queryHash }: Query) => !tickets.has(queryHash)
  for (const queryKey of keys)
    if (!tickets.has(hashKey(queryKey))) void client.invalidateQueries({ queryKey, predicate })
}

function subjectsOf(event: HeedEvent): string[] {
  switch (event.kind) {
    case 'mentions':
      return ['since', 'facets', 'overview', 'understood', 'phrasebook']
    case 'progress':
      return ['progress']
    case 'ticket':
      return ['tickets', 'ticket', 'outcome', 'replies', 'mention', 'author', 'rule-runs', 'plays', 'alarms-raised']
    case 'alarm':
      return ['alarms-raised']
    case 'presence':
      return ['presence']
    case 'source':
      return ['sources']
    case 'topic':
      return ['topics', 'progress']
    case 'category':
      return ['categories']
    case 'help':
      return ['help']
    case 'language':
      return ['lists', 'topics', 'since', 'facets', 'overview']
  }
}
