import { useTranslation } from 'react-i18next'
import { Page } from '../parts/Page.tsx'

export function OverviewScreen() {
  const { t } = useTranslation()
  return <Page title={t('sections.overview')}>{null}</Page>
}
