import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../serve/api/shapes/source.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Sheet } from '../parts/Sheet.tsx'
import styles from './Catalogue.module.css'
import { catalogueQuery, sourcesQuery } from './queries.ts'

/** Keys that ran out are entered anew; those that are left empty stay as they are. */
export function NewKeys({ source, open, onClose }: { source: Source; open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const catalogue = useQuery({ ...catalogueQuery, enabled: open })
  const [secrets, setSecrets] = useState<{ [name: string]: string }>({})
  const fields = (catalogue.data ?? [])
    .filter(({ platform }) => platform === source.platform)
    .flatMap((entry) => entry.fields.filter(({ secret }) => secret))
  const given = Object.entries(secrets).filter(([, value]) => value.trim() !== '')
  const keep = useMutation({
    mutationFn: () =>
      send<Source>('PATCH', `/projects/${project.id}/sources/${source.id}`, { secrets: Object.fromEntries(given) }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: sourcesQuery(project.id).queryKey })
      tell(t('sources.newKeysKept', { name: source.name }))
      setSecrets({})
      onClose()
    },
    onError: (error) => tellFailure(t('sources.newKeysNotKept'), error),
  })
  return (
    <Sheet open={open} title={t('sources.newKeys')} onClose={onClose}>
      <form
        className={styles.step}
        onSubmit={(event) => {
          event.preventDefault()
          keep.mutate()
        }}
      >
        {fields.map((field) => (
          <PasswordInput
            key={field.name}
            label={field.label}
            description={field.help}
            placeholder={field.example}
            value={secrets[field.name] ?? ''}
            autoComplete="off"
            onChange={(event) => setSecrets({ ...secrets, [field.name]: event.currentTarget.value })}
          />
        ))}
        <div className={styles.go}>
          <Button type="submit" size="sm" variant="filled" loading={keep.isPending} disabled={given.length === 0}>
            {t('sources.newKeysSave')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
