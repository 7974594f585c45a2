import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../serve/api/shapes/project.ts'
import { send } from '../api/client.ts'
import { hasEnded, useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Segments } from '../parts/Segments.tsx'
import { allProgressQuery } from './queries.ts'
import styles from './Sources.module.css'

const speeds = [60, 600, 3600] as const
const replayedHours = 48

/** The last two days of the sample come in again, faster than they went by. */
export function Replay() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const all = useQuery(allProgressQuery(project.id)).data ?? []
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(600)
  const [busy, setBusy] = useState(false)
  const running = all.find((progress) => progress.kind === 'replay' && !hasEnded(progress))
  const refresh = () => client.invalidateQueries({ queryKey: allProgressQuery(project.id).queryKey })
  const act = async (work: () => Promise<unknown>, failed: string) => {
    setBusy(true)
    try {
      await work()
      await refresh()
    } catch (error) {
      tellFailure(failed, error)
    } finally {
      setBusy(false)
    }
  }
  const start = () =>
    act(() => send<Progress>('POST', `/projects/${project.id}/replay`, { speed }), t('sources.replayNotStarted'))
  const stop = () =>
    act(async () => {
      await send('DELETE', `/projects/${project.id}/replay`)
      tell(t('sources.replayStopped'))
    }, t('sources.replayNotStopped'))
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('sources.replay')}</h2>
      <p className={styles.words}>{t('sources.replayWords')}</p>
      {running === undefined ? (
        <div className={styles.replay}>
          <Segments
            label={t('sources.speed')}
            options={speeds.map((value) => ({ value, label: `${f.number(value)}×` }))}
            chosen={speed}
            onChoose={setSpeed}
          />
          <Button
            variant="filled"
            leftSection={<Icon name="play" size={14} />}
            loading={busy}
            onClick={() => void start()}
          >
            {t('sources.replayStart')}
          </Button>
          <span className={styles.quiet}>
            {t('sources.replayTakes', { time: duration(t, (replayedHours * 60) / speed) })}
          </span>
        </div>
      ) : (
        <div className={styles.replay}>
          <span className={styles.live}>
            <i /> {t('sources.replayRunning')}
          </span>
          <span className={styles.bar}>
            <i
              style={{
                width: `${running.total === null || running.total === 0 ? 0 : (running.done / running.total) * 100}%`,
              }}
            />
          </span>
          <span className={styles.quiet}>
            {running.total === null
              ? t('progress.some', { done: f.number(running.done) })
              : t('progress.of', { done: f.number(running.done), total: f.number(running.total) })}
          </span>
          <Button loading={busy} onClick={() => void stop()}>
            {t('progress.cancel')}
          </Button>
        </div>
      )}
    </section>
  )
}

function duration(t: TFunction, minutes: number): string {
  if (minutes < 1) return t('sources.seconds', { count: Math.round(minutes * 60) })
  return minutes < 120
    ? t('sources.minutes', { count: Math.round(minutes) })
    : t('sources.hours', { count: Math.round(minutes / 60) })
}
