import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { useProject } from '../api/queries.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Chooser } from '../parts/Chooser.tsx'
import { mayManage } from '../parts/roles.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { categoriesQuery } from '../settings/queries.ts'
import type { Categorise } from './categorise.ts'

/** Which of the project's own categories these mentions have, open while there are any. */
export function CategorySheet({
  targets,
  categorise,
  onClose,
}: {
  targets: readonly Mention[]
  categorise: Categorise
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const isOpen = targets.length > 0
  const sets = useQuery({ ...categoriesQuery(project.id), enabled: isOpen })
  return (
    <Sheet open={isOpen} title={t('understood.category')} side="middle" bare onClose={onClose}>
      <Answer of={sets} rows={3}>
        {(all) => {
          if (all.length === 0) return <NoSets manages={mayManage(project.role)} />
          const choices = all.flatMap((set) => [
            ...set.categories.map(({ id, name }) => ({ set, category: id as number | null, name })),
            ...(set.categories.some(({ name }) => targets.some(({ categories }) => categories.includes(name)))
              ? [{ set, category: null, name: t('understood.categoryBack') }]
              : []),
          ])
          const options = choices.map(({ set, name }, index) => ({
            value: String(index),
            label: name,
            ...(all.length > 1 ? { hint: set.name } : {}),
          }))
          const onAll = options.filter(
            (_, index) =>
              choices[index]?.category !== null &&
              targets.every(({ categories }) => categories.includes(choices[index]?.name ?? '')),
          )
          return (
            <Chooser
              label={t('understood.chooseCategory')}
              options={options}
              chosen={onAll.map(({ value }) => value)}
              onChoose={(value) => {
                const choice = choices[Number(value)]
                if (choice !== undefined) void categorise(targets, choice.set, choice.category)
                onClose()
              }}
            />
          )
        }}
      </Answer>
    </Sheet>
  )
}

function NoSets({ manages }: { manages: boolean }) {
  const { t } = useTranslation()
  const params = { project: String(useProject().id) }
  return (
    <Empty
      says={t('categories.none')}
      {...(manages
        ? {
            next: (
              <ButtonLink
                variant="filled"
                to="/projects/$project/settings"
                params={params}
                search={{ part: 'categories' }}
              >
                {t('categories.newSet')}
              </ButtonLink>
            ),
          }
        : {})}
    >
      {t(manages ? 'understood.noCategorySets' : 'understood.noCategorySetsAsk')}
    </Empty>
  )
}
