import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { PlatformMark } from '../look/icons.tsx'
import { Chooser } from '../parts/Chooser.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import type { AuthorActions } from './actions.ts'
import { calledQuery, fewestLetters } from './queries.ts'

/** An account that nothing points at, joined because a person knows better; looked for by name. */
export function JoinSheet({
  card: { accounts },
  actions,
  open,
  onClose,
}: {
  card: AuthorCard
  actions: AuthorActions
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 150)
  const found = useQuery(calledQuery(project.id, asked))
  const others = (found.data ?? []).filter(({ id }) => !accounts.some((account) => account.id === id))
  return (
    <Sheet open={open} title={t('author.joinOther')} side="middle" bare onClose={onClose}>
      <Chooser
        label={t('author.joinFind')}
        onType={setTyped}
        options={[]}
        more={others.map((account) => ({
          value: account.id,
          label: [account.name, account.handle].filter(Boolean).join(' · ') || account.id,
          mark: <PlatformMark platform={account.platform} size={14} />,
          count: account.mentions,
        }))}
        empty={
          asked.length < fewestLetters
            ? t('author.joinBegin')
            : found.isPending
              ? t('states.loading')
              : t('author.joinNobody')
        }
        onChoose={(value) => {
          const account = others.find(({ id }) => id === value)
          if (account !== undefined) void actions.join({ account })
          onClose()
        }}
      />
    </Sheet>
  )
}
