import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Catalogue.module.css'
import { editions, presetAddress, presets, type Preset } from './ready-address.ts'
import own from './Sources.module.css'

/** Feeds of searches that people would otherwise have to put together by hand, with what their owners allow. */
export function FeedPresets({ onAddress }: { onAddress: (address: string) => void }) {
  const { t, i18n } = useTranslation()
  const [preset, setPreset] = useState<Preset | null>(null)
  const [words, setWords] = useState('')
  const [edition, setEdition] = useState<string>(i18n.language.startsWith('ru') ? 'ru-RU' : 'en-US')
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' })
  const take = (next: { preset?: Preset; words?: string; edition?: string }) => {
    const now = { preset, words, edition, ...next }
    setPreset(now.preset)
    setWords(now.words)
    setEdition(now.edition)
    const address = now.preset === null ? null : presetAddress(now.preset, now)
    if (address !== null) onAddress(address)
  }
  return (
    <div className={styles.ready}>
      <Select
        label={t('sources.preset')}
        placeholder={t('sources.presetNone')}
        data={presets.map((value) => ({ value, label: t(`sources.preset_${value}`) }))}
        value={preset}
        allowDeselect={false}
        onChange={(value) => {
          const known = presets.find((one) => one === value)
          if (known) take({ preset: known })
        }}
      />
      {preset !== null && (
        <>
          <TextInput
            label={t(`sources.presetWords_${preset}`)}
            value={words}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => take({ words: event.currentTarget.value })}
          />
          {preset === 'google-news' && (
            <Select
              label={t('sources.presetEdition')}
              data={editions.map((value) => ({ value, label: languages.of(value) ?? value }))}
              value={edition}
              allowDeselect={false}
              onChange={(value) => value !== null && take({ edition: value })}
            />
          )}
          <p className={own.quiet}>{t(preset === 'google-news' ? 'sources.termsGoogleNews' : 'sources.termsReddit')}</p>
        </>
      )}
    </div>
  )
}
