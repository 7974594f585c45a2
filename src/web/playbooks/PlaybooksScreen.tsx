import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaybookInput } from '../../serve/api/shapes/playbook.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Page } from '../parts/Page.tsx'
import { mayManage, mayWork } from '../parts/roles.ts'
import { Answer, Empty, NoRight } from '../parts/states.tsx'
import { AlarmList } from './AlarmList.tsx'
import { PlaybookForm } from './PlaybookForm.tsx'
import { PlaybookRow } from './PlaybookRow.tsx'
import { PlayList } from './PlayList.tsx'
import { PlayPage } from './PlayPage.tsx'
import { playbooksQuery } from './queries.ts'
import rows from '../parts/Rows.module.css'

/** Prepared schemes, those at work, and one of either that is open. */
export function PlaybooksScreen() {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const { play, playbook, alarm } = useSearch({ strict: false })
  const known = useQuery({ ...playbooksQuery(project.id, i18n.language), enabled: mayWork(project.role) })
  const [begun, setBegun] = useState<PlaybookInput | null>(null)
  const open = (search: { play?: string; playbook?: string }) =>
    void navigate({ to: '/projects/$project/playbooks', params: { project: String(project.id) }, search })
  if (!mayWork(project.role)) return <NoRight />
  if (play !== undefined) return <PlayPage id={play} onClose={() => open({})} />
  const edited = playbook === undefined ? undefined : known.data?.items.find(({ id }) => String(id) === playbook)
  const isForm = mayManage(project.role) && (playbook === 'new' || edited !== undefined)
  const empty: PlaybookInput = { name: '', kind: 'natural', steps: [] }
  const begins = (schemes: readonly PlaybookInput[]) =>
    mayManage(project.role) &&
    schemes.map((scheme) => (
      <Button
        key={scheme.kind}
        onClick={() => {
          setBegun(scheme)
          open({ playbook: 'new' })
        }}
      >
        {scheme.name}
      </Button>
    ))
  return (
    <Page
      title={isForm ? (edited?.name ?? t('playbooks.new')) : t('playbooks.title')}
      actions={
        isForm ? (
          <Button variant="subtle" leftSection={<Icon name="left" />} onClick={() => open({})}>
            {t('playbooks.back')}
          </Button>
        ) : (
          mayManage(project.role) && (
            <Button
              variant="filled"
              leftSection={<Icon name="plus" />}
              onClick={() => {
                setBegun(null)
                open({ playbook: 'new' })
              }}
            >
              {t('playbooks.add')}
            </Button>
          )
        )
      }
    >
      <div className={rows.screen}>
        {isForm ? (
          <PlaybookForm
            key={edited?.id ?? 'new'}
            playbook={edited ?? null}
            begun={begun ?? empty}
            onClose={() => open({})}
          />
        ) : (
          <Answer of={known} rows={4}>
            {({ items, readyMade }) => (
              <>
                <p className={rows.help}>{t('playbooks.help')}</p>
                <AlarmList
                  current={alarm ?? null}
                  usable={items.filter(({ approved }) => approved !== null)}
                  onOpen={(id) => open({ play: String(id) })}
                />
                <PlayList ticket={null} onOpen={(id) => open({ play: String(id) })} />
                <section className={rows.part}>
                  <h2>{t('playbooks.schemes')}</h2>
                  {items.length === 0 && (
                    <Empty says={t('playbooks.none')} next={begins(readyMade)}>
                      {t(mayManage(project.role) ? 'playbooks.noneWords' : 'playbooks.noneYetWords')}
                    </Empty>
                  )}
                  <ul className={rows.list}>
                    {items.map((one) => (
                      <PlaybookRow
                        key={one.id}
                        playbook={one}
                        onOpen={() => open({ playbook: String(one.id) })}
                        onStarted={(id) => open({ play: String(id) })}
                      />
                    ))}
                  </ul>
                </section>
                {items.length > 0 && mayManage(project.role) && (
                  <div className={rows.buttons}>
                    <span className={rows.help}>{t('playbooks.beginWith')}</span>
                    {begins(readyMade)}
                  </div>
                )}
              </>
            )}
          </Answer>
        )}
      </div>
    </Page>
  )
}
