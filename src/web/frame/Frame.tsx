import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { startLive, useConnection } from '../api/live.ts'
import { useProjectIfAny } from '../api/queries.ts'
import { tellFailure, undoLast } from '../parts/notices.ts'
import { listenToKeys, useKeys } from '../parts/keys.ts'
import { Notices } from '../parts/Notices.tsx'
import { useAlarmNotices } from '../playbooks/alarms.ts'
import { useNarrow } from '../parts/narrow.ts'
import { BottomBar } from './BottomBar.tsx'
import styles from './Frame.module.css'
import { HelpSheet } from './HelpSheet.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { sectionsIn } from './sections.ts'

/** Rail, screen, and what is the same on every screen: keys, live events, notices, the banner of the sample. */
export function Frame() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const project = useProjectIfAny()
  const narrow = useNarrow()
  const [switching, setSwitching] = useState(false)
  const [helping, setHelping] = useState(false)
  const [finding, setFinding] = useState(false)

  useEffect(() => startLive(client), [client])
  useAlarmNotices()
  useLayoutEffect(() => listenToKeys(), [])
  useKeys(t('keys.everywhere'), [
    { keys: '?', does: t('keys.help'), run: () => setHelping(true) },
    { keys: 'mod k', does: t('keys.palette'), run: () => setFinding(true) },
    { keys: 'g p', does: t('keys.switchProject'), run: () => setSwitching(true) },
    { keys: 'g d', does: t('sections.today'), run: () => void navigate({ to: '/' }) },
    { keys: 'g u', does: t('tickets.shift'), run: () => void navigate({ to: '/queue' }) },
    ...(project === null
      ? []
      : sectionsIn(project).map(({ to, name, key }) => ({
          keys: `g ${key}`,
          does: t(`sections.${name}`),
          run: () => void navigate({ to, params: { project: String(project.id) } }),
        }))),
    {
      keys: 'z',
      does: t('keys.undo'),
      run: () => void undoLast().catch((error: unknown) => tellFailure(t('common.notUndone'), error)),
    },
  ])

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#main">
        {t('common.skip')}
      </a>
      {!narrow && <Rail switching={switching} onSwitching={setSwitching} onHelp={() => setHelping(true)} />}
      <div className={styles.main}>
        <Banners isSample={project?.isSample === true} />
        <div className={styles.screen}>
          <Outlet />
        </div>
        <Notices />
      </div>
      {narrow && <BottomBar switching={switching} onSwitching={setSwitching} />}
      <HelpSheet open={helping} onClose={() => setHelping(false)} />
      <Palette open={finding} onClose={() => setFinding(false)} />
    </div>
  )
}

function Banners({ isSample }: { isSample: boolean }) {
  const { t } = useTranslation()
  const connection = useConnection()
  return (
    <>
      {connection === 'lost' && (
        <p className={styles.lost} role="status">
          {t('states.lost')}
        </p>
      )}
      {isSample && <p className={styles.sample}>{t('frame.invented')}</p>}
    </>
  )
}
