import { useTranslation } from 'react-i18next'
import { Icon } from '../look/icons.tsx'

/** Leads to a reply where it stands at its platform. */
export function OpenThere({ url }: { url: string }) {
  const { t } = useTranslation()
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={t('replies.openThere')}
      aria-label={t('replies.openThere')}
    >
      <Icon name="out" size={14} />
    </a>
  )
}
