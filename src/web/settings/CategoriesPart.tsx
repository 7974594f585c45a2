import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategorySet } from '../../serve/api/shapes/category.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { CategoryFigures } from './CategoryFigures.tsx'
import { CategoryForm } from './CategoryForm.tsx'
import { CategoryQueue } from './CategoryQueue.tsx'
import { EditedRows } from './EditedRows.tsx'
import { categoriesQuery } from './queries.ts'
import styles from './Settings.module.css'

/** Categories of the project's own: made here, labelled in the queue, and measured where everybody sees it. */
export function CategoriesPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const sets = useQuery(categoriesQuery(project.id))
  const [labelled, setLabelled] = useState<number | null>(null)
  const [leaving, setLeaving] = useState<CategorySet | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: categoriesQuery(project.id).queryKey })
  const open = sets.data?.find(({ id }) => id === labelled)
  if (open) {
    const close = () => {
      setLabelled(null)
      void refresh()
    }
    return <CategoryQueue set={open} onClose={close} />
  }

  const manages = mayManage(project.role)
  return (
    <section className={styles.wide}>
      <EditedRows
        of={sets}
        mayAdd={manages}
        words={{
          help: t('categories.help'),
          add: t('categories.newSet'),
          none: t('categories.none'),
          noneWords: t('categories.noneWords'),
        }}
        form={(set, close) => (
          <CategoryForm
            set={set}
            onClose={close}
            onSaved={() => {
              close()
              tell(t('categories.saved'))
              void refresh()
            }}
          />
        )}
      >
        {(items, edit) =>
          items.map((set) => (
            <CategoryFigures key={set.id} set={set}>
              <Button onClick={() => setLabelled(set.id)}>{t('categories.label')}</Button>
              {manages && (
                <>
                  <Button variant="subtle" onClick={() => edit(set)}>
                    {t('categories.change')}
                  </Button>
                  <Button variant="subtle" color="gray" onClick={() => setLeaving(set)}>
                    {t('categories.remove')}
                  </Button>
                </>
              )}
            </CategoryFigures>
          ))
        }
      </EditedRows>
      {leaving !== null && (
        <RemoveSet
          set={leaving}
          onClose={() => setLeaving(null)}
          onRemoved={() => {
            setLeaving(null)
            void refresh()
          }}
        />
      )}
    </section>
  )
}

function RemoveSet({ set, onClose, onRemoved }: { set: CategorySet; onClose: () => void; onRemoved: () => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const remove = async () => {
    try {
      await send('DELETE', `/projects/${project.id}/category-sets/${set.id}`)
      tell(t('categories.removed', { name: set.name }))
      onRemoved()
    } catch (error) {
      tellFailure(t('categories.notRemoved'), error)
    }
  }
  return (
    <Confirm
      open
      title={t('categories.removeSure', { name: set.name })}
      does={t('categories.remove')}
      onDo={remove}
      onClose={onClose}
    >
      {t('categories.removeWords', { shown: f.number(set.labels) })}
    </Confirm>
  )
}
