import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rule } from '../../serve/api/shapes/rule.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { Page } from '../parts/Page.tsx'
import { mayManage } from '../parts/roles.ts'
import { Answer, Empty, NoRight } from '../parts/states.tsx'
import { useRuleActions } from './actions.ts'
import { History } from './History.tsx'
import { rulesQuery, useNamed } from './queries.ts'
import { RuleForm } from './RuleForm.tsx'
import { RuleRow } from './RuleRow.tsx'
import rows from '../parts/Rows.module.css'

/** When, if, then: the rules in their order, one of them open to be changed, and what they did. */
export function RulesScreen() {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const asked = useSearch({ strict: false }).rule
  const rules = useQuery({ ...rulesQuery(project.id), enabled: mayManage(project.role) })
  const open = (rule: string | null) =>
    void navigate({
      to: '/projects/$project/rules',
      params: { project: String(project.id) },
      search: rule === null ? {} : { rule },
    })
  if (!mayManage(project.role)) return <NoRight />
  const opened = rules.data?.find(({ id }) => String(id) === asked)
  const place = asked === undefined ? undefined : asked === 'new' ? null : opened
  return (
    <Page
      title={place === undefined ? t('rules.title') : (place?.name ?? t('rules.new'))}
      actions={
        place === undefined ? (
          <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => open('new')}>
            {t('rules.add')}
          </Button>
        ) : (
          <Button variant="subtle" leftSection={<Icon name="left" />} onClick={() => open(null)}>
            {t('rules.back')}
          </Button>
        )
      }
    >
      <div className={rows.screen}>
        {place === undefined ? (
          <Answer of={rules} rows={4}>
            {(items) => <Rules items={items} onOpen={open} />}
          </Answer>
        ) : (
          <RuleForm
            key={place?.id ?? 'new'}
            rule={place}
            onSaved={(saved) => open(String(saved.id))}
            onClose={() => open(null)}
          />
        )}
      </div>
    </Page>
  )
}

function Rules({ items, onOpen }: { items: Rule[]; onOpen: (rule: string | null) => void }) {
  const { t } = useTranslation()
  const named = useNamed()
  const actions = useRuleActions()
  const [cursor, setCursor] = useState<number | null>(null)
  const at = items.findIndex(({ id }) => id === cursor)
  const current = items[at]
  const moveTo = (index: number) => setCursor(items[Math.max(0, Math.min(index, items.length - 1))]?.id ?? null)
  const off = current === undefined
  useKeys(t('rules.title'), [
    { keys: 'j', also: 'ArrowDown', does: t('rules.next'), off: items.length === 0, run: () => moveTo(at + 1) },
    { keys: 'k', also: 'ArrowUp', does: t('rules.previous'), off: items.length === 0, run: () => moveTo(at - 1) },
    { keys: 'Enter', does: t('rules.change'), off, run: () => current && onOpen(String(current.id)) },
    { keys: 'o', does: t('rules.switch'), off, run: () => current && void actions.turn(current) },
    { keys: 'u', does: t('rules.earlier'), off: at < 1, run: () => void actions.raise(items, at) },
    { keys: 'n', does: t('rules.add'), run: () => onOpen('new') },
  ])
  return (
    <>
      <p className={rows.help}>{t('rules.help')}</p>
      {items.length === 0 ? (
        <Empty
          says={t('rules.none')}
          next={
            <Button variant="filled" onClick={() => onOpen('new')}>
              {t('rules.add')}
            </Button>
          }
        >
          {t('rules.noneWords')}
        </Empty>
      ) : (
        <ol className={rows.list}>
          {items.map((rule, index) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              named={named}
              current={rule.id === cursor}
              onOpen={() => onOpen(String(rule.id))}
              onTurn={() => void actions.turn(rule)}
              onRaise={index > 0 ? () => void actions.raise(items, index) : null}
              onRetire={() => void actions.retire(rule)}
            />
          ))}
        </ol>
      )}
      <History rule={null} />
    </>
  )
}
