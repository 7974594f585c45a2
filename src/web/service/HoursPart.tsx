import { Button, NumberInput, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Service, ServiceHours, ServiceRate } from '../../serve/api/shapes/service.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Panel } from '../overview/Panel.tsx'
import { dayIn, useFormat, type Format } from '../parts/format.ts'
import { offerUndo, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import { ratesQuery } from './queries.ts'
import styles from './Service.module.css'
import { Tile } from './Tiles.tsx'
import { minuteMs, useLength } from './words.ts'

/** Time that people wrote down, what it costs the client, and for the head what an hour costs. */
export function HoursPart({ service: { hours, hoursBefore, measures } }: { service: Service }) {
  const { t } = useTranslation()
  const f = useFormat()
  const length = useLength()
  const project = useProject()
  const spoken = ({ minutes }: ServiceHours) => (minutes === 0 ? null : length(minutes * minuteMs))
  const table = [
    [t('service.hours'), t('service.cost')],
    [hours.minutes / 60, costWords(f, hours)],
  ]
  return (
    <Panel title={t('service.hours')} facts={[]} formula={measures.hours} table={table} size="narrow">
      {hours.minutes === 0 ? (
        <p className={styles.quiet}>{t('service.hoursNone')}</p>
      ) : (
        <dl className={styles.pair}>
          <Tile
            name={t('service.recorded')}
            formula={undefined}
            value={spoken(hours)}
            part="hours"
            before={spoken(hoursBefore)}
          />
          {hours.costs !== null && (
            <Tile
              name={t('service.cost')}
              formula={undefined}
              value={costWords(f, hours)}
              why={t('service.costUnknown')}
              before={costWords(f, hoursBefore)}
            >
              {hours.unpricedMinutes > 0 && (
                <dd className={styles.under}>
                  {t('service.unpriced', { time: length(hours.unpricedMinutes * minuteMs) })}
                </dd>
              )}
            </Tile>
          )}
        </dl>
      )}
      {mayManage(project.role) && <Rates />}
    </Panel>
  )
}

/** Null: unknown, or not for this role. */
export function costWords(f: Format, { costs }: ServiceHours): string | null {
  if (costs === null || costs.length === 0) return null
  return f.list(costs.map(({ cents, currency }) => f.money(cents / 100, currency)))
}

function Rates() {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const rates = useQuery(ratesQuery(project.id))
  const isHead = project.role === 'head'
  const refresh = () => client.invalidateQueries({ queryKey: ['project', project.id, 'service'] })
  const put = (rate: ServiceRate) => send('PUT', `/projects/${project.id}/service/rates`, rate).then(refresh)
  const remove = async (rate: ServiceRate) => {
    try {
      await send('DELETE', `/projects/${project.id}/service/rates/${rate.fromDay}`)
      await refresh()
      offerUndo(t('service.rateRemoved', { day: f.dayOfYear(`${rate.fromDay}T12:00:00Z`) }), () => put(rate))
    } catch (error) {
      tellFailure(t('service.notSaved'), error)
    }
  }
  return (
    <details className={styles.rates}>
      <summary>{t('service.rates')}</summary>
      <p className={styles.quiet}>{t('service.ratesHelp')}</p>
      <Answer of={rates} rows={1}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t('service.ratesNone')}</p>
          ) : (
            <ul className={styles.lines}>
              {items.map((rate) => (
                <li key={rate.fromDay}>
                  {t('service.rateLine', {
                    amount: f.money(rate.cents / 100, rate.currency),
                    day: f.dayOfYear(`${rate.fromDay}T12:00:00Z`),
                  })}
                  {isHead && (
                    <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void remove(rate)}>
                      {t('service.rateRemove')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {isHead && <RateForm put={put} currency={rates.data?.[0]?.currency} />}
    </details>
  )
}

function RateForm({ put, currency }: { put: (rate: ServiceRate) => Promise<void>; currency: string | undefined }) {
  const { t, i18n } = useTranslation()
  const f = useFormat()
  const [fromDay, setFromDay] = useState(() => dayIn(new Date(), f.timeZone))
  const [amount, setAmount] = useState<number | string>('')
  const [money, setMoney] = useState(currency ?? (i18n.language === 'ru' ? 'RUB' : 'EUR'))
  const { sending, onSubmit, wrongIn } = useSaving(t('service.notSaved'))
  const isWhole = fromDay !== '' && typeof amount === 'number' && /^[A-Z]{3}$/.test(money)
  return (
    <form
      className={styles.rateForm}
      onSubmit={onSubmit(async () => {
        if (typeof amount !== 'number') return
        await put({ fromDay, cents: Math.round(amount * 100), currency: money })
        setAmount('')
      })}
    >
      <TextInput
        type="date"
        label={t('service.rateFrom')}
        value={fromDay}
        error={wrongIn('fromDay')}
        onChange={(event) => setFromDay(event.currentTarget.value)}
      />
      <NumberInput
        label={t('service.rateAmount')}
        value={amount}
        min={0}
        max={1_000_000}
        decimalScale={2}
        hideControls
        error={wrongIn('cents')}
        onChange={setAmount}
      />
      <TextInput
        label={t('service.rateCurrency')}
        value={money}
        maxLength={3}
        error={wrongIn('currency')}
        onChange={(event) => setMoney(event.currentTarget.value.toUpperCase())}
      />
      <Button type="submit" loading={sending} disabled={!isWhole}>
        {t('service.rateSet')}
      </Button>
    </form>
  )
}
