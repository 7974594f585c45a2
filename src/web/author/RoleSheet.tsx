import { useTranslation } from 'react-i18next'
import type { AuthorCard } from '../../serve/api/shapes/author.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { useFormat } from '../parts/format.ts'
import { Sheet } from '../parts/Sheet.tsx'
import type { AuthorActions } from './actions.ts'
import { authorRoles, roleName } from './words.ts'

// No role is called like this.
const none = ''

/** A person's word on what the author is. */
export function RoleSheet({
  card: { role },
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
  const f = useFormat()
  return (
    <Sheet open={open} title={t('author.setRole')} side="middle" bare onClose={onClose}>
      <Chooser
        label={t('author.roleChoose')}
        options={[
          ...authorRoles.map((value) => ({
            value,
            label: roleName(t, value),
            hint: t('author.points', { count: role.points[value] ?? 0, shown: f.number(role.points[value] ?? 0) }),
          })),
          ...(role.set === null ? [] : [{ value: none, label: t('author.roleBack') }]),
        ]}
        chosen={role.set === null ? [] : [role.set.role]}
        onChoose={(value) => {
          void actions.setRole(authorRoles.find((known) => known === value) ?? null)
          onClose()
        }}
      />
    </Sheet>
  )
}
