import { Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AlarmChannel, Alarms, AlarmTry } from '../../serve/api/shapes/alarm.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { AlarmForm, clockOf } from './AlarmForm.tsx'
import { EditedRows } from './EditedRows.tsx'
import { alarmsQuery } from './queries.ts'
import styles from './Settings.module.css'
import { ToldRow } from './ToldRow.tsx'

/** Who is told by e-mail, Telegram or Slack what cannot wait, and what they were told. */
export function AlarmsPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey, ...query } = alarmsQuery(project.id)
  const alarms = useQuery({ queryKey, ...query }).data
  const channels = useQuery({ queryKey, ...query, select: (all) => all.channels })
  const refresh = () => void client.invalidateQueries({ queryKey })
  const letSpikes = async (open: boolean) => {
    try {
      await send('PUT', `/projects/${project.id}/spike-tickets`, { open })
      tell(t('alarms.spikeTicketsSaved'))
    } catch (error) {
      tellFailure(t('alarms.spikeTicketsNotSaved'), error)
    }
    refresh()
  }
  return (
    <section className={styles.wide}>
      <EditedRows
        of={channels}
        words={{
          help: t('alarms.help'),
          add: t('alarms.add'),
          none: t('alarms.none'),
          noneWords: t('alarms.noneWords'),
        }}
        form={(channel, close) => (
          <AlarmForm
            channel={channel}
            kinds={alarms?.kinds ?? []}
            hasMail={alarms?.hasMail ?? true}
            onClose={close}
            onSaved={() => {
              close()
              refresh()
            }}
          />
        )}
      >
        {(items, edit) => (
          <ul className={styles.rows}>
            {items.map((channel) => (
              <Row key={channel.id} channel={channel} onEdit={() => edit(channel)} onChanged={refresh} />
            ))}
          </ul>
        )}
      </EditedRows>
      {alarms !== undefined && (
        <Checkbox
          label={t('alarms.spikeTickets')}
          checked={alarms.spikesOpenTickets}
          onChange={(event) => void letSpikes(event.currentTarget.checked)}
        />
      )}
      {alarms !== undefined && alarms.messages.length > 0 && <Messages {...alarms} />}
    </section>
  )
}

function Row({ channel, onEdit, onChanged }: { channel: AlarmChannel; onEdit: () => void; onChanged: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const { id, name, service, isOn, quietFrom, quietTo } = channel
  const path = `/projects/${project.id}/alarm-channels/${id}`
  const test = async () => {
    const { state, problem, reason } = await send<AlarmTry>('POST', `${path}/test`)
    if (state !== 'not-sent') return tell(t(state === 'sent' ? 'alarms.tested' : 'alarms.testWritten', { name }))
    const why = problem === null ? '' : t(`alarms.problem_${problem}`)
    tellFailure(`${t('alarms.notTested', { name })}. ${why} ${reason ?? ''}`, null)
  }
  return (
    <ToldRow
      told={channel}
      path={path}
      removeWords={t('alarms.removeWords')}
      test={test}
      about={
        <span className={styles.quiet}>
          {t(`alarms.service_${service}`)}
          {quietFrom !== null &&
            quietTo !== null &&
            ` · ${t('alarms.isQuiet', { from: clockOf(quietFrom), to: clockOf(quietTo) })}`}
          {!isOn && ` · ${t('alarms.off')}`}
        </span>
      }
      onEdit={onEdit}
      onChanged={onChanged}
    />
  )
}

function Messages({ messages, channels }: Pick<Alarms, 'messages' | 'channels'>) {
  const { t } = useTranslation()
  return (
    <section className={styles.section}>
      <h2>{t('alarms.messages')}</h2>
      <ul className={styles.rows}>
        {messages.map(({ id, channelId, count, madeAt, state, problem, reason }) => (
          <li key={id} className={styles.told}>
            <span className={styles.who}>
              <bdi>{channels.find((channel) => channel.id === channelId)?.name ?? ''}</bdi>
              <span className={styles.quiet}>
                {t('alarms.about', { count })} · <When at={madeAt} />
              </span>
              {problem !== null && state !== 'sent' && (
                <span className={styles.wrong}>
                  {t(`alarms.problem_${problem}`)} <bdi>{reason}</bdi>
                </span>
              )}
            </span>
            <span className={styles.seen}>{t(`alarms.state_${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
