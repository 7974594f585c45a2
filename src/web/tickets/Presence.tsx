import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Presence } from '../../serve/api/shapes/ticket.ts'
import { get, send } from '../api/client.ts'
import { inTurn } from '../api/in-turn.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Work.module.css'

// Twice within a lease, so that one lost request changes nothing.
const renewMs = 20_000

/** Says to the others that this ticket is looked at, or written in, for as long as it is shown; and who else does. */
export function WhoIsHere({ ticket, writes }: { ticket: number; writes: boolean }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { member } = useMe()
  const client = useQueryClient()
  const path = `/projects/${project.id}/tickets/${ticket}/presence`
  const queryKey = ['project', project.id, 'presence', ticket]
  const here = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<Presence>(path, { signal }),
    // A lease that ends tells nobody.
    refetchInterval: renewMs,
  })
  const renew = useEffectEvent(() => {
    void inTurn(path, () => send<Presence>('PUT', path, { writes })).then(
      (presence) => client.setQueryData(queryKey, presence),
      // The next beat says it again; who is here is no reason to stop anybody.
      () => undefined,
    )
  })
  useEffect(() => {
    renew()
    const timer = setInterval(renew, renewMs)
    return () => clearInterval(timer)
  }, [path, writes])
  useEffect(() => () => void inTurn(path, () => send('DELETE', path)).catch(() => undefined), [path])

  const others = (here.data?.items ?? []).filter(({ id }) => id !== member.id)
  const named = (all: typeof others) => f.list(all.map(({ name }) => name))
  const [writing, looking] = [others.filter((one) => one.writes), others.filter((one) => !one.writes)]
  if (others.length === 0) return null
  return (
    <p className={styles.here} role="status" data-writes={writing.length > 0 || undefined}>
      <Icon name={writing.length > 0 ? 'pen' : 'eye'} size={12} />
      <span>
        {writing.length > 0 && t('tickets.writeHere', { count: writing.length, names: named(writing) })}
        {writing.length > 0 && looking.length > 0 && ' · '}
        {looking.length > 0 && t('tickets.lookHere', { count: looking.length, names: named(looking) })}
      </span>
    </p>
  )
}
