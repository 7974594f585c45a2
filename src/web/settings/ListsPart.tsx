import { Button, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { List } from '../../serve/api/shapes/topic.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell, tellFailure } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { EditedRows } from './EditedRows.tsx'
import { listsQuery } from './queries.ts'
import styles from './Settings.module.css'

/** Queries kept under names, so that slang or spam words are written once for all topics. */
export function ListsPart() {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const lists = useQuery(listsQuery(project.id))
  const refresh = () => void client.invalidateQueries({ queryKey: listsQuery(project.id).queryKey })
  const remove = async (list: List) => {
    try {
      await send('DELETE', pathOf(project.id, list.name))
      tell(t('settings.listRemoved', { name: list.name }))
    } catch (error) {
      tellFailure(t('settings.listNotRemoved'), error)
    }
    refresh()
  }
  return (
    <section className={styles.wide}>
      <EditedRows
        of={lists}
        words={{
          help: t('settings.listsHelp'),
          add: t('settings.newList'),
          none: t('settings.noLists'),
          noneWords: t('settings.noListsWords'),
        }}
        form={(list, close) => (
          <ListForm
            list={list}
            onClose={close}
            onSaved={() => {
              close()
              tell(t('settings.listSaved'))
              refresh()
            }}
          />
        )}
      >
        {(items, edit) => (
          <ul className={styles.rows}>
            {items.map((list) => (
              <li key={list.name} className={styles.member}>
                <span className={styles.who}>
                  <code className={styles.name}>list:{list.name}</code>
                  <span className={styles.quiet}>
                    {list.users.length === 0
                      ? t('settings.listUnused')
                      : t('settings.listUsers', { users: list.users.join(', ') })}
                  </span>
                </span>
                <span className={styles.rowMenu}>
                  <Button variant="subtle" onClick={() => edit(list)}>
                    {t('settings.changeList')}
                  </Button>
                  {list.users.length === 0 && (
                    <Button variant="subtle" color="gray" onClick={() => void remove(list)}>
                      {t('settings.removeList')}
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </EditedRows>
    </section>
  )
}

function ListForm({ list, onClose, onSaved }: { list: List | null; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation()
  const project = useProject()
  const [name, setName] = useState(list?.name ?? '')
  const [query, setQuery] = useState(list?.query ?? '')
  const { sending, wrongIn, onSubmit } = useSaving(t('settings.listNotSaved'))
  const save = async () => {
    await send<List>('PUT', pathOf(project.id, name.trim()), { query })
    onSaved()
  }
  return (
    <form className={styles.inline} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('settings.listName')}
        placeholder={t('settings.listNamePlace')}
        value={name}
        required
        withAsterisk={false}
        maxLength={60}
        autoComplete="off"
        disabled={list !== null}
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('settings.listQuery')}
        placeholder={t('settings.listQueryPlace')}
        value={query}
        required
        withAsterisk={false}
        autosize
        minRows={3}
        maxRows={14}
        spellCheck={false}
        error={wrongIn('query')}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <FormButtons
        does={t('common.save')}
        sending={sending}
        disabled={name.trim() === '' || query.trim() === '' || (list !== null && query === list.query)}
        onCancel={onClose}
      />
    </form>
  )
}

function pathOf(project: number, name: string): string {
  return `/projects/${project}/lists/${encodeURIComponent(name)}`
}
