import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { MemberChooser } from '../tickets/ChoiceSheet.tsx'
import type { MentionActions } from './actions.ts'

/** Whose work these mentions become, open while there are any. */
export function AssignSheet({
  targets,
  actions,
  onClose,
}: {
  targets: readonly Mention[]
  actions: MentionActions
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Sheet open={targets.length > 0} title={t('inbox.assign')} side="middle" bare onClose={onClose}>
      <MemberChooser
        chosen={null}
        onChoose={(member) => {
          void actions.assign(targets, member)
          onClose()
        }}
      />
    </Sheet>
  )
}
