import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { platformName } from '../parts/names.ts'
import { usePlaceNames } from '../parts/places.ts'
import styles from './Author.module.css'

/** Who it is, in the words of the profile. */
export function Head({ card: { author, accounts, languages, places } }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const name = author.name ?? author.handle ?? t('author.unknownName')
  const [place] = places
  const nameOf = usePlaceNames([place?.country])
  const home = place === undefined ? null : nameOf(place)
  const facts = [
    languages[0]?.lang == null ? null : f.language(languages[0].lang),
    home === null ? null : [home.city, home.country].filter((part) => part !== null).join(', '),
    accounts.length > 1 ? t('author.onePerson', { count: accounts.length, shown: f.number(accounts.length) }) : null,
  ].filter((fact) => fact !== null && fact !== '')
  return (
    <header className={styles.head}>
      <span className={styles.face} aria-hidden="true">
        {initials(name)}
      </span>
      <div className={styles.who}>
        <h2 className={styles.name}>
          <bdi>{name}</bdi>
          {author.verified === true && (
            <span className={styles.verified} title={t('inbox.verified')}>
              <Icon name="check" size={14} />
            </span>
          )}
        </h2>
        <p className={styles.facts}>
          <span className={styles.account}>
            <PlatformMark platform={author.platform} size={14} /> {platformName(t, author.platform)}
          </span>
          {author.handle !== null && <bdi>@{author.handle.replace(/^@/, '')}</bdi>}
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {author.bio !== null && (
          <p className={styles.bio} dir="auto">
            {author.bio}
          </p>
        )}
      </div>
    </header>
  )
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('')
}
