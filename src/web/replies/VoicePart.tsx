import { MultiSelect, Select } from '@mantine/core'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Voice } from '../../serve/api/shapes/voice.ts'
import { get, send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { useFormat } from '../parts/format.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { languages } from '../parts/languages.ts'
import { ListInput } from '../parts/ListInput.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import own from './Replies.module.css'

function voiceQuery(project: number) {
  return queryOptions({
    queryKey: ['project', project, 'reply-voice'],
    queryFn: ({ signal }) => get<Voice>(`/projects/${project}/reply-voice`, { signal }),
  })
}

/** How the client speaks and is called, so that nobody answers in another client's name. */
export function VoicePart() {
  const { t } = useTranslation()
  const voice = useQuery(voiceQuery(useProject().id))
  return (
    <section className={`${styles.wide} ${own.apart}`}>
      <h2>{t('voice.title')}</h2>
      <p className={styles.help}>{t('voice.help')}</p>
      <Answer of={voice} rows={3}>
        {(kept) => <VoiceForm kept={kept} />}
      </Answer>
    </section>
  )
}

function VoiceForm({ kept }: { kept: Voice }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const [voice, setVoice] = useState(kept)
  const { sending, onSubmit } = useSaving(t('voice.notSaved'))
  const set = (change: Partial<Voice>) => setVoice({ ...voice, ...change })
  return (
    <form
      className={styles.form}
      onSubmit={onSubmit(async () => {
        const saved = await send<Voice>('PUT', `/projects/${project.id}/reply-voice`, voice)
        client.setQueryData(voiceQuery(project.id).queryKey, saved)
        tell(t('voice.saved'))
      })}
    >
      <ListInput
        label={t('voice.names')}
        placeholder={t('voice.namesLike')}
        values={voice.names}
        onChange={(names) => set({ names })}
      />
      <ListInput
        label={t('voice.banned')}
        placeholder={t('voice.bannedLike')}
        values={voice.banned}
        onChange={(banned) => set({ banned })}
      />
      <Select
        label={t('voice.address')}
        data={(['formal', 'informal'] as const).map((value) => ({ value, label: t(`voice.address_${value}`) }))}
        value={voice.address}
        placeholder={t('voice.anyAddress')}
        clearable
        onChange={(address) => set({ address: address as Voice['address'] })}
      />
      <MultiSelect
        label={t('voice.languages')}
        description={t('voice.languagesHelp')}
        data={[...new Set([...languages, ...voice.languages])].map((code) => ({
          value: code,
          label: f.language(code),
        }))}
        value={voice.languages}
        placeholder={voice.languages.length === 0 ? t('voice.anyLanguage') : ''}
        searchable
        clearable
        onChange={(chosen) => set({ languages: chosen })}
      />
      <FormButtons does={t('common.save')} sending={sending} />
    </form>
  )
}
