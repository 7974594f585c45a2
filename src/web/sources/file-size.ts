import { useTranslation } from 'react-i18next'
import { useFormat } from '../parts/format.ts'

/** Bytes as people say them: 3.4 MB. */
export function useFileSize(): (bytes: number) => string {
  const { t } = useTranslation()
  const f = useFormat()
  return (bytes) => {
    if (bytes < 1000) return t('sources.bytes', { count: bytes })
    return bytes < 1_000_000
      ? t('sources.kilobytes', { shown: f.number(bytes / 1000) })
      : t('sources.megabytes', { shown: f.number(bytes / 1_000_000) })
  }
}
