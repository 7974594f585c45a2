import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../serve/api/shapes/rule.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import type { Named } from './queries.ts'
import { actionWords, conditionWords } from './words.ts'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

/** One rule as sentences: when, if, then, and what it did lately. */
export function RuleRow({
  rule,
  named,
  current,
  onOpen,
  onTurn,
  onRaise,
  onRetire,
}: {
  rule: Rule
  named: Named
  current: boolean
  onOpen: () => void
  onTurn: () => void
  onRaise: (() => void) | null
  onRetire: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const isOn = rule.onSince !== null
  const ifs = [
    ...(rule.query.trim() === '' ? [] : [rule.query]),
    ...rule.conditions.map((condition) => conditionWords(t, condition, named)),
  ]
  return (
    <li className={rows.row} data-current={current || undefined} data-off={!isOn || undefined}>
      <div className={rows.words}>
        <p>
          <button type="button" className={rows.name} onClick={onOpen}>
            <bdi>{rule.name}</bdi>
          </button>{' '}
          <span className={styles.state} data-on={isOn || undefined}>
            {t(isOn ? 'rules.on' : 'rules.off')}
          </span>
        </p>
        <p className={styles.says}>
          <b>{t('rules.when')}</b> {t(`rules.trigger_${rule.trigger}`)}
          {ifs.length > 0 && (
            <>
              {' · '}
              <b>{t('rules.if')}</b> <bdi>{ifs.join(t('rules.and'))}</bdi>
            </>
          )}
          {' · '}
          <b>{t('rules.so')}</b> {rule.actions.map((action) => actionWords(t, action, named)).join(', ')}
        </p>
        <p className={rows.quiet}>
          {rule.lately === null ? (
            t('rules.neverRan')
          ) : (
            <>
              {t('rules.ran', { count: rule.lately.runs, shown: f.number(rule.lately.runs) })}
              {rule.lately.failed > 0 && (
                <span className={styles.wrong}>
                  {' · '}
                  {t('rules.failedTimes', { count: rule.lately.failed, shown: f.number(rule.lately.failed) })}
                </span>
              )}
              {' · '}
              {t('rules.last')} <When at={rule.lately.lastAt} />
            </>
          )}
        </p>
      </div>
      <div className={rows.buttons}>
        {onRaise !== null && (
          <Button variant="subtle" color="gray" onClick={onRaise}>
            {t('rules.earlier')}
          </Button>
        )}
        <Button variant="subtle" onClick={onOpen}>
          {t('rules.change')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onRetire}>
          {t('rules.retire')}
        </Button>
        <Button variant={isOn ? 'default' : 'filled'} onClick={onTurn}>
          {t(isOn ? 'rules.turnOff' : 'rules.turnOn')}
        </Button>
      </div>
    </li>
  )
}
