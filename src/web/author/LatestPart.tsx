import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { MentionLine } from '../inbox/MentionRow.tsx'
import { Part } from './Part.tsx'

/** What they wrote last; each opens in the inbox. */
export function LatestPart({ card: { latest } }: { card: AuthorCard }) {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  return latest.length === 0 ? null : (
    <Part title={t('author.latest')}>
      {latest.map((mention) => (
        <MentionLine
          key={mention.id}
          mention={mention}
          onOpen={({ id }) =>
            void navigate({
              to: '/projects/$project/inbox',
              params: { project: String(project.id) },
              search: { open: id, ...(mention.author === null ? {} : { author: mention.author.id }) },
            })
          }
        />
      ))}
    </Part>
  )
}
