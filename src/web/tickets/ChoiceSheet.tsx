import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../serve/api/shapes/project.ts'
import type { Ticket } from '../../serve/api/shapes/ticket.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { mayWork } from '../parts/roles.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { membersQuery } from '../settings/queries.ts'
import { useTicketActions } from './actions.ts'
import { IncidentChooser, LinkChooser, MergeChooser, SplitForm, WatcherChooser } from './JoinChoosers.tsx'
import { mayBecome, ticketQuery, ticketStatuses } from './queries.ts'
import { StatusMark } from './StatusMark.tsx'
import { FieldsForm, PriorityChooser, QueueChooser, TagChooser } from './WorkChoosers.tsx'

const keysOf = {
  status: 's',
  assignee: 'a',
  priority: 'p',
  queue: 'u',
  tags: 'l',
  fields: 'f',
  watchers: 'W',
  merge: 'm',
  split: 'x',
  link: 'L',
  incident: 'i',
  more: '.',
} as const

type What = keyof typeof keysOf
export type Choosing = { what: What; ticket: Ticket }

/** What can be chosen for a ticket, each with the key that opens it. */
export const choices = Object.entries(keysOf).map(([what, key]) => ({ what: what as What, key }))

/** What the keys open, wherever the ticket stands. `tags` are those of the tickets in sight. */
export function ChoiceSheet({
  choosing,
  tags,
  onChoose,
  onClose,
}: {
  choosing: Choosing | null
  tags: readonly string[]
  onChoose: (choosing: Choosing) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Sheet
      open={choosing !== null}
      side="middle"
      bare={choosing !== null && !['fields', 'split'].includes(choosing.what)}
      onClose={onClose}
      title={choosing === null ? '' : t(`tickets.sheet_${choosing.what}`, { ticket: choosing.ticket.id })}
    >
      {choosing !== null && <Choice choosing={choosing} tags={tags} onChoose={onChoose} onDone={onClose} />}
    </Sheet>
  )
}

function Choice({
  choosing: { what, ticket: asked },
  tags,
  onChoose,
  onDone,
}: {
  choosing: Choosing
  tags: readonly string[]
  onChoose: (choosing: Choosing) => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  // The ticket as it is by now: several things can be chosen before the sheet is closed.
  const now = useQuery(ticketQuery(useProject().id, asked.id))
  const ticket = now.data?.ticket ?? asked
  switch (what) {
    case 'status':
      return <StatusChooser ticket={ticket} onDone={onDone} />
    case 'assignee':
      return <AssigneeChooser ticket={ticket} onDone={onDone} />
    case 'priority':
      return <PriorityChooser ticket={ticket} onDone={onDone} />
    case 'queue':
      return <QueueChooser ticket={ticket} onDone={onDone} />
    case 'tags':
      return <TagChooser ticket={ticket} known={tags} />
    case 'fields':
      return <FieldsForm key={ticket.id} ticket={ticket} />
    case 'watchers':
      return <WatcherChooser ticket={ticket} />
    case 'merge':
      return <MergeChooser ticket={ticket} onDone={onDone} />
    case 'split':
      return <SplitForm ticket={ticket} onDone={onDone} />
    case 'link':
      return <LinkChooser ticket={ticket} onDone={onDone} />
    case 'incident':
      return <IncidentChooser ticket={ticket} onDone={onDone} />
    case 'more':
      return (
        <Chooser
          label={t('tickets.more')}
          options={choices
            .filter((choice) => choice.what !== 'more')
            .map((choice) => ({ value: choice.what, label: t(`tickets.do_${choice.what}`), hint: choice.key }))}
          onChoose={(value) => {
            const next = choices.find((choice) => choice.what === value)
            if (next !== undefined) onChoose({ what: next.what, ticket })
          }}
        />
      )
  }
}

// Members have ids of their own, so no member is called like this.
const nobody = ''
const turn = 'turn'

export function AssigneeChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const actions = useTicketActions(useProject().id)
  return (
    <MemberChooser
      chosen={ticket.assignee?.id ?? nobody}
      onChoose={(member) => {
        void actions.assign(ticket, member)
        onDone()
      }}
      onTurn={() => {
        void actions.giveInTurn(ticket)
        onDone()
      }}
    />
  )
}

/** Who works in this project, oneself first. */
export function MemberChooser({
  chosen,
  onChoose,
  onTurn,
}: {
  /** Null: not decided, so everybody can be chosen and nobody as well. */
  chosen: string | null
  onChoose: (member: Pick<Member, 'id' | 'name'> | null) => void
  /** Offers to leave it to the turn. */
  onTurn?: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const me = useMe().member
  const members = useQuery(membersQuery(project.id))
  const listed = (members.data ?? []).filter(({ role }) => mayWork(role))
  // A head of the installation works in every project without being listed in it.
  const self = { id: me.id, name: me.name, role: 'head' } as const
  const workers = me.isHead && !listed.some(({ id }) => id === me.id) ? [self, ...listed] : listed
  const options = [
    ...workers
      .toSorted((one, other) => Number(other.id === me.id) - Number(one.id === me.id))
      .map(({ id, name, role }) => ({
        value: id,
        label: name,
        hint: id === me.id ? t('tickets.you') : t(`roles.${role}`),
      })),
    ...(onTurn === undefined ? [] : [{ value: turn, label: t('shift.turn'), hint: t('shift.turnHint') }]),
    ...(chosen === nobody ? [] : [{ value: nobody, label: t('tickets.nobody') }]),
  ]
  return (
    <Chooser
      label={t('tickets.assignTo')}
      options={options}
      chosen={chosen === null ? [] : [chosen]}
      empty={members.isPending ? t('states.loading') : t('common.nothingFound')}
      onChoose={(id) => (id === turn ? onTurn?.() : onChoose(workers.find((one) => one.id === id) ?? null))}
    />
  )
}

function StatusChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  return (
    <Chooser
      label={t('tickets.changeStatus')}
      options={ticketStatuses
        .filter((status) => mayBecome(ticket.status, status))
        .map((status) => ({
          value: status,
          label: t(`statuses.${status}`),
          hint: t(`tickets.means_${status}`),
          mark: <StatusMark status={status} />,
        }))}
      chosen={[ticket.status]}
      onChoose={(value) => {
        const status = ticketStatuses.find((known) => known === value)
        if (status !== undefined) void actions.setStatus(ticket, status)
        onDone()
      }}
    />
  )
}
