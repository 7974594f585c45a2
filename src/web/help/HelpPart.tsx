import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelpState } from '../../serve/api/shapes/help.ts'
import { send } from '../api/client.ts'
import { useMe, useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import styles from '../settings/Settings.module.css'
import { helpQuery } from './queries.ts'

const moderations = ['all', 'first', 'none'] as const
const languages = ['ru', 'en'] as const

/** Whether the project has a public help page, where it stands, and who reads before everybody does. */
export function HelpPart() {
  const { t } = useTranslation()
  const state = useQuery(helpQuery(useProject().id))
  return (
    <section className={styles.wide}>
      <h2>{t('help.page')}</h2>
      <p className={styles.help}>{t('help.pageHelp')}</p>
      <Answer of={state} rows={4}>
        {({ page }) => <PageForm page={page} />}
      </Answer>
    </section>
  )
}

function PageForm({ page }: Pick<HelpState, 'page'>) {
  const { t } = useTranslation()
  const project = useProject()
  const { locale } = useMe().member
  const client = useQueryClient()
  const { sending, wrongIn, onSubmit } = useSaving(t('settings.notSaved'))
  const [typed, setTyped] = useState({
    slug: page?.slug ?? '',
    isOn: page?.isOn ?? false,
    isListed: page?.isListed ?? false,
    lang: page?.lang ?? locale,
    title: page?.title ?? project.name,
    intro: page?.intro ?? '',
    moderation: page?.moderation ?? ('first' as const),
  })
  const change = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }))
  const save = async () => {
    const saved = await send<HelpState>('PUT', `/projects/${project.id}/help`, typed)
    client.setQueryData(helpQuery(project.id).queryKey, saved)
    tell(t(saved.page?.isOn ? 'help.isOnNow' : 'settings.saved'))
  }
  return (
    <form className={styles.form} onSubmit={onSubmit(save)}>
      <Switch
        label={t('help.on')}
        description={t('help.onHelp')}
        checked={typed.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      <TextInput
        label={t('help.slug')}
        description={t('help.slugHelp', { address: `${window.location.origin}/help/${typed.slug || 'acme'}` })}
        value={typed.slug}
        required
        withAsterisk={false}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        error={wrongIn('slug')}
        onChange={(event) => change({ slug: event.currentTarget.value.toLowerCase().replace(/[^a-z0-9-]+/g, '-') })}
      />
      <TextInput
        label={t('help.title')}
        value={typed.title}
        required
        withAsterisk={false}
        maxLength={120}
        error={wrongIn('title')}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t('help.intro')}
        description={t('help.introHelp')}
        value={typed.intro}
        maxLength={500}
        autosize
        minRows={2}
        error={wrongIn('intro')}
        onChange={(event) => change({ intro: event.currentTarget.value })}
      />
      <Select
        label={t('help.language')}
        data={languages.map((value) => ({ value, label: t(`help.language_${value}`) }))}
        value={typed.lang}
        allowDeselect={false}
        onChange={(value) => change({ lang: value === 'ru' ? 'ru' : 'en' })}
      />
      <Select
        label={t('help.moderation')}
        description={t('help.moderationHelp')}
        data={moderations.map((value) => ({ value, label: t(`help.moderation_${value}`) }))}
        value={typed.moderation}
        allowDeselect={false}
        onChange={(value) => change({ moderation: moderations.find((one) => one === value) ?? 'first' })}
      />
      <Switch
        label={t('help.listed')}
        description={t('help.listedHelp')}
        checked={typed.isListed}
        onChange={(event) => change({ isListed: event.currentTarget.checked })}
      />
      <FormButtons does={t('common.save')} sending={sending} disabled={typed.slug === '' || typed.title.trim() === ''}>
        {page?.isOn && (
          <Button component="a" href={page.url} target="_blank" rel="noopener">
            {t('help.openPage')}
          </Button>
        )}
      </FormButtons>
    </form>
  )
}
