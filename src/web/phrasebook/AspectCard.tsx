import { ActionIcon } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Phrasebook } from '../../serve/api/shapes/phrasebook.ts'
import { useProject } from '../api/queries.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { MentionText } from '../inbox/MentionText.tsx'
import { When } from '../parts/figures.tsx'
import { useFilter } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { aspectName } from '../parts/names.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import styles from './Phrasebook.module.css'

type Row = Phrasebook['aspects'][number]

/** One thing that is praised or blamed: how often, more or less than before, and the best that was said of it. */
export function AspectCard({ row, most }: { row: Row; most: number }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { search } = useFilter()
  const params = { project: String(useProject().id) }
  const { aspect, polarity, kind, texts, before, quotes } = row
  const change = f.change(texts, before)
  return (
    <article className={styles.card}>
      <header className={styles.cardHead}>
        <h3>
          <Link to="/projects/$project/inbox" params={params} search={{ ...search, q: askedFor(search.q, row) }}>
            <bdi>{aspectName(t, aspect)}</bdi>
          </Link>
        </h3>
        {kind !== null && <span className={styles.kind}>{t(`understood.${kind}`)}</span>}
        <span className={styles.count}>
          <strong>{f.number(texts)}</strong>{' '}
          {before !== null && (
            <span className={styles.quiet} title={t('phrasebook.before', { count: before, shown: f.number(before) })}>
              {change === null ? t('phrasebook.new') : t('phrasebook.against', { change })}
            </span>
          )}
        </span>
      </header>
      <span className={styles.track} aria-hidden="true">
        <i style={{ width: `${(texts / most) * 100}%` }} data-tonality={polarity} />
      </span>
      <ul>
        {quotes.map((quote) => (
          <Quote key={quote.mention} quote={quote} />
        ))}
      </ul>
    </article>
  )
}

function Quote({ quote }: { quote: Row['quotes'][number] }) {
  const { t } = useTranslation()
  const params = { project: String(useProject().id) }
  const copy = () =>
    void navigator.clipboard.writeText(quote.text).then(
      () => tell(t('chart.copied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  return (
    <li className={styles.quote}>
      <blockquote lang={quote.lang ?? undefined}>
        <MentionText text={quote.text} places={[quote]} />
      </blockquote>
      <p className={styles.from}>
        <PlatformMark platform={quote.platform} size={12} />
        <Link to="/projects/$project/inbox" params={params} search={{ open: quote.mention }}>
          <bdi>{quote.author ?? quote.source ?? t('inbox.unknownAuthor')}</bdi>
        </Link>
        <When at={quote.postedAt} />
      </p>
      <ActionIcon className={styles.copy} aria-label={t('phrasebook.copy')} title={t('phrasebook.copy')} onClick={copy}>
        <Icon name="copy" />
      </ActionIcon>
    </li>
  )
}

/** The mentions behind a count, within what was asked for already. */
function askedFor(q: string | undefined, { aspect, polarity }: Row): string {
  const said = `${aspect}:${polarity}`
  const asked = `aspect:${/^[\p{L}\p{N}_:-]+$/u.test(said) ? said : `"${said}"`}`
  return q === undefined ? asked : `(${q}) AND ${asked}`
}
