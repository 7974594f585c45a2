import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../serve/api/shapes/source.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { useFormat } from '../parts/format.ts'
import { useNarrow } from '../parts/narrow.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, Empty, Partial } from '../parts/states.tsx'
import { Budgets } from './Budgets.tsx'
import { EarlierImports } from './EarlierImports.tsx'
import { sourcesQuery } from './queries.ts'
import { Replay } from './Replay.tsx'
import { SourceRow } from './SourceRow.tsx'
import styles from './Sources.module.css'

export function SourcesScreen() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const narrow = useNarrow()
  const params = { project: String(project.id) }
  const sources = useQuery(sourcesQuery(project.id))
  const manages = mayManage(project.role)
  const total = sources.data?.length ?? 0
  const add = (
    <ButtonLink variant="filled" to="/projects/$project/sources/add" params={params} leftSection={<Icon name="plus" />}>
      {narrow && total > 0 ? t('sources.addShort') : t('sources.add')}
    </ButtonLink>
  )
  const bring = (
    <ButtonLink
      to="/projects/$project/sources/import"
      params={params}
      aria-label={t('sources.importFile')}
      leftSection={narrow && total > 0 ? undefined : <Icon name="upload" />}
    >
      {narrow && total > 0 ? <Icon name="upload" /> : t('sources.importFile')}
    </ButtonLink>
  )
  return (
    <Page
      title={t('sections.sources')}
      note={total > 0 ? t('sources.count', { count: total, shown: f.number(total) }) : undefined}
      actions={
        manages &&
        total > 0 && (
          <>
            {bring}
            {add}
          </>
        )
      }
    >
      <div className={styles.screen}>
        <Answer of={sources} rows={6}>
          {(items) =>
            items.length === 0 ? (
              <Empty
                says={t('sources.none')}
                next={
                  manages && (
                    <>
                      {bring}
                      {add}
                    </>
                  )
                }
              >
                {t('sources.noneWords')}
              </Empty>
            ) : (
              <>
                <IllOnes items={items} />
                <Budgets />
                <ul aria-label={t('sections.sources')}>
                  {items.map((source) => (
                    <SourceRow key={source.id} source={source} />
                  ))}
                </ul>
              </>
            )
          }
        </Answer>
        {manages && project.isSample && <Replay />}
        {manages && <EarlierImports />}
      </div>
    </Page>
  )
}

function IllOnes({ items }: { items: readonly Source[] }) {
  const { t } = useTranslation()
  const f = useFormat()
  const ill = items.filter(({ health, state }) => health === 'ill' && state === 'active')
  if (ill.length === 0) return null
  const named = ill.slice(0, 3).map(({ name }) => `\u2068${name}\u2069`)
  const more = ill.length - named.length
  return (
    <Partial>
      {t('sources.someIll', {
        count: ill.length,
        names: f.list(more > 0 ? [...named, t('sources.andMore', { count: more })] : named),
      })}
    </Partial>
  )
}
