import { useTranslation } from 'react-i18next'

const minuteMs = 60_000

/** A length of time in two units at most: 25 min · 3 hr 10 min · 2 days. Less than a minute is one. */
export function lengthOf(ms: number, language: string): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const parts: [number, string][] =
    days > 0
      ? [
          [days, 'day'],
          [hours, 'hour'],
        ]
      : hours > 0
        ? [
            [hours, 'hour'],
            [rest, 'minute'],
          ]
        : [[rest, 'minute']]
  return parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value),
    )
    .join(' ')
}

/** How long it is until a promise ends, in words: «осталось 25 мин», «опоздание 2 ч». */
export function useTimeLeft(): (dueAt: string, now: number) => string {
  const { t, i18n } = useTranslation()
  return (dueAt, now) => {
    const left = Date.parse(dueAt) - now
    const time = lengthOf(Math.abs(left), i18n.language)
    return t(left > 0 ? 'tickets.timeLeft' : 'tickets.timeLate', { time })
  }
}
