import { Button, NumberInput, Select } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyWindows as Windows } from '../../serve/api/shapes/clock.ts'
import { get, send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { platformName, platforms } from '../parts/names.ts'
import { offerUndo } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { useSaving } from '../parts/saving.ts'
import settings from '../settings/Settings.module.css'
import desk from './Desk.module.css'
import { lengthOf } from './left.ts'

type Window = Windows['windows'][number]

function windowsQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-windows'],
    queryFn: async ({ signal }) => (await get<Windows>(`/projects/${project}/reply-windows`, { signal })).windows,
  })
}

/** How long platforms take a reply: a clock that nobody here sets. */
export function ReplyWindows() {
  const { t, i18n } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const windows = useQuery(windowsQuery(project.id))
  const { sending, save, onSubmit } = useSaving(t('tickets.setupNotSaved'))
  const [platform, setPlatform] = useState<string | null>(null)
  const [hours, setHours] = useState<number>(24)
  const put = async (changed: Window[]) => {
    const saved = await send<Windows>('PUT', `/projects/${project.id}/reply-windows`, { windows: changed })
    client.setQueryData(windowsQuery(project.id).queryKey, saved.windows)
  }
  return (
    <section className={settings.wide}>
      <h2>{t('tickets.windows')}</h2>
      <p className={settings.help}>{t('tickets.windowsHelp')}</p>
      <Answer of={windows} rows={2}>
        {(items) => (
          <>
            <ul className={settings.rows}>
              {items.map((window) => (
                <li key={window.platform} className={desk.row}>
                  <span className={desk.words}>
                    <bdi className={settings.name}>{platformName(t, window.platform)}</bdi>
                    <span className={settings.help}>{lengthOf(window.minutes * 60_000, i18n.language)}</span>
                  </span>
                  <Button
                    variant="subtle"
                    color="gray"
                    onClick={() =>
                      void save(async () => {
                        await put(items.filter((one) => one !== window))
                        offerUndo(t('tickets.windowGone', { platform: platformName(t, window.platform) }), () =>
                          save(() => put(items)),
                        )
                      })
                    }
                  >
                    {t('tickets.retire')}
                  </Button>
                </li>
              ))}
            </ul>
            <form
              className={settings.form}
              onSubmit={onSubmit(async () => {
                if (platform === null) return
                const minutes = Math.round(hours * 60)
                await put([...items.filter((one) => one.platform !== platform), { platform, minutes }])
                setPlatform(null)
              })}
            >
              <Select
                label={t('tickets.windowPlatform')}
                searchable
                data={platforms.map((value) => ({ value, label: platformName(t, value) }))}
                value={platform}
                onChange={setPlatform}
              />
              <NumberInput
                label={t('tickets.windowHours')}
                min={0.5}
                max={8784}
                step={1}
                value={hours}
                onChange={(value) => setHours(Number(value))}
              />
              <FormButtons
                does={t('tickets.addWindow')}
                sending={sending}
                disabled={platform === null || hours < 0.5}
              />
            </form>
          </>
        )}
      </Answer>
    </section>
  )
}
