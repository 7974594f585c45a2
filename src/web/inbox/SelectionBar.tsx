import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { Icon } from '../look/icons.tsx'
import type { MentionActions } from './actions.ts'
import type { AskedFor } from './asked-for.ts'
import { Tonality } from './Tonality.tsx'
import styles from './SelectionBar.module.css'

/** The same actions for many. */
export function SelectionBar({
  mentions,
  actions,
  onAsk,
  onAll,
  onNone,
}: {
  mentions: readonly Mention[]
  actions: MentionActions
  onAsk: (what: AskedFor) => void
  onAll: () => void
  onNone: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('inbox.selected', { count: mentions.length })}>
      <strong className={styles.count}>{t('inbox.selected', { count: mentions.length })}</strong>
      <Button leftSection={<Icon name="check" />} onClick={() => void actions.setRead(mentions, true).then(onNone)}>
        {t('inbox.done')}
      </Button>
      <Button leftSection={<Icon name="ticket" />} onClick={() => void actions.openTicket(mentions).then(onNone)}>
        {t('inbox.ticket')}
      </Button>
      <Button leftSection={<Icon name="person" />} onClick={() => onAsk('member')}>
        {t('inbox.assign')}
      </Button>
      <Tonality mentions={mentions} actions={actions} />
      <Button leftSection={<Icon name="steps" />} onClick={() => onAsk('stage')}>
        {t('inbox.stage')}
      </Button>
      <Button leftSection={<Icon name="globe" />} onClick={() => onAsk('place')}>
        {t('understood.place')}
      </Button>
      <Button leftSection={<Icon name="folder" />} onClick={() => onAsk('category')}>
        {t('understood.category')}
      </Button>
      <Button leftSection={<Icon name="tag" />} onClick={() => onAsk('tag')}>
        {t('inbox.tag')}
      </Button>
      <Button leftSection={<Icon name="star" />} onClick={() => void actions.setImportant(mentions, true)}>
        {t('inbox.isImportant')}
      </Button>
      <Button variant="subtle" onClick={onAll}>
        {t('inbox.selectAll')}
      </Button>
      <Button variant="subtle" onClick={onNone}>
        {t('inbox.unselect')}
      </Button>
    </div>
  )
}
