import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategorySet } from '../../serve/api/shapes/category.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { mayManage } from '../parts/roles.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { CategoryFigures } from './CategoryFigures.tsx'
import { CategoryForm } from './CategoryForm.tsx'
import { CategoryQueue } from './CategoryQueue.tsx'
import { categoriesQuery } from './queries.ts'
import styles from './Settings.module.css'

/** Categories of the project's own: made here, labelled in the queue, and measured where everybody sees it. */
export function CategoriesPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const sets = useQuery(categoriesQuery(project.id))
  const [edited, setEdited] = useState<CategorySet | 'new' | null>(null)
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
  const add = (
    <Button variant="filled" leftSection={<Icon name="plus" />} onClick={() => setEdited('new')}>
      {t('categories.newSet')}
    </Button>
  )
  const saved = () => {
    setEdited(null)
    tell(t('categories.saved'))
    void refresh()
  }
  return (
    <section className={styles.wide}>
      <div className={styles.sectionHead}>
        <p className={styles.help}>{t('categories.help')}</p>
        {manages && edited === null && sets.data !== undefined && sets.data.length > 0 && add}
      </div>
      {edited !== null && (
        <CategoryForm
          key={edited === 'new' ? 0 : edited.id}
          set={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={saved}
        />
      )}
      <Answer of={sets} rows={3}>
        {(items) =>
          items.length === 0 ? (
            edited === null && (
              <Empty says={t('categories.none')} {...(manages ? { next: add } : {})}>
                {t('categories.noneWords')}
              </Empty>
            )
          ) : (
            <>
              {items.map((set) => (
                <CategoryFigures key={set.id} set={set}>
                  <Button onClick={() => setLabelled(set.id)}>{t('categories.label')}</Button>
                  {manages && (
                    <>
                      <Button variant="subtle" onClick={() => setEdited(set)}>
                        {t('categories.change')}
                      </Button>
                      <Button variant="subtle" color="gray" onClick={() => setLeaving(set)}>
                        {t('categories.remove')}
                      </Button>
                    </>
                  )}
                </CategoryFigures>
              ))}
            </>
          )
        }
      </Answer>
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
  const [sending, setSending] = useState(false)
  const remove = async () => {
    setSending(true)
    try {
      await send('DELETE', `/projects/${project.id}/category-sets/${set.id}`)
      tell(t('categories.removed', { name: set.name }))
      onRemoved()
    } catch (error) {
      setSending(false)
      tellFailure(t('categories.notRemoved'), error)
    }
  }
  return (
    <Sheet open title={t('categories.removeSure', { name: set.name })} onClose={onClose} side="middle">
      <div className={styles.sheetForm}>
        <p className={styles.help}>{t('categories.removeWords', { shown: f.number(set.labels) })}</p>
        <div className={styles.buttons}>
          <Button onClick={onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button variant="filled" color="red" loading={sending} onClick={() => void remove()}>
            {t('categories.remove')}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
