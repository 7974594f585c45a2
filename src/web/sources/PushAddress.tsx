import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { addressQuery } from './queries.ts'
import styles from './Sources.module.css'

/** Where a program of the team posts what people said, the secret it signs with, and lines to try it. */
export function PushAddress({ source }: { source: number }) {
  const { t } = useTranslation()
  const address = useQuery(addressQuery(useProject().id, source))
  return (
    <div className={styles.address}>
      <p>{t('sources.addressHelp')}</p>
      <Answer of={address} rows={3}>
        {(known) =>
          known !== null && (
            <>
              <Copied title={t('sources.address')} text={known.url} />
              <Copied title={t('sources.addressSecret')} text={known.secret} />
              <Copied title={t('sources.addressTry')} text={known.curl} />
            </>
          )
        }
      </Answer>
    </div>
  )
}

function Copied({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation()
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => tell(t('chart.copied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  return (
    <section>
      <h3>{title}</h3>
      <pre dir="ltr">{text}</pre>
      <Button leftSection={<Icon name="copy" />} onClick={() => void copy()}>
        {t('settings.copy')}
      </Button>
    </section>
  )
}
