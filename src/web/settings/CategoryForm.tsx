import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategorySet, CategorySetChange, CategorySetInput } from '../../serve/api/shapes/category.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { useSaving } from '../parts/saving.ts'
import { matchLines } from './category-lines.ts'
import styles from './Settings.module.css'

/** A set by its name and its categories, one a line. */
export function CategoryForm({
  set,
  onClose,
  onSaved,
}: {
  set: CategorySet | null
  onClose: () => void
  onSaved: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const before = set?.categories.map(({ name }) => name).join('\n') ?? ''
  const [name, setName] = useState(set?.name ?? '')
  const [text, setText] = useState(before)
  const { sending, problem, onSubmit } = useSaving(t('categories.notSaved'))
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const save = async () => {
    const path = `/projects/${project.id}/category-sets`
    if (set === null) await send('POST', path, { name, categories: lines } satisfies CategorySetInput)
    else {
      const change: CategorySetChange = { name, categories: matchLines(set.categories, lines) }
      await send('PUT', `${path}/${set.id}`, change)
    }
    onSaved()
  }
  const wrongIn = (field: string) => (problem?.field?.startsWith(field) ? problem.message : undefined)
  return (
    <form className={styles.inline} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('categories.name')}
        placeholder={t('categories.namePlace')}
        value={name}
        required
        withAsterisk={false}
        maxLength={80}
        autoComplete="off"
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('categories.list')}
        description={t('categories.listHelp')}
        placeholder={t('categories.listPlace')}
        value={text}
        required
        withAsterisk={false}
        autosize
        minRows={4}
        maxRows={20}
        error={wrongIn('categories')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons
        does={t('common.save')}
        sending={sending}
        disabled={name.trim() === '' || lines.length < 2 || (set !== null && text === before && name === set.name)}
        onCancel={onClose}
      />
    </form>
  )
}
