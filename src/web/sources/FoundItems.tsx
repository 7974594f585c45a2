import { useTranslation } from 'react-i18next'
import type { SourceCheck } from '../../serve/api/shapes/source.ts'
import { Icon } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import styles from './Sources.module.css'

/** What a source would bring: its last ten items, and where it has moved. */
export function FoundItems({ check }: { check: SourceCheck }) {
  const { t } = useTranslation()
  return (
    <>
      {check.movedTo !== null && (
        <p className={styles.hint}>
          <Icon name="info" />{' '}
          <span>
            {t('sources.moved')} <bdi>{check.movedTo}</bdi>
          </span>
        </p>
      )}
      {check.items.length === 0 ? (
        <p className={styles.hint}>
          <Icon name="info" /> {t('sources.foundNothing')}
        </p>
      ) : (
        <ol className={styles.found} aria-label={t('sources.found', { count: check.items.length })}>
          {check.items.map((item) => (
            <li key={item.id}>
              <span className={styles.foundHead}>
                <bdi className={styles.foundTitle}>{item.title ?? item.text}</bdi>
                <span className={styles.quiet}>
                  <When at={item.postedAt} why={t('sources.noDate')} />
                </span>
              </span>
              {item.title !== null && item.text !== '' && (
                <span className={styles.foundText} dir="auto">
                  {item.text}
                </span>
              )}
              {item.url !== null && (
                <a className={styles.foundUrl} href={item.url} target="_blank" rel="noopener noreferrer nofollow">
                  <bdi>{item.url}</bdi>
                </a>
              )}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
