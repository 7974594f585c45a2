import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { mayWork } from '../parts/roles.ts'
import type { AuthorActions } from './actions.ts'
import styles from './Author.module.css'
import { Part } from './Part.tsx'
import { evidenceWords, roleName } from './words.ts'

/** What they likely are, with every reason and its weight; the word of a person stands above them. */
export function RolePart({ card: { role, measures }, actions }: { card: AuthorCard; actions: AuthorActions }) {
  const { t } = useTranslation()
  const f = useFormat()
  const works = mayWork(useProject().role)
  const { set, likely, points, evidence } = role
  const likelyName = likely === null ? t('author.roleUnknown') : roleName(t, likely)
  return (
    <Part title={set === null ? t('author.role') : t('author.roleSet')} formula={measures.role}>
      <p className={styles.verdict}>
        <strong>{set === null ? likelyName : roleName(t, set.role)}</strong>
        {set === null ? (
          likely !== null && (
            <span className={styles.quiet}>
              {t('author.points', { count: points[likely] ?? 0, shown: f.number(points[likely] ?? 0) })}
            </span>
          )
        ) : (
          <span className={styles.quiet}>
            {t('author.roleBy', { name: set.actor })}, <When at={set.at} />
          </span>
        )}
      </p>
      {set !== null && (
        <p className={styles.quiet}>
          {t('author.roleEvidenceSays', { role: likelyName.toLocaleLowerCase() })}
          {works && (
            <button type="button" className={styles.textButton} onClick={() => void actions.setRole(null)}>
              {t('author.roleBack')}
            </button>
          )}
        </p>
      )}
      {set === null && likely === null && (
        <p className={styles.quiet}>
          {evidence.length === 0 ? t('author.roleNoEvidence') : t('author.roleUnknownWords')}
        </p>
      )}
      {evidence.length > 0 && (
        <ul className={styles.evidence}>
          {evidence.map((one) => (
            <li key={`${one.role} ${one.key}`} data-for={one.role === likely || undefined}>
              <span className={styles.points}>{one.points > 0 ? `+${one.points}` : `−${-one.points}`}</span>
              <span>
                {evidenceWords(t, f, one)}
                {one.role !== likely && <small>{roleName(t, one.role)}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
