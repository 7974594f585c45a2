import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { useFacets } from '../parts/facets.ts'
import { Sheet } from '../parts/Sheet.tsx'
import type { MentionActions } from './actions.ts'
import { mentionQuery } from './queries.ts'

/** Puts tags on the mentions it was opened for, or takes them off. A tag is chosen when all of them have it. */
export function TagSheet({
  project,
  ids,
  mentions,
  open,
  actions,
  onClose,
}: {
  project: number
  ids: readonly string[]
  mentions: readonly Mention[]
  open: string | null
  actions: MentionActions
  onClose: () => void
}) {
  const { t } = useTranslation()
  const isOpen = ids.length > 0
  const facets = useFacets(project, {}, isOpen)
  // A mention reached by a link may stand beside a list that does not hold it.
  const beside = useQuery({ ...mentionQuery(project, open ?? ''), enabled: open !== null }).data?.mention
  const inList = mentions.filter(({ id }) => ids.includes(id))
  const targets = inList.length === 0 && beside !== undefined && ids.includes(beside.id) ? [beside] : inList
  const everywhere = new Map((facets.data?.tag ?? []).map(({ value, count }) => [value, count]))
  for (const { tags } of targets) for (const tag of tags) if (!everywhere.has(tag)) everywhere.set(tag, 1)
  const onAll = [...everywhere.keys()].filter(
    (tag) => targets.length > 0 && targets.every(({ tags }) => tags.includes(tag)),
  )
  return (
    <Sheet open={isOpen} title={t('inbox.tag')} side="middle" bare onClose={onClose}>
      <Chooser
        label={t('inbox.chooseTag')}
        options={[...everywhere].map(([tag, count]) => ({ value: tag, label: tag, count }))}
        chosen={onAll}
        multiple
        onChoose={(tag) => void (onAll.includes(tag) ? actions.removeTag(targets, tag) : actions.addTag(targets, tag))}
        onCreate={(tag) => void actions.addTag(targets, tag)}
        createWords={(text) => t('inbox.createTag', { text })}
      />
    </Sheet>
  )
}
