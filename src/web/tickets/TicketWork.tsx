import { useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useMe, useProject } from '../api/queries.ts'
import { useKeys } from '../parts/keys.ts'
import { mayWork } from '../parts/roles.ts'
import { useTicketActions } from './actions.ts'
import { type Choosing, choices, ChoiceSheet } from './ChoiceSheet.tsx'
import { ticketQuery } from './queries.ts'

export type Asked = 'reply' | 'note' | null

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The box of the ticket to begin in, for whoever comes to write. */
    write?: 'reply' | 'note'
  }
}

/**
 * Everything that is done to a ticket by keys, wherever it stands. `target` undefined: there is none. `open` shows it when
 * something has to be written. Answers the sheet to draw, and which box was asked for in the ticket that is open.
 */
export function useTicketWork({
  target,
  openId,
  open,
  tags,
}: {
  target: Ticket | undefined
  openId: number | null
  open: (ticket: Ticket) => void
  tags: readonly string[]
}): { sheet: ReactNode; asked: Asked; onReached: () => void; onChoose: (choosing: Choosing) => void } {
  const { t } = useTranslation()
  const project = useProject()
  const { member } = useMe()
  const client = useQueryClient()
  const actions = useTicketActions(project.id)
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const { write: arrived } = useLocation().state
  const [asked, setAsked] = useState(openId === null || arrived === undefined ? null : { box: arrived, ticket: openId })
  const off = !mayWork(project.role) || target === undefined

  const write = (box: 'reply' | 'note') => {
    if (target === undefined) return
    if (openId === null) open(target)
    setAsked({ box, ticket: target.id })
  }
  const toggleWatching = async () => {
    if (target === undefined) return
    const { ticket, watchers } = await client.ensureQueryData(ticketQuery(project.id, target.id))
    await actions.watch(ticket, member, !watchers.some(({ id }) => id === member.id))
  }
  useKeys(t('tickets.keysOne'), [
    ...choices.map(({ what, key }) => ({
      keys: key,
      does: t(`tickets.do_${what}`),
      off,
      run: () => target !== undefined && setChoosing({ what, ticket: target }),
    })),
    { keys: 'w', does: t('tickets.watchOrNot'), off, run: () => void toggleWatching() },
    { keys: 'r', does: t('tickets.writeReply'), off, run: () => write('reply') },
    { keys: 'n', does: t('tickets.writeNote'), off, run: () => write('note') },
  ])
  return {
    sheet: <ChoiceSheet choosing={choosing} tags={tags} onChoose={setChoosing} onClose={() => setChoosing(null)} />,
    asked: asked !== null && asked.ticket === openId ? asked.box : null,
    onReached: () => setAsked(null),
    onChoose: setChoosing,
  }
}
