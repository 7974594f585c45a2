import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phrasebook } from '../../serve/api/shapes/phrasebook.ts'
import { Problem } from '../api/problem.ts'
import { useProject } from '../api/queries.ts'
import { Formula } from '../overview/Formula.tsx'
import { noFilters, useFilter } from '../parts/filter.ts'
import { useFormat } from '../parts/format.ts'
import { Page } from '../parts/Page.tsx'
import { QueryLine } from '../parts/QueryLine.tsx'
import { Segments } from '../parts/Segments.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { AspectCard } from './AspectCard.tsx'
import styles from './Phrasebook.module.css'
import { phrasebookQuery } from './queries.ts'

const kinds = ['all', 'functional', 'emotional'] as const
type Kind = (typeof kinds)[number]

/** For whoever writes: what customers praise and blame, how often, and how they say it themselves. */
export function PhrasebookScreen() {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const { filter } = useFilter()
  const [kind, setKind] = useState<Kind>('all')
  const book = useQuery(phrasebookQuery(project.id, filter, i18n.language))
  const wrong = book.error instanceof Problem && book.error.field === 'q' ? book.error.message : null
  return (
    <Page
      title={t('phrasebook.title')}
      note={book.data && t('phrasebook.texts', { count: book.data.texts, shown: f.number(book.data.texts) })}
      bar={<QueryLine project={project.id} sentence={wrong} />}
    >
      <div className={styles.screen} data-late={book.isPlaceholderData || undefined}>
        <Answer of={book} rows={6}>
          {(data) =>
            data.aspects.length === 0 ? (
              <Nothing />
            ) : (
              <>
                <div className={styles.choice}>
                  <Segments
                    label={t('phrasebook.kind')}
                    options={kinds.map((value) => ({
                      value,
                      label: t(value === 'all' ? 'phrasebook.all' : `understood.${value}`),
                    }))}
                    chosen={kind}
                    onChoose={setKind}
                    wide
                  />
                </div>
                <div className={styles.columns}>
                  <Column polarity="positive" book={data} kind={kind} />
                  <Column polarity="negative" book={data} kind={kind} />
                </div>
              </>
            )
          }
        </Answer>
      </div>
    </Page>
  )
}

function Column({ polarity, book, kind }: { polarity: 'positive' | 'negative'; book: Phrasebook; kind: Kind }) {
  const { t } = useTranslation()
  const rows = book.aspects.filter((one) => one.polarity === polarity && (kind === 'all' || one.kind === kind))
  const most = Math.max(1, ...book.aspects.map(({ texts }) => texts))
  return (
    <section className={styles.column} data-tonality={polarity}>
      <h2 className={styles.head}>
        <span aria-hidden="true">{polarity === 'positive' ? '+' : '−'}</span> {t(`phrasebook.${polarity}`)}{' '}
        <Formula of={book.measures.aspects} />
      </h2>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{t(`phrasebook.none_${polarity}`)}</p>
      ) : (
        rows.map((row) => <AspectCard key={row.aspect} row={row} most={most} />)
      )}
    </section>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const { count, set } = useFilter()
  return (
    <Empty
      says={t('phrasebook.empty')}
      next={count > 0 && <Button onClick={() => set(noFilters)}>{t('inbox.clearFilters')}</Button>}
    >
      {t('phrasebook.emptyWords')}
    </Empty>
  )
}
