import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlayDetail } from '../../serve/api/shapes/playbook.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { useNow } from '../parts/now.ts'
import rows from '../parts/Rows.module.css'
import styles from './Playbooks.module.css'

type Step = PlayDetail['steps'][number]

/** One step at work; the one that is next shows its words. `onPut` null: all is over. */
export function PlayStep({
  step,
  isNext,
  onPut,
}: {
  step: Step
  isNext: boolean
  onPut: ((state: Step['state']) => void) | null
}) {
  const { t } = useTranslation()
  const now = useNow()
  const { title, help, text, role, member, dueAt, state } = step
  const isOpen = state === 'open'
  const isLate = dueAt !== null && Date.parse(dueAt) <= Number(now)
  const owner = member ?? (role === null ? null : t(`roles.${role}`))
  const copy = async (words: string) => {
    try {
      await navigator.clipboard.writeText(words)
      tell(t('playbooks.copied'))
    } catch (error) {
      tellFailure(t('chart.notCopied'), error)
    }
  }
  return (
    <li className={styles.step} data-state={state} data-next={isNext || undefined}>
      <div className={styles.stepHead}>
        <div className={rows.words}>
          <bdi className={rows.strong}>{title}</bdi>
          <p className={rows.quiet}>
            {[
              t(`playbooks.state_${isOpen && onPut === null ? 'left' : state}`),
              ...(owner === null ? [] : [owner]),
            ].join(' · ')}
            {isOpen && onPut !== null && dueAt !== null && (
              <span className={isLate ? styles.wrong : undefined}>
                {' · '}
                {t(isLate ? 'playbooks.lateSince' : 'playbooks.due')} <When at={dueAt} />
              </span>
            )}
          </p>
        </div>
        {onPut !== null && (
          <span className={rows.buttons}>
            {isOpen ? (
              <>
                <Button variant="subtle" color="gray" onClick={() => onPut('skipped')}>
                  {t('playbooks.skip')}
                </Button>
                <Button variant={isNext ? 'filled' : 'default'} onClick={() => onPut('done')}>
                  {t('playbooks.done')}
                </Button>
              </>
            ) : (
              <Button variant="subtle" color="gray" onClick={() => onPut('open')}>
                {t('playbooks.reopen')}
              </Button>
            )}
          </span>
        )}
      </div>
      {help !== '' && <p className={rows.help}>{help}</p>}
      {text !== null && isOpen && onPut !== null && (
        <div className={styles.text}>
          <p>{text}</p>
          <Button variant="subtle" leftSection={<Icon name="copy" />} onClick={() => void copy(text)}>
            {t('playbooks.copy')}
          </Button>
        </div>
      )}
    </li>
  )
}
