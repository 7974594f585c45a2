import { Button, Menu } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlayDetail, Playbook, RaisedAlarm } from '../../serve/api/shapes/playbook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tellFailure } from '../parts/notices.ts'
import { AlarmWords } from './AlarmWords.tsx'
import { alarmsQuery } from './queries.ts'
import rows from '../parts/Rows.module.css'

const shownFirst = 5

/** What was raised lately and which play answers it; nothing where nothing was. `current` is the one somebody came for. */
export function AlarmList({
  current,
  usable,
  onOpen,
}: {
  current: string | null
  usable: Playbook[]
  onOpen: (play: number) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const alarms = useQuery(alarmsQuery(project.id)).data ?? []
  const [showsAll, setShowsAll] = useState(false)
  if (alarms.length === 0) return null
  const shown = showsAll ? alarms : alarms.filter(({ id }, index) => index < shownFirst || String(id) === current)
  return (
    <section className={rows.part}>
      <h2>{t('playbooks.alarms')}</h2>
      <p className={rows.help}>{t('playbooks.alarmsHelp')}</p>
      <ul className={rows.list}>
        {shown.map((alarm) => (
          <AlarmRow
            key={alarm.id}
            alarm={alarm}
            isCurrent={String(alarm.id) === current}
            usable={usable}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {shown.length < alarms.length && (
        <div>
          <Button variant="subtle" onClick={() => setShowsAll(true)}>
            {t('playbooks.allAlarms', { count: alarms.length })}
          </Button>
        </div>
      )}
    </section>
  )
}

function AlarmRow({
  alarm,
  isCurrent,
  usable,
  onOpen,
}: {
  alarm: RaisedAlarm
  isCurrent: boolean
  usable: Playbook[]
  onOpen: (play: number) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const start = async (playbook: number) => {
    try {
      const asked = { playbook, ticket: null, alarm: alarm.id }
      const { play } = await send<PlayDetail>('POST', `/projects/${project.id}/plays`, asked)
      for (const touched of ['plays', 'alarms-raised'])
        void client.invalidateQueries({ queryKey: ['project', project.id, touched] })
      onOpen(play.id)
    } catch (error) {
      tellFailure(t('playbooks.notChanged'), error)
    }
  }
  return (
    <li ref={row} className={rows.row} data-current={isCurrent || undefined}>
      <div className={rows.words}>
        <AlarmWords alarm={alarm} mention={alarm.mention} />
        <p className={rows.quiet}>
          {alarm.plays.length === 0 ? (
            t('playbooks.unanswered')
          ) : (
            <>
              {t('playbooks.answeredBy')}{' '}
              {alarm.plays.map(({ id, name }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <button type="button" className={rows.name} onClick={() => onOpen(id)}>
                    <bdi>{name}</bdi>
                  </button>
                </span>
              ))}
            </>
          )}
        </p>
      </div>
      {usable.length > 0 && (
        <div className={rows.buttons}>
          <Menu>
            <Menu.Target>
              <Button variant={isCurrent && alarm.plays.length === 0 ? 'filled' : 'default'}>
                {t('playbooks.answerWith')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {usable.map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => void start(id)}>
                  <bdi>{name}</bdi>
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  )
}
