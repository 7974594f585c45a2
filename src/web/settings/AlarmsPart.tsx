import { Button, Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmChannel, Alarms, AlarmTry } from '../../serve/api/shapes/alarm.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer, Empty } from '../parts/states.tsx'
import { AlarmForm, clockOf } from './AlarmForm.tsx'
import { alarmsQuery } from './queries.ts'
import styles from './Settings.module.css'

/** Who is told by e-mail, Telegram or Slack what cannot wait, and what they were told. */
export function AlarmsPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const { queryKey, ...query } = alarmsQuery(project.id)
  const alarms = useQuery({ queryKey, ...query })
  const [edited, setEdited] = useState<AlarmChannel | 'new' | null>(null)
  const refresh = () => void client.invalidateQueries({ queryKey })
  const letSpikes = async (open: boolean) => {
    try {
      await send('PUT', `/projects/${project.id}/spike-tickets`, { open })
      tell(t('alarms.spikeTicketsSaved'))
    } catch (error) {
      tellFailure(t('alarms.notChanged'), error)
    }
    refresh()
  }
  const add = (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setEdited('new')}>
      {t('alarms.add')}
    </Button>
  )
  return (
    <section className={styles.wide}>
      <div className={styles.sectionHead}>
        <p className={styles.help}>{t('alarms.help')}</p>
        {edited === null && (alarms.data?.channels.length ?? 0) > 0 && add}
      </div>
      <Answer of={alarms} rows={3}>
        {({ channels, messages, spikesOpenTickets, hasMail }) => (
          <>
            {edited !== null && (
              <AlarmForm
                key={edited === 'new' ? 'new' : edited.id}
                channel={edited === 'new' ? null : edited}
                hasMail={hasMail}
                onClose={() => setEdited(null)}
                onSaved={() => {
                  setEdited(null)
                  refresh()
                }}
              />
            )}
            {channels.length === 0 ? (
              edited === null && (
                <Empty says={t('alarms.none')} next={add}>
                  {t('alarms.noneWords')}
                </Empty>
              )
            ) : (
              <ul className={styles.rows}>
                {channels.map((channel) => (
                  <Row key={channel.id} channel={channel} onEdit={() => setEdited(channel)} onChanged={refresh} />
                ))}
              </ul>
            )}
            <Checkbox
              label={t('alarms.spikeTickets')}
              checked={spikesOpenTickets}
              onChange={(event) => void letSpikes(event.currentTarget.checked)}
            />
            {messages.length > 0 && <Messages messages={messages} channels={channels} />}
          </>
        )}
      </Answer>
    </section>
  )
}

function Row({ channel, onEdit, onChanged }: { channel: AlarmChannel; onEdit: () => void; onChanged: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const { id, name, service, kinds, isOn, quietFrom, quietTo } = channel
  const path = `/projects/${project.id}/alarm-channels/${id}`
  const doing = (failure: string, work: () => Promise<void>) => async () => {
    try {
      await work()
    } catch (error) {
      tellFailure(failure, error)
    }
    onChanged()
  }
  const test = doing(t('alarms.notTested'), async () => {
    const { state, problem, reason } = await send<AlarmTry>('POST', `${path}/test`)
    if (state === 'not-sent')
      tellFailure(
        `${t('alarms.notTested')}. ${problem === null ? '' : t(`alarms.problem_${problem}`)} ${reason ?? ''}`,
        null,
      )
    else tell(t(state === 'sent' ? 'alarms.tested' : 'alarms.testWritten', { name }))
  })
  const turn = doing(t('alarms.notChanged'), async () => send('PATCH', path, { isOn: !isOn }))
  const remove = doing(t('alarms.notChanged'), async () => {
    await send('DELETE', path)
    tell(t('alarms.removed', { name }))
  })
  return (
    <li className={styles.told}>
      <span className={styles.who}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.quiet}>
          {t(`alarms.service_${service}`)}
          {quietFrom !== null &&
            quietTo !== null &&
            ` · ${t('alarms.isQuiet', { from: clockOf(quietFrom), to: clockOf(quietTo) })}`}
          {!isOn && ` · ${t('alarms.off')}`}
        </span>
        <span className={styles.kindsLine}>{kinds.map((kind) => t(`alarms.kind_${kind}`)).join(' · ')}</span>
      </span>
      <span className={styles.rowButtons}>
        <Button variant="subtle" onClick={() => void test()}>
          {t('alarms.test')}
        </Button>
        <Button variant="subtle" onClick={onEdit}>
          {t('alarms.edit')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => void turn()}>
          {t(isOn ? 'alarms.switchOff' : 'alarms.switchOn')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => void remove()}>
          {t('alarms.remove')}
        </Button>
      </span>
    </li>
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
