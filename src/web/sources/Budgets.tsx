import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Budget } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { platformName } from '../parts/names.ts'
import { tell } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { useSaving } from '../parts/saving.ts'
import styles from './Budgets.module.css'
import { budgetsQuery, sourcesQuery } from './queries.ts'

/** What platforms that bill may cost this project, and what they cost so far; nothing where none does. */
export function Budgets() {
  const { t } = useTranslation()
  const budgets = useQuery(budgetsQuery(useProject().id)).data ?? []
  if (budgets.length === 0) return null
  return (
    <section aria-label={t('sources.budgets')} className={styles.all}>
      {budgets.map((budget) => (
        <BudgetPart key={budget.platform} platform={budget.platform} currency={budget.currency} budget={budget} />
      ))}
    </section>
  )
}

/** The budget of one platform, while a source of it is being set up. */
export function BudgetOf({ platform, currency }: { platform: string; currency: string }) {
  const budgets = useQuery(budgetsQuery(useProject().id))
  if (!budgets.data) return null
  const budget = budgets.data.find((one) => one.platform === platform) ?? null
  return <BudgetPart platform={platform} currency={currency} budget={budget} />
}

function BudgetPart({ platform, currency, budget }: { platform: string; currency: string; budget: Budget | null }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const [typed, setTyped] = useState(budget === null ? '' : String(budget.monthly))
  const amount = Number(typed.trim().replace(',', '.'))
  const { sending, wrongIn, onSubmit } = useSaving(t('sources.budgetNotSaved'))
  const save = async () => {
    await send('PUT', `/projects/${project.id}/budgets/${platform}`, { monthly: amount })
    tell(t('sources.budgetSaved'))
    await client.invalidateQueries({ queryKey: sourcesQuery(project.id).queryKey })
  }
  const share = budget === null || budget.monthly === 0 ? 0 : Math.min(1, budget.spent / budget.monthly)
  return (
    <section className={styles.budget} data-state={budget?.state}>
      <h2>{t('sources.budgetOf', { platform: platformName(t, platform) })}</h2>
      {budget === null ? (
        <p className={styles.words}>{t('sources.budgetNone')}</p>
      ) : (
        <>
          <meter
            className={styles.share}
            min={0}
            max={1}
            high={0.8}
            value={share}
            aria-label={t('sources.budgetOf', { platform: platformName(t, platform) })}
          />
          <p className={styles.words}>
            {t('sources.budgetSpent', {
              spent: f.money(budget.spent, currency),
              monthly: f.money(budget.monthly, currency),
            })}
            {'. '}
            {budget.forecast === null
              ? t('sources.budgetNoForecast')
              : t('sources.budgetForecast', { forecast: f.money(budget.forecast, currency) })}{' '}
            {budget.state === 'near' && <strong>{t('sources.budgetNear')}</strong>}
            {budget.state === 'spent' && <strong>{t('sources.budgetOut', { until: f.day(budget.until) })}</strong>}
          </p>
        </>
      )}
      {mayManage(project.role) && (
        <form className={styles.form} onSubmit={onSubmit(save)}>
          <TextInput
            label={t('sources.budgetPerMonth', { currency })}
            description={t('sources.budgetHelp')}
            value={typed}
            inputMode="decimal"
            required
            withAsterisk={false}
            autoComplete="off"
            error={wrongIn('monthly')}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            type="submit"
            size="sm"
            loading={sending}
            disabled={typed.trim() === '' || !(amount >= 0) || amount === budget?.monthly}
          >
            {t('sources.budgetSave')}
          </Button>
        </form>
      )}
    </section>
  )
}
