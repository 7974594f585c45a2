import { useTranslation } from 'react-i18next'
import { Page } from '../parts/Page.tsx'

export function SettingsScreen() {
  const { t } = useTranslation()
  return <Page title={t('sections.settings')}>{null}</Page>
}
