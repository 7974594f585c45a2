import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Page } from '../parts/Page.tsx'
import { mayWork } from '../parts/roles.ts'
import settingsStyles from '../settings/Settings.module.css'

const parts = ['articles', 'questions', 'gaps', 'help'] as const

/** What all parts of the knowledge screen have above them. */
export function KnowledgePage({
  actions,
  bar,
  children,
}: {
  actions?: ReactNode
  bar?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const { part = 'articles' } = useSearch({ strict: false })
  const open = (name: string) =>
    void navigate({
      to: '/projects/$project/knowledge',
      params: { project: String(project.id) },
      search: name === 'articles' ? {} : { part: name },
    })
  return (
    <Page
      title={t('knowledge.title')}
      actions={actions}
      bar={
        <>
          {mayWork(project.role) && (
            <nav className={settingsStyles.tabs} aria-label={t('knowledge.parts')}>
              {parts.map((name) => (
                <button
                  key={name}
                  type="button"
                  className={settingsStyles.tab}
                  aria-current={part === name ? 'page' : undefined}
                  ref={(tab) => {
                    // On a phone not all fit.
                    if (part === name) tab?.scrollIntoView({ inline: 'center', block: 'nearest' })
                  }}
                  onClick={() => open(name)}
                >
                  {t(`knowledge.part_${name}`)}
                </button>
              ))}
            </nav>
          )}
          {bar}
        </>
      }
    >
      {children}
    </Page>
  )
}
