import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { PlayDetail, Playbook } from '../../serve/api/shapes/playbook.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { offerUndo, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import rows from '../parts/Rows.module.css'
import styles from './Playbooks.module.css'

/** One scheme: what it is for, whether it may be used, and beginning it. */
export function PlaybookRow({
  playbook,
  onOpen,
  onStarted,
}: {
  playbook: Playbook
  onOpen: () => void
  onStarted: (play: number) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const at = `/projects/${project.id}/playbooks/${playbook.id}`
  const refresh = () => client.invalidateQueries({ queryKey: ['project', project.id, 'playbooks'] })
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (error) {
      tellFailure(t('playbooks.notChanged'), error)
      return false
    } finally {
      await refresh()
    }
  }
  const start = () =>
    act(async () => {
      const { play } = await send<PlayDetail>('POST', `/projects/${project.id}/plays`, {
        playbook: playbook.id,
        ticket: null,
        alarm: null,
      })
      await client.invalidateQueries({ queryKey: ['project', project.id, 'plays'] })
      onStarted(play.id)
    })
  const retire = async () => {
    if (await act(() => send('DELETE', at)))
      offerUndo(t('playbooks.gone', { name: playbook.name }), () => act(() => send('POST', `${at}/return`)))
  }
  return (
    <li className={rows.row}>
      <div className={rows.words}>
        <p>
          <bdi className={rows.strong}>{playbook.name}</bdi>
        </p>
        <p className={rows.quiet}>
          {t(`playbooks.kind_${playbook.kind}`)} · {t('playbooks.steps', { count: playbook.steps.length })} ·{' '}
          {playbook.approved === null ? (
            <span className={styles.wrong}>{t('playbooks.notApproved')}</span>
          ) : (
            <>
              {t('playbooks.approvedBy', { name: playbook.approved.by })} <When at={playbook.approved.at} />
            </>
          )}
        </p>
      </div>
      <div className={rows.buttons}>
        {mayManage(project.role) && (
          <>
            <Button variant="subtle" onClick={onOpen}>
              {t('playbooks.change')}
            </Button>
            <Button variant="subtle" color="gray" onClick={() => void retire()}>
              {t('playbooks.retire')}
            </Button>
            {playbook.approved === null && (
              <Button onClick={() => void act(() => send('POST', `${at}/approval`))}>{t('playbooks.approve')}</Button>
            )}
          </>
        )}
        {playbook.approved !== null && (
          <Button variant="filled" onClick={() => void start()}>
            {t('playbooks.start')}
          </Button>
        )}
      </div>
    </li>
  )
}
