import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply, ReplyWarning, TicketReplies } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { inTurn as takeTurn } from '../api/in-turn.ts'
import { tellFailure } from '../parts/notices.ts'
import { repliesQuery } from './queries.ts'

const pauseMs = 600

// What was typed and is not yet with the server outlives the screen it was typed on.
const typed = new Map<string, string>()

/**
 * A reply as it is being written: what is typed is kept at the server after each pause, and read by the checks then. One
 * thing at a time goes to the server, so that no version is lost.
 */
export function useDraft(
  project: number,
  ticket: number,
  mention: string,
  { kept, account }: { kept: Reply | null; account: number | null },
) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const place = `${project} ${ticket} ${mention}`
  const [text, setText] = useState(() => typed.get(place) ?? kept?.text ?? '')
  const [warnings, setWarnings] = useState<ReplyWarning[]>([])
  const [state, setState] = useState<'kept' | 'typing' | 'failed'>('kept')
  const reply = useRef(kept)
  const { queryKey } = repliesQuery(project, ticket)

  const show = (shown: Reply) => {
    reply.current = shown
    client.setQueryData<TicketReplies>(queryKey, (data) => {
      if (data === undefined) return data
      const others = data.items.filter(({ id }) => id !== shown.id)
      return { ...data, items: shown.state === 'dropped' ? others : [...others, shown].toSorted((a, b) => a.id - b.id) }
    })
    return shown
  }

  // Somebody may have changed it elsewhere; what is being typed here goes on.
  const take = useEffectEvent((newest: Reply | null) => {
    if (newest !== null && newest.version < (reply.current?.version ?? 0)) return
    reply.current = newest
    if (!typed.has(place)) setText(newest?.text ?? '')
  })
  useEffect(() => take(kept), [kept])

  const inTurn = <T>(work: () => Promise<T>) => takeTurn(`reply ${place}`, work)

  const save = () =>
    inTurn(async () => {
      const now = typed.get(place)
      const begun =
        reply.current ?? show(await send<Reply>('POST', `/projects/${project}/replies`, { ticket, mention, account }))
      const path = `/projects/${project}/replies/${begun.id}`
      const change = { text: now ?? begun.text, account, version: begun.version }
      const isSame = change.text === begun.text && account === (begun.account?.id ?? null)
      const saved = isSame ? begun : show(await send<Reply>('PUT', `${path}/text`, change))
      if (typed.get(place) === saved.text) typed.delete(place)
      return saved
    })

  const check = async () => {
    const saved = await save()
    const { items } = await send<{ items: ReplyWarning[] }>('POST', `/projects/${project}/replies/${saved.id}/checks`, {
      text: saved.text,
    })
    setWarnings(items)
    setState(typed.has(place) ? 'typing' : 'kept')
  }
  const keep = useEffectEvent(() => {
    check().catch((error: unknown) => {
      setState('failed')
      tellFailure(t('replies.notKept'), error)
    })
  })
  useEffect(() => {
    if (!typed.has(place)) return
    const timer = setTimeout(keep, pauseMs)
    return () => clearTimeout(timer)
  }, [text, place])

  return {
    text,
    warnings,
    state,
    write(value: string) {
      typed.set(place, value)
      setState('typing')
      setText(value)
    },
    /** Keeps what is typed; the reply is begun where it was not. */
    keep: save,
    /** Keeps what is typed and then does this with the reply; what it becomes is shown. False when the server refused. */
    async act(failure: string, work: (saved: Reply) => Promise<Reply>): Promise<boolean> {
      try {
        const saved = await save()
        await inTurn(async () => show(await work(saved)))
        return true
      } catch (error) {
        tellFailure(failure, error)
        await client.invalidateQueries({ queryKey })
        return false
      }
    },
  }
}
