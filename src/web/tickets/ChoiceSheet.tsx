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
import { mayBecome, ticketStatuses } from './queries.ts'
import { StatusMark } from './StatusMark.tsx'
import styles from './Tickets.module.css'

export type Choosing = { what: 'assignee' | 'status'; ticket: Ticket }

/** What the keys a and s open, wherever the ticket stands. */
export function ChoiceSheet({ choosing, onClose }: { choosing: Choosing | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet
      open={choosing !== null}
      side="middle"
      onClose={onClose}
      title={
        choosing === null
          ? ''
          : t(choosing.what === 'status' ? 'tickets.statusOf' : 'tickets.assigneeOf', { ticket: choosing.ticket.id })
      }
    >
      {choosing !== null && (
        <div className={styles.choice}>
          {choosing.what === 'status' ? (
            <StatusChooser ticket={choosing.ticket} onDone={onClose} />
          ) : (
            <AssigneeChooser ticket={choosing.ticket} onDone={onClose} />
          )}
        </div>
      )}
    </Sheet>
  )
}

// Members have ids of their own, so no member is called like this.
const nobody = ''

export function AssigneeChooser({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const actions = useTicketActions(useProject().id)
  return (
    <MemberChooser
      chosen={ticket.assignee?.id ?? nobody}
      onChoose={(member) => {
        void actions.assign(ticket, member)
        onDone()
      }}
    />
  )
}

/** Who works in this project, oneself first. */
export function MemberChooser({
  chosen,
  onChoose,
}: {
  /** Null: not decided, so everybody can be chosen and nobody as well. */
  chosen: string | null
  onChoose: (member: Pick<Member, 'id' | 'name'> | null) => void
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
    ...(chosen === nobody ? [] : [{ value: nobody, label: t('tickets.nobody') }]),
  ]
  return (
    <Chooser
      label={t('tickets.assignTo')}
      options={options}
      chosen={chosen === null ? [] : [chosen]}
      empty={members.isPending ? t('states.loading') : t('common.nothingFound')}
      onChoose={(id) => onChoose(workers.find((one) => one.id === id) ?? null)}
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
