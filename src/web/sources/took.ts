import { useTranslation } from 'react-i18next'
import { useFormat } from '../parts/format.ts'

/** A time that something took, as people say it: 340 ms, 2.1 s, 14 min. */
export function useTook(): (ms: number) => string {
  const { t } = useTranslation()
  const f = useFormat()
  return (ms) => {
    if (ms < 950) return t('sources.milliseconds', { count: Math.round(ms / 10) * 10 })
    if (ms < 100_000) return t('sources.secondsShort', { shown: f.number(Number((ms / 1000).toPrecision(2))) })
    if (ms < 6_000_000) return t('sources.minutesShort', { shown: f.number(Math.round(ms / 60_000)) })
    return t('sources.hoursShort', { shown: f.number(Math.round(ms / 3_600_000)) })
  }
}
