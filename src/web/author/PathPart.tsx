import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Author.module.css'
import { Part } from './Part.tsx'
import { pathSteps, pathWords } from './words.ts'

/** Four steps, those behind them with what was seen; nothing is coloured in while nothing is known. */
export function PathPart({ card: { path, measures } }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const at = path === null ? -1 : pathSteps.indexOf(path.step)
  return (
    <Part title={t('author.path')} formula={measures.path}>
      <ol className={styles.path}>
        {pathSteps.map((step, index) => (
          <li key={step} data-reached={index <= at || undefined} aria-current={index === at ? 'step' : undefined}>
            <span className={styles.dot} />
            {t(`author.step_${step}`)}
          </li>
        ))}
      </ol>
      {path === null ? (
        <p className={styles.quiet}>
          {t('author.pathUnknown')}. {t('author.pathUnknownWords')}
        </p>
      ) : (
        <ul className={styles.reasons}>
          {path.leaving && (
            <li className={styles.leaving}>
              <Icon name="alert" size={14} /> {t('author.leaving')}
            </li>
          )}
          {path.reasons.toReversed().map((reason) => (
            <li key={`${reason.step} ${reason.key}`}>
              <span>{pathWords(t, f, reason)}</span>
              <small>{t(`author.step_${reason.step}`)}</small>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
