import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../serve/api/shapes/playbook.ts'
import { useLive } from '../api/live.ts'
import { useMe } from '../api/queries.ts'
import { tell } from '../parts/notices.ts'
import { mayWork } from '../parts/roles.ts'
import { alarmsQuery } from './queries.ts'

/** What was raised, in one line without its figures. */
export function alarmName(
  t: TFunction,
  { kind, topic, text }: { kind: Alarm['kind']; topic: string | null; text?: string | null },
): string {
  if (kind === 'rule.told') return text ?? t('alarms.kind_rule.told')
  return topic === null ? t(`alarms.kind_${kind}`) : `${t(`alarms.kind_${kind}`)}: ${topic}`
}

/** What was raised is said on every screen at once, with the way to where it is answered. */
export function useAlarmNotices(): void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { projects } = useMe()
  useLive((event) => {
    if (event.kind !== 'alarm') return
    const project = projects.find(({ id }) => id === event.project)
    if (project === undefined || !mayWork(project.role)) return
    void client
      .fetchQuery({ ...alarmsQuery(project.id), staleTime: 0 })
      .then((alarms) => alarms.find(({ id }) => id === event.alarm))
      .then((alarm) => {
        if (alarm === undefined) return
        const name = alarmName(t, { ...alarm, topic: alarm.topic?.name ?? null })
        tell(`${project.name} · ${name}`, {
          words: t('playbooks.toAlarm'),
          run: () =>
            void navigate({
              to: '/projects/$project/playbooks',
              params: { project: String(project.id) },
              search: { alarm: String(alarm.id) },
            }),
        })
      })
      // The list shows it as soon as it can be asked for again.
      .catch(() => {})
  })
}
