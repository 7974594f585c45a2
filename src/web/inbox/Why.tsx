import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Answer } from '../parts/states.tsx'
import { explanationQuery } from './queries.ts'
import styles from './Why.module.css'

/** Part by part why the mention matches the query or does not; asked for when it is opened. */
export function Why({ mention, query, isOpen = false }: { mention: string; query: string; isOpen?: boolean }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const [open, setOpen] = useState(isOpen)
  const explanation = useQuery({
    ...explanationQuery(project.id, { mention, query }, i18n.language),
    enabled: open,
  })
  return (
    <details className={styles.why} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('inbox.whyParts')}</summary>
      {open && (
        <Answer of={explanation} rows={2}>
          {({ parts }) => (
            <ul>
              {parts.map(({ depth, text, truth, decides, words }, i) => (
                <li
                  key={`${i} ${text}`}
                  data-truth={truth}
                  data-decides={decides || undefined}
                  style={{ paddingInlineStart: Math.min(depth, 8) * 12 }}
                >
                  <code dir="auto">{text}</code> <bdi>{words}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Answer>
      )}
    </details>
  )
}
