import { useTranslation } from 'react-i18next'
import { Page } from '../parts/Page.tsx'

export function TicketScreen() {
  const { t } = useTranslation()
  return <Page title={t('sections.tickets')}>{null}</Page>
}
