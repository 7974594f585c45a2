import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { useFacets } from '../parts/facets.ts'
import { Sheet } from '../parts/Sheet.tsx'
import type { MentionActions } from './actions.ts'

/** Puts tags on mentions or takes them off, open while there are any. A tag is chosen when all of them have it. */
export function TagSheet({
  project,
  targets,
  actions,
  onClose,
}: {
  project: number
  targets: readonly Mention[]
  actions: MentionActions
  onClose: () => void
}) {
  const { t } = useTranslation()
  const isOpen = targets.length > 0
  const facets = useFacets(project, {}, isOpen)
  const everywhere = new Map((facets.data?.tag ?? []).map(({ value, count }) => [value, count]))
  for (const { tags } of targets) for (const tag of tags) if (!everywhere.has(tag)) everywhere.set(tag, 1)
  const onAll = [...everywhere.keys()].filter((tag) => targets.every(({ tags }) => tags.includes(tag)))
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
