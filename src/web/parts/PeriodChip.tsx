import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'
import { periods, useFilter } from './filter.ts'
import { dayIn, startOfDay, useFormat, type Format } from './format.ts'
import { Chip } from './QueryLine.tsx'
import styles from './PeriodChip.module.css'

/** A moving period (last 7 days) or whole days of the project's time zone, the last one included. */
export function PeriodChip() {
  const { t } = useTranslation()
  const f = useFormat()
  const { search, set } = useFilter()
  const [open, setOpen] = useState(false)
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const isSet = search.period !== undefined || search.from !== undefined || search.to !== undefined
  const value =
    search.period !== undefined
      ? t(`filter.period_${search.period}`)
      : isSet
        ? rangeWords(f, search.from, search.to)
        : t('filter.allTime')
  const whole = first !== '' && last !== '' && first <= last
  const show = () => {
    setFirst(search.from === undefined ? '' : dayIn(new Date(search.from), f.timeZone))
    setLast(search.to === undefined ? '' : dayIn(new Date(Date.parse(search.to) - 1), f.timeZone))
    setOpen(!open)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Chip
          label={t('filter.period')}
          plain
          value={value}
          onOpen={show}
          {...(isSet ? { onRemove: () => set({ period: undefined, from: undefined, to: undefined }) } : {})}
        />
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <ul className={styles.list}>
          {[undefined, ...periods].map((period) => (
            <li key={period ?? 'all'}>
              <button
                type="button"
                className={styles.period}
                aria-pressed={search.period === period && (period !== undefined || !isSet)}
                onClick={() => {
                  set({ period, from: undefined, to: undefined })
                  setOpen(false)
                }}
              >
                {period === undefined ? t('filter.allTime') : t(`filter.period_${period}`)}
                {search.period === period && (period !== undefined || !isSet) && <Icon name="check" />}
              </button>
            </li>
          ))}
        </ul>
        <form
          className={styles.range}
          onSubmit={(event) => {
            event.preventDefault()
            if (!whole) return
            const end = startOfDay(last, f.timeZone)
            set({
              period: undefined,
              from: startOfDay(first, f.timeZone).toISOString(),
              to: startOfDay(dayIn(new Date(end.getTime() + 26 * 3_600_000), f.timeZone), f.timeZone).toISOString(),
            })
            setOpen(false)
          }}
        >
          <label>
            {t('filter.from')}
            <input
              type="date"
              value={first}
              max={last === '' ? undefined : last}
              onChange={(event) => setFirst(event.currentTarget.value)}
            />
          </label>
          <label>
            {t('filter.to')}
            <input
              type="date"
              value={last}
              min={first === '' ? undefined : first}
              onChange={(event) => setLast(event.currentTarget.value)}
            />
          </label>
          <Button type="submit" disabled={!whole}>
            {t('filter.showPeriod')}
          </Button>
          <p className={styles.zone}>{t('filter.inZone', { zone: f.timeZone })}</p>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function rangeWords(f: Format, from: string | undefined, to: string | undefined): string {
  const name = (at: string, end: boolean) => {
    const isMidnight = startOfDay(dayIn(new Date(at), f.timeZone), f.timeZone).getTime() === Date.parse(at)
    return isMidnight ? f.day(end ? new Date(Date.parse(at) - 1).toISOString() : at) : `${f.day(at)}, ${f.hour(at)}`
  }
  const first = from === undefined ? '…' : name(from, false)
  const last = to === undefined ? '…' : name(to, true)
  return first === last ? first : `${first} – ${last}`
}
