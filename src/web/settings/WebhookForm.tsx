import { MultiSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kind, NewWebhook, Webhook } from '../../serve/api/shapes/webhook.ts'
import { send } from '../api/client.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { KindsField } from './KindsField.tsx'
import styles from './Settings.module.css'

const usual: Kind[] = ['ticket.opened', 'ticket.changed', 'ticket.solved', 'reply.sent', 'promise.missed']
const ofTopics: readonly Kind[] = ['mention.arrived', 'spike.volume', 'spike.negative']

/** A new webhook, which answers with its secret, or another address and other kinds for an old one. */
export function WebhookForm({
  webhook,
  kinds: offered,
  onClose,
  onSaved,
}: {
  webhook: Webhook | null
  /** What a program may be told. */
  kinds: readonly Kind[]
  onClose: () => void
  onSaved: (made: NewWebhook | null) => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const topics = useTopics(project.id)
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [kinds, setKinds] = useState<Kind[]>(webhook?.kinds ?? usual)
  const [chosen, setChosen] = useState((webhook?.topics ?? []).map(String))
  const { sending, wrongIn, onSubmit } = useSaving(t('webhooks.notSaved'))
  const save = async () => {
    const input = { name: name.trim(), url: url.trim(), kinds, topics: chosen.map(Number) }
    const at = `/projects/${project.id}/webhooks`
    if (webhook === null) return onSaved(await send<NewWebhook>('POST', at, input))
    await send<Webhook>('PATCH', `${at}/${webhook.id}`, input)
    tell(t('webhooks.saved'))
    onSaved(null)
  }
  const isComplete = name.trim() !== '' && url.trim() !== '' && kinds.length > 0
  return (
    <form className={styles.inline} onSubmit={onSubmit(save)}>
      <TextInput
        label={t('webhooks.name')}
        placeholder={t('webhooks.namePlace')}
        value={name}
        required
        withAsterisk={false}
        maxLength={80}
        autoComplete="off"
        error={wrongIn('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('webhooks.url')}
        description={t('webhooks.urlHelp')}
        placeholder="https://"
        type="url"
        value={url}
        required
        withAsterisk={false}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        error={wrongIn('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <KindsField
        label={t('webhooks.kinds')}
        offered={offered}
        value={kinds}
        error={kinds.length === 0 ? t('alarms.kindsNeeded') : wrongIn('kinds')}
        onChange={setKinds}
      />
      {kinds.some((kind) => ofTopics.includes(kind)) && (
        <MultiSelect
          label={t('webhooks.topics')}
          description={t('webhooks.topicsHelp')}
          data={(topics.data ?? []).map((topic) => ({ value: String(topic.id), label: topic.name }))}
          value={chosen}
          searchable
          clearable
          error={wrongIn('topics')}
          onChange={setChosen}
        />
      )}
      <FormButtons does={t('common.save')} sending={sending} disabled={!isComplete} onCancel={onClose} />
    </form>
  )
}
