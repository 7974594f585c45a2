/**
 * Keys of a screen.
 *   useKeys(t('inbox.keys'), [{ keys: 'j', does: t('inbox.next'), run: next }, { keys: 'g p', … }])
 * A key is a letter, a sign, `Enter`, `Escape`, `ArrowDown`, or two letters with a blank between (pressed one after
 * the other), or `mod k`: with Ctrl, on a Mac with the command key. Letters are taken by their place on the keyboard, so a Russian layout needs no switching.
 * Nothing fires while a person types in a field, except Escape and keys with mod. `?` opens a sheet of all that is bound.
 */
import { useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'

export type Key = {
  keys: string
  does: string
  run: () => void
  /** Another key for the same, not listed apart. */
  also?: string
  off?: boolean
}

export type Section = { readonly id: string; title: string; keys: readonly Key[] }

const sections: Section[] = []
const watchers = new Set<() => void>()
let shown: readonly Section[] = []
let pending: { key: string; until: number } | null = null
const betweenMs = 1000

export function useKeys(title: string, keys: readonly Key[]): void {
  const id = useId()
  const section = useRef<Section>({ id, title, keys })
  const signature = keys.map(({ keys: key, does, off }) => `${key}${does}${off}`).join()
  useLayoutEffect(() => {
    section.current.keys = keys
  })
  // With what is seen and not a moment after it, or a key that is pressed in between is lost.
  useLayoutEffect(() => {
    const bound = section.current
    bound.title = title
    sections.push(bound)
    announce()
    return () => {
      sections.splice(sections.indexOf(bound), 1)
      announce()
    }
  }, [title, signature])
}

export function useBoundKeys(): readonly Section[] {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed)
      return () => void watchers.delete(changed)
    },
    () => shown,
  )
}

export function listenToKeys(): () => void {
  window.addEventListener('keydown', press)
  return () => window.removeEventListener('keydown', press)
}

function announce(): void {
  shown = [...sections]
  for (const changed of watchers) changed()
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return
  if (event.ctrlKey || event.metaKey) return pressWithMod(event)
  const key = nameOf(event)
  if (isTyping(event.target) && key !== 'Escape') return
  if (isOnControl(event.target) && (key === 'Enter' || key === ' ')) return
  const sequence = pending !== null && pending.until > event.timeStamp ? `${pending.key} ${key}` : null
  pending = null
  // The screen opened last answers first.
  const bound = sections.flatMap((section) => section.keys.filter(({ off }) => off !== true)).reverse()
  const found =
    (sequence === null ? undefined : bound.find((one) => one.keys === sequence)) ??
    bound.find((one) => one.keys === key || one.also === key)
  if (found !== undefined) {
    event.preventDefault()
    found.run()
    return
  }
  if (bound.some((one) => one.keys.startsWith(`${key} `))) pending = { key, until: event.timeStamp + betweenMs }
}

/** Whatever is not ours stays the browser's. */
function pressWithMod(event: KeyboardEvent): void {
  const keys = `mod ${nameOf(event).toLowerCase()}`
  const found = sections.flatMap((section) => section.keys).findLast((one) => one.keys === keys && one.off !== true)
  if (found === undefined) return
  event.preventDefault()
  found.run()
}

function nameOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
  if (letter !== undefined && !/^[a-z]$/i.test(event.key)) return event.shiftKey ? letter : letter.toLowerCase()
  // The key of / and ? carries a full stop and a comma on a Russian layout.
  if (event.code === 'Slash' && (event.key === '.' || event.key === ',')) return event.shiftKey ? '?' : '/'
  return event.key
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Enter and the space bar belong to the button or link that has the focus. */
function isOnControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('button, a[href], input, summary, [role="option"], [role="menuitem"]') !== null
  )
}
