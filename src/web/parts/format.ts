/**
 * Numbers and moments in the person's language and the project's time zone.
 *   const f = useFormat()             time zone given, else of the open project, else of the browser
 *   f.number(1234567)                 1,234,567 · 1 234 567
 *   f.short(1234567)                  1.2M · 1,2 млн
 *   f.signed(328)                     +328
 *   f.percent(0.123)                  12.3% · 12,3 %
 *   f.precise(0.7134)                 0.71 · 0,71
 *   f.change(120, 80)                 +50%, from ten times on ×57 — null when there is nothing to compare with
 *   f.ago(iso)                        3 min ago, then the day; put it through <When at> to get the exact one on hover
 *   f.exact(iso)                      12 Mar 2026, 14:05:33 GMT+3
 *   f.day(iso) f.hour(iso)            12 Mar · 14:00
 *   f.list(['a', 'b'])                a and b
 *   f.money(5, 'USD')                 US$5.00 · 5,00 $
 *   f.language('kk')                  Kazakh · казахский
 * Unknown is never 0: <Figure value={null} why={…}/> and <When at={null} why={…}/> in figures.tsx draw "—".
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useProjectZone } from '../api/queries.ts'

export type Format = ReturnType<typeof formatFor>

export function useFormat(zone?: string): Format {
  const { i18n } = useTranslation()
  const open = useProjectZone()
  const timeZone = zone ?? open ?? browserTimeZone()
  return useMemo(() => formatFor(i18n.language, timeZone), [i18n.language, timeZone])
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function formatFor(language: string, timeZone: string) {
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB'
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const precise = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-US', {
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const change = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  })
  const exact = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' })
  const dayOfYear = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' })
  const year = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })
  const month = new Intl.DateTimeFormat(locale, { timeZone, month: 'short', year: 'numeric' })
  const hour = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })

  return {
    timeZone,
    number: (value: number) => number.format(value),
    short: (value: number) => (Math.abs(value) < 10_000 ? number.format(value) : short.format(value)),
    signed: (value: number) => signed.format(value),
    percent: (value: number) => percent.format(value),
    precise: (value: number) => precise.format(value),
    change: (now: number, before: number | null) => {
      if (before === null || before === 0) return null
      // Thousands of percent say less than how many times.
      return now / before >= 10 ? `×${number.format(Math.round(now / before))}` : change.format(now / before - 1)
    },
    exact: (at: string) => exact.format(new Date(at)),
    day: (at: string) => day.format(new Date(at)),
    dayOfYear: (at: string) => dayOfYear.format(new Date(at)),
    month: (at: string) => month.format(new Date(at)),
    hour: (at: string) => hour.format(new Date(at)),
    list: (items: string[]) => list.format(items),
    money: (value: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 2 }).format(value),
    language: (code: string) => safely(() => languages.of(code)) ?? code,
    ago(at: string, now = Date.now()) {
      const then = new Date(at)
      const seconds = Math.round((now - then.getTime()) / 1000)
      if (seconds < -60) return `${day.format(then)}, ${hour.format(then)}`
      if (seconds < 60) return relative.format(0, 'second')
      if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
      if (day.format(then) === day.format(now)) return hour.format(then)
      const sameYear = year.format(then) === year.format(now)
      if (seconds < 7 * 86_400) return `${day.format(then)}, ${hour.format(then)}`
      return sameYear ? day.format(then) : dayOfYear.format(then)
    },
  }
}

function safely<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

/** The moment a calendar day (2026-03-12) begins in a time zone. */
export function startOfDay(date: string, timeZone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // The offset at the guess may differ from the one at the answer on the day clocks change, so it is asked twice.
  const first = midnight - offsetMs(midnight, timeZone)
  return new Date(midnight - offsetMs(first, timeZone))
}

/** The calendar day of a moment in a time zone, as 2026-03-12. */
export function dayIn(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

function offsetMs(at: number, timeZone: string): number {
  const part = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(part ?? '')
  if (found === null) return 0
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000
}
