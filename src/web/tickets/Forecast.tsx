import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Forecast } from '../../serve/api/shapes/clock.ts'
import { get } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import styles from './Clocks.module.css'

// The pace is of hours; a minute changes nothing of it.
const staleMs = 60_000

function forecastQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'forecast'],
    queryFn: ({ signal }) => get<Forecast>(`/projects/${project}/forecast`, { signal }),
    staleTime: staleMs,
    refetchInterval: staleMs,
  })
}

/** Said only when somebody has to act: answers that will come too late at the present pace, and in which hours. */
export function ForecastLine() {
  const { t } = useTranslation()
  const f = useFormat()
  const forecast = useQuery(forecastQuery(useProject().id)).data
  const late = forecast?.hours.reduce((sum, hour) => sum + hour.late, 0) ?? 0
  if (forecast === undefined || late === 0) return null
  const hours = forecast.hours.filter((hour) => hour.late > 0)
  const pace =
    forecast.pace === 0
      ? t('tickets.paceNone', { hours: forecast.lookBackHours })
      : t('tickets.pace', { answers: f.number(forecast.pace) })
  return (
    <p className={styles.forecast} role="status">
      {t('tickets.forecast', { count: late, hours: forecast.hours.length })} {pace}{' '}
      {f.list(
        hours.map((hour) =>
          t('tickets.forecastHour', { hour: f.hour(hour.from), late: f.number(hour.late), due: f.number(hour.due) }),
        ),
      )}
    </p>
  )
}
