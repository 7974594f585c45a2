import { Checkbox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { send } from '../api/client.ts'
import { tellFailure } from '../parts/notices.ts'
import { ownCareQuery } from './queries.ts'

/** How one wants to be spared oneself: nobody else sees it. */
export function OwnCarePart() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const own = useQuery(ownCareQuery).data
  const choose = async (blurImages: boolean) => {
    const before = client.getQueryData(ownCareQuery.queryKey)
    client.setQueryData(ownCareQuery.queryKey, { blurImages })
    try {
      await send('PUT', '/me/care', { blurImages })
    } catch (error) {
      client.setQueryData(ownCareQuery.queryKey, before)
      tellFailure(t('care.notSaved'), error)
    }
  }
  return (
    <Checkbox
      label={t('care.blurImages')}
      description={t('care.blurImagesHelp')}
      checked={own?.blurImages ?? false}
      disabled={own === undefined}
      onChange={(event) => void choose(event.currentTarget.checked)}
    />
  )
}
