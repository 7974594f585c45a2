import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HelpPost } from '../../serve/api/shapes/help.ts'
import { useProject } from '../api/queries.ts'
import { Chooser } from '../parts/Chooser.tsx'
import { useFormat } from '../parts/format.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { Answer } from '../parts/states.tsx'
import settingsStyles from '../settings/Settings.module.css'
import { useHelpActions } from './actions.ts'
import styles from './Help.module.css'
import { similarTopicsQuery } from './queries.ts'

export type Choosing = { what: 'reject' | 'merge' | 'status'; post: HelpPost }

const statuses = ['open', 'planned', 'solved', 'declined'] as const
const reasons = ['advert', 'rude', 'private', 'offTopic', 'unclear'] as const

/** What is asked before a post is turned down, merged or given a status. */
export function HelpSheet({ choosing, onClose }: { choosing: Choosing | null; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet
      open={choosing !== null}
      side="middle"
      bare={choosing?.what === 'status'}
      onClose={onClose}
      title={choosing === null ? '' : t(`help.sheet_${choosing.what}`)}
    >
      {choosing?.what === 'reject' && <Rejecting post={choosing.post} onDone={onClose} />}
      {choosing?.what === 'merge' && <Merging post={choosing.post} onDone={onClose} />}
      {choosing?.what === 'status' && <Deciding post={choosing.post} onDone={onClose} />}
    </Sheet>
  )
}

function Rejecting({ post, onDone }: { post: HelpPost; onDone: () => void }) {
  const { t } = useTranslation()
  const actions = useHelpActions()
  const [reason, setReason] = useState('')
  const reject = () => {
    void actions.reject(post, reason.trim())
    onDone()
  }
  return (
    <form
      className={settingsStyles.sheetForm}
      onSubmit={(event) => {
        event.preventDefault()
        reject()
      }}
    >
      <div className={styles.reasons}>
        {reasons.map((name) => (
          <Button key={name} size="compact-sm" onClick={() => setReason(t(`help.reason_${name}`))}>
            {t(`help.reasonName_${name}`)}
          </Button>
        ))}
      </div>
      <Textarea
        label={t('help.reason')}
        description={t('help.reasonHelp')}
        value={reason}
        data-autofocus
        autosize
        minRows={2}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && reason.trim() !== '') reject()
        }}
      />
      <div className={settingsStyles.buttons}>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button type="submit" variant="filled" disabled={reason.trim() === ''}>
          {t(post.state === 'held' ? 'help.reject' : 'help.takeDown')}
        </Button>
      </div>
    </form>
  )
}

/** The nearest first, each with the words that both have. */
function Merging({ post, onDone }: { post: HelpPost; onDone: () => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const actions = useHelpActions()
  const similar = useQuery(similarTopicsQuery(useProject().id, post.id))
  return (
    <>
      <p className={settingsStyles.help}>{t('help.mergeHelp')}</p>
      <Answer of={similar} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.none}>{t('help.nothingSimilar')}</p>
          ) : (
            <ul className={styles.similar}>
              {items.map((item, place) => (
                <li key={item.id}>
                  <strong dir="auto">{item.title}</strong>
                  <p className={styles.excerpt} dir="auto">
                    {item.excerpt}
                  </p>
                  <p className={styles.facts}>
                    <span>{t('help.votes', { count: item.votes, shown: f.number(item.votes) })}</span>
                    <span>{t('knowledge.why', { words: f.list(item.words.slice(0, 6)) })}</span>
                    <Button
                      size="compact-sm"
                      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it comes after the sheet was opened to choose one
                      autoFocus={place === 0}
                      onClick={() => {
                        void actions.merge(post, item)
                        onDone()
                      }}
                    >
                      {t('help.mergeInto')}
                    </Button>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </>
  )
}

function Deciding({ post, onDone }: { post: HelpPost; onDone: () => void }) {
  const { t } = useTranslation()
  const actions = useHelpActions()
  return (
    <Chooser
      label={t('help.setStatus')}
      options={statuses.map((value) => ({
        value,
        label: t(`help.status_${value}`),
        hint: t(`help.means_${value}`),
      }))}
      chosen={[post.status]}
      onChoose={(value) => {
        const status = statuses.find((known) => known === value)
        if (status !== undefined) void actions.setStatus(post, status)
        onDone()
      }}
    />
  )
}
