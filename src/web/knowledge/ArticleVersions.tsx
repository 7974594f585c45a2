import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { Answer } from '../parts/states.tsx'
import { Difference } from '../topics/Difference.tsx'
import styles from './Knowledge.module.css'
import { versionsQuery } from './queries.ts'

/** Who wrote what when; each opens to what it changed. */
export function ArticleVersions({ article, lang }: { article: number; lang: string }) {
  const { t } = useTranslation()
  const versions = useQuery(versionsQuery(useProject().id, article, lang))
  const [open, setOpen] = useState<number | null>(null)
  return (
    <section className={styles.versions}>
      <h3>{t('knowledge.versions')}</h3>
      <Answer of={versions} rows={2}>
        {(items) => (
          <ol>
            {items.map(({ version, title, body, writtenAt, writtenBy }, at) => {
              const before = items[at + 1]
              return (
                <li key={version}>
                  <button
                    type="button"
                    className={styles.version}
                    aria-expanded={open === version}
                    onClick={() => setOpen(open === version ? null : version)}
                  >
                    {t('knowledge.versionBy', { version, who: writtenBy ?? 'Heed' })} <When at={writtenAt} />
                  </button>
                  {open === version && (
                    <Difference
                      before={before === undefined ? '' : `${before.title}\n\n${before.body}`}
                      after={`${title}\n\n${body}`}
                    />
                  )}
                </li>
              )
            })}
          </ol>
        )}
      </Answer>
    </section>
  )
}
