import { Button, Checkbox, TextInput } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Calendar } from '../../serve/api/shapes/clock.ts'
import { get, send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { offerUndo } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { useSaving } from '../parts/saving.ts'
import settings from '../settings/Settings.module.css'
import { parseBlocks, printBlocks } from './blocks.ts'
import styles from './Clocks.module.css'

function calendarQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'calendar'],
    queryFn: async ({ signal }) =>
      (await get<{ calendar: Calendar | null }>(`/projects/${project}/calendar`, { signal })).calendar,
  })
}

/** When the project works; everything that is promised in working time ends accordingly. */
export function WorkingHours() {
  const { t } = useTranslation()
  const project = useProject()
  const calendar = useQuery(calendarQuery(project.id))
  return (
    <section className={settings.wide}>
      <h2>{t('tickets.workingHours')}</h2>
      <p className={settings.help}>{t('tickets.workingHoursHelp')}</p>
      <Answer of={calendar} rows={4}>
        {(saved) => <CalendarForm key={JSON.stringify(saved)} saved={saved} />}
      </Answer>
    </section>
  )
}

const officeHours = '9:00–18:00'
const weekDays = [0, 1, 2, 3, 4, 5, 6] as const
// The fifth of January 1970 was a Monday.
const monday = Date.UTC(1970, 0, 5)

function CalendarForm({ saved }: { saved: Calendar | null }) {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [around, setAround] = useState(saved === null)
  const [zone, setZone] = useState(saved?.timeZone ?? project.timeZone)
  const [week, setWeek] = useState(() =>
    weekDays.map((day) => (saved === null ? (day < 5 ? officeHours : '') : printBlocks(saved.week[day] ?? []))),
  )
  const [unlike, setUnlike] = useState(() =>
    (saved?.exceptions ?? []).map(({ day, blocks }) => ({ day, text: printBlocks(blocks) })),
  )
  const { wrongIn, onSubmit } = useSaving(t('tickets.setupNotSaved'))
  const blocks = week.map(parseBlocks)
  const exceptions = unlike.map(({ day, text }) => ({ day, blocks: parseBlocks(text) }))
  const isWrong = blocks.includes(null) || exceptions.some((one) => one.blocks === null || one.day === '')
  const put = async (calendar: Calendar | null) => {
    await send('PUT', `/projects/${project.id}/calendar`, { calendar })
    await client.invalidateQueries({ queryKey: ['project', project.id] })
  }
  const save = async () => {
    const calendar = {
      timeZone: zone.trim(),
      week: blocks.map((day) => day ?? []),
      exceptions: exceptions.map(({ day, blocks: hours }) => ({ day, blocks: hours ?? [] })),
    }
    await put(around ? null : calendar)
    offerUndo(t('tickets.hoursSaved'), () => put(saved))
  }
  const dayName = (day: number) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' }).format(monday + day * 86_400_000)
  return (
    <form className={settings.inline} onSubmit={onSubmit(save)}>
      <Checkbox
        label={t('tickets.worksAround')}
        checked={around}
        onChange={(event) => setAround(event.currentTarget.checked)}
      />
      {!around && (
        <>
          <TextInput
            label={t('tickets.zone')}
            value={zone}
            maxLength={60}
            error={wrongIn('timeZone')}
            onChange={(event) => setZone(event.currentTarget.value)}
          />
          <div className={styles.week}>
            {weekDays.map((day) => (
              <DayHours
                key={day}
                name={dayName(day)}
                text={week[day] ?? ''}
                onChange={(text) => setWeek(week.map((one, i) => (i === day ? text : one)))}
              />
            ))}
          </div>
          {wrongIn('week') !== undefined && <p className={settings.wrong}>{wrongIn('week')}</p>}
          <p className={settings.help}>{t('tickets.exceptionsHelp')}</p>
          <ul className={styles.exceptions}>
            {unlike.map(({ day, text }, index) => (
              <li key={index}>
                <TextInput
                  type="date"
                  aria-label={t('tickets.exceptionDay')}
                  value={day}
                  onChange={(event) => {
                    const value = event.currentTarget.value
                    setUnlike(unlike.map((one, i) => (i === index ? { ...one, day: value } : one)))
                  }}
                />
                <HoursInput
                  label={t('tickets.exceptionHours')}
                  text={text}
                  onChange={(value) => setUnlike(unlike.map((one, i) => (i === index ? { ...one, text: value } : one)))}
                />
                <Button variant="subtle" color="gray" onClick={() => setUnlike(unlike.filter((_, i) => i !== index))}>
                  {t('tickets.removeStep')}
                </Button>
              </li>
            ))}
          </ul>
          <div>
            <Button variant="subtle" onClick={() => setUnlike([...unlike, { day: '', text: '' }])}>
              {t('tickets.addException')}
            </Button>
          </div>
        </>
      )}
      <FormButtons does={t('common.save')} disabled={!around && isWrong} />
    </form>
  )
}

function DayHours({ name, text, onChange }: { name: string; text: string; onChange: (text: string) => void }) {
  return (
    <>
      <span>{name}</span>
      <HoursInput label={name} text={text} onChange={onChange} />
    </>
  )
}

function HoursInput({ label, text, onChange }: { label: string; text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation()
  return (
    <TextInput
      aria-label={label}
      placeholder={t('tickets.dayOff')}
      value={text}
      error={parseBlocks(text) === null ? t('tickets.hoursUnread') : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
