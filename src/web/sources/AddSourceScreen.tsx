import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { BackLink } from '../parts/BackLink.tsx'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, NoRight } from '../parts/states.tsx'
import { Catalogue } from './Catalogue.tsx'
import { catalogueQuery } from './queries.ts'
import { SetUp } from './SetUp.tsx'

/** The catalogue, and the set-up of the platform that the address names. */
export function AddSourceScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const catalogue = useQuery(catalogueQuery)
  const navigate = useNavigate()
  const { platform } = useSearch({ strict: false })
  const params = { project: String(project.id) }
  const choose = (chosen: string | undefined) =>
    void navigate({
      to: '/projects/$project/sources/add',
      params,
      search: chosen === undefined ? {} : { platform: chosen },
    })
  if (!mayManage(project.role)) return <NoRight />
  return (
    <Page
      title={t('sources.addTitle')}
      actions={
        <BackLink to="/projects/$project/sources" params={params}>
          {t('sources.back')}
        </BackLink>
      }
    >
      <Answer of={catalogue} rows={3}>
        {(items) => {
          const entry = items.find((one) => one.platform === platform)
          return entry === undefined ? (
            <Catalogue entries={items} onChoose={choose} />
          ) : (
            <SetUp key={entry.platform} entry={entry} onBack={() => choose(undefined)} />
          )
        }}
      </Answer>
    </Page>
  )
}
