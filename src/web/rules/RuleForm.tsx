import { Button, Select, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DryRun, Rule, RuleInput } from '../../serve/api/shapes/rule.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { useRuleActions } from './actions.ts'
import { ActionLines } from './ActionLines.tsx'
import { ConditionLines } from './ConditionLines.tsx'
import { History } from './History.tsx'
import { rulesQuery, tryRule, useNamed } from './queries.ts'
import { RuleQuery } from './RuleQuery.tsx'
import { Trial } from './Trial.tsx'
import rows from '../parts/Rows.module.css'
import styles from './Rules.module.css'

const triggers = [
  'mention-arrived',
  'ticket-opened',
  'ticket-changed',
  'customer-wrote',
  'promise-near',
  'promise-missed',
  'alarm-raised',
] as const satisfies readonly RuleInput['trigger'][]

const emptyRule: RuleInput = {
  name: '',
  trigger: 'mention-arrived',
  query: '',
  conditions: [],
  actions: [{ do: 'open-ticket' }],
}

/** One rule: written, tried on the last 30 days, saved switched off, switched on. */
export function RuleForm({
  rule,
  onSaved,
  onClose,
}: {
  rule: Rule | null
  onSaved: (saved: Rule) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const named = useNamed()
  const actions = useRuleActions()
  const [draft, setDraft] = useState<RuleInput>(() => (rule === null ? emptyRule : inputOf(rule)))
  const [tried, setTried] = useState<{ rule: string; found: DryRun } | null>(null)
  const saving = useSaving(t('rules.notSaved'))
  const trying = useSaving(t('rules.notTried'))
  const wrongIn = (field: string) => saving.wrongIn(field) ?? trying.wrongIn(field)
  const elsewhere = [saving.problem, trying.problem].find(
    (problem) => problem !== null && problem.field !== 'name' && problem.field !== 'query',
  )?.message
  const set = (change: Partial<RuleInput>) => setDraft({ ...draft, ...change })
  const ready = { ...draft, name: draft.name.trim() }
  const isChanged = rule === null || JSON.stringify(inputOf(rule)) !== JSON.stringify(ready)
  const isWhole = ready.name !== '' && draft.actions.length > 0

  const save = async () => {
    const path = `/projects/${project.id}/rules`
    const saved = await (rule === null
      ? send<Rule>('POST', path, ready)
      : send<Rule>('PUT', `${path}/${rule.id}`, ready))
    await client.invalidateQueries({ queryKey: rulesQuery(project.id).queryKey })
    setDraft(inputOf(saved))
    tell(t(saved.onSince === null ? 'rules.savedOff' : 'rules.saved'))
    onSaved(saved)
  }
  const look = () =>
    trying.save(async () => {
      const asked = { ...ready, name: ready.name || t('rules.new') }
      setTried({ rule: meaning(draft), found: await tryRule(project.id, asked, rule?.id ?? null) })
    })
  return (
    <>
      <form
        className={`${rows.form} ${styles.sections}`}
        onSubmit={saving.onSubmit(save)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isWhole && isChanged) void saving.save(save)
        }}
      >
        <TextInput
          label={t('rules.name')}
          placeholder={t('rules.namePlace')}
          value={draft.name}
          maxLength={100}
          error={wrongIn('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <section className={rows.part}>
          <h2>{t('rules.when')}</h2>
          <Select
            aria-label={t('rules.when')}
            data={triggers.map((value) => ({ value, label: t(`rules.trigger_${value}`) }))}
            value={draft.trigger}
            allowDeselect={false}
            onChange={(value) => set({ trigger: triggers.find((one) => one === value) ?? 'mention-arrived' })}
          />
        </section>
        <section className={rows.part}>
          <h2>{t('rules.if')}</h2>
          <p className={rows.help}>{t(helpOf(draft.trigger))}</p>
          <RuleQuery value={draft.query} wrong={wrongIn('query')} onChange={(query) => set({ query })} />
          <ConditionLines
            conditions={draft.conditions}
            named={named}
            afterAlarm={draft.trigger === 'alarm-raised'}
            onChange={(conditions) => set({ conditions })}
          />
        </section>
        <section className={rows.part}>
          <h2>{t('rules.so')}</h2>
          <ActionLines
            actions={draft.actions}
            named={named}
            opens={draft.trigger === 'mention-arrived' || draft.trigger === 'alarm-raised'}
            onChange={(next) => set({ actions: next })}
          />
          {elsewhere !== undefined && (
            <p className={styles.wrong} role="alert">
              {elsewhere}
            </p>
          )}
        </section>
        <div className={rows.buttons}>
          <Button
            type="submit"
            variant="filled"
            loading={saving.sending}
            disabled={!isWhole || !isChanged}
            title="Ctrl + Enter"
          >
            {t('common.save')}
          </Button>
          <Button loading={trying.sending} disabled={draft.actions.length === 0} onClick={() => void look()}>
            {t('rules.try')}
          </Button>
          {rule !== null && !isChanged && (
            <Button onClick={() => void actions.turn(rule)}>
              {t(rule.onSince === null ? 'rules.turnOn' : 'rules.turnOff')}
            </Button>
          )}
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
      {tried !== null && <Trial found={tried.found} isOld={tried.rule !== meaning(draft)} />}
      {rule !== null && <History rule={rule.id} />}
    </>
  )
}

function helpOf(trigger: RuleInput['trigger']) {
  if (trigger === 'mention-arrived') return 'rules.ifMention'
  return trigger === 'alarm-raised' ? 'rules.ifAlarm' : 'rules.ifTicket'
}

function inputOf({ name, trigger, query, conditions, actions }: Rule): RuleInput {
  return { name, trigger, query, conditions, actions }
}

function meaning({ name: _, ...rest }: RuleInput): string {
  return JSON.stringify(rest)
}
