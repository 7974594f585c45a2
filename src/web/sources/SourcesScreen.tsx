import { useTranslation } from 'react-i18next'
import { Page } from '../parts/Page.tsx'

export function SourcesScreen() {
  const { t } = useTranslation()
  return <Page title={t('sections.sources')}>{null}</Page>
}
