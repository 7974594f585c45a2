import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { stages } from '../parts/codes.ts'
import { Sheet } from '../parts/Sheet.tsx'
import type { MentionActions } from './actions.ts'

// No stage is called like this.
const none = ''

/** Where the person who wrote stands in the cycle of a consumer, open while there are any mentions. */
export function StageSheet({
  targets,
  actions,
  onClose,
}: {
  targets: readonly Mention[]
  actions: MentionActions
  onClose: () => void
}) {
  const { t } = useTranslation()
  const common = stages.find((stage) => targets.every((mention) => mention.stage === stage))
  return (
    <Sheet open={targets.length > 0} title={t('inbox.stage')} side="middle" bare onClose={onClose}>
      <Chooser
        label={t('inbox.chooseStage')}
        options={[
          ...stages.map((stage) => ({ value: stage, label: t(`stages.${stage}`) })),
          ...(targets.some(({ corrected }) => corrected.includes('stage'))
            ? [{ value: none, label: t('inbox.correctionBack') }]
            : []),
        ]}
        chosen={common === undefined ? [] : [common]}
        onChoose={(value) => {
          void actions.judge(targets, { field: 'stage', value: stages.find((stage) => stage === value) ?? null })
          onClose()
        }}
      />
    </Sheet>
  )
}
