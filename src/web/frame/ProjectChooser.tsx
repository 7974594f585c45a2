import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type OpenProject, useMe, useProjectIfAny } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Chooser } from '../parts/Chooser.tsx'
import styles from './Frame.module.css'
import { sections } from './sections.ts'

const everything = 'all'

/** Stays on the same screen when the project changes; its filters do not travel, for they name other topics. */
export function ProjectChooser({ onChosen }: { onChosen: () => void }) {
  const { t } = useTranslation()
  const { projects } = useMe()
  const open = useProjectIfAny()
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const section = sections.find(({ to }) => path.endsWith(to.slice(to.lastIndexOf('/')))) ?? sections[0]
  return (
    <Chooser
      label={t('frame.chooseProject')}
      chosen={[open === null ? everything : String(open.id)]}
      options={[
        { value: everything, label: t('frame.allProjects') },
        ...projects.map(({ id, name, isSample }) => ({
          value: String(id),
          label: name,
          ...(isSample ? { hint: t('frame.sample') } : {}),
        })),
      ]}
      onChoose={(value) => {
        onChosen()
        if (value === everything) void navigate({ to: '/' })
        else void navigate({ to: section.to, params: { project: value } })
      }}
    />
  )
}

export function ProjectInitial({ project }: { project: OpenProject | null }) {
  return (
    <span className={styles.initial} aria-hidden="true">
      {project === null ? <Icon name="layers" /> : [...project.name][0]?.toLocaleUpperCase()}
    </span>
  )
}
