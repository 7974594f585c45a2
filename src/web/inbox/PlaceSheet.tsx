import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import type { MentionActions } from './actions.ts'
import { countries } from './countries.ts'

// No country is called like this.
const none = ''

/** The country of these mentions as a person knows it, open while there are any. */
export function PlaceSheet({
  targets,
  actions,
  onClose,
}: {
  targets: readonly Mention[]
  actions: MentionActions
  onClose: () => void
}) {
  const { t, i18n } = useTranslation()
  const all = useMemo(() => countries(i18n.language), [i18n.language])
  const [first] = targets
  const common = targets.every(({ place }) => place?.country === first?.place?.country) ? first?.place?.country : null
  return (
    <Sheet open={targets.length > 0} title={t('understood.place')} side="middle" bare onClose={onClose}>
      <Chooser
        label={t('understood.choosePlace')}
        options={[
          ...(targets.some(({ corrected }) => corrected.includes('place'))
            ? [{ value: none, label: t('inbox.correctionBack') }]
            : []),
          ...all.map(({ code, name }) => ({ value: code, label: name, hint: code })),
        ]}
        chosen={common == null ? [] : [common]}
        onChoose={(value) => {
          void actions.judge(targets, { field: 'place', value: value === none ? null : value })
          onClose()
        }}
      />
    </Sheet>
  )
}
