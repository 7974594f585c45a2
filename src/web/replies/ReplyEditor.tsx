import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { Reply, TicketReplies } from '../../serve/api/shapes/reply.ts'
import { send } from '../api/client.ts'
import { useMe, useProject } from '../api/queries.ts'
import { Suggestions } from '../knowledge/Suggestions.tsx'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { useFormat } from '../parts/format.ts'
import { platformName } from '../parts/names.ts'
import { tell } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx'
import { lengthIn } from './length.ts'
import { repliesQuery } from './queries.ts'
import { isOver, ReplyCard, rivalsOf } from './ReplyCard.tsx'
import styles from './Replies.module.css'
import { useDraft } from './use-draft.ts'
import { Warnings } from './Warnings.tsx'
import { Wording } from './Wording.tsx'

type Asked = {
  ticket: { id: number; status: string }
  /** What is answered. */
  mention: Mention
  /** The cursor goes into the box; `onReached` is called then. */
  asked?: boolean
  onReached?: () => void
}

/** The replies of a ticket that somebody has to look at, and a box for the next one. */
export function ReplyEditor(props: Asked) {
  const project = useProject()
  const replies = useQuery(repliesQuery(project.id, props.ticket.id))
  return (
    <Answer of={replies} rows={3}>
      {(data) => <Whole {...props} data={data} key={`${props.ticket.id} ${props.mention.id}`} />}
    </Answer>
  )
}

function Whole({ data, ...props }: Asked & { data: TicketReplies }) {
  const { t } = useTranslation()
  const { member } = useMe()
  const { ticket, mention } = props
  const mine = data.items.find(
    (reply) => reply.mention === mention.id && reply.writer?.id === member.id && writable.has(reply.state),
  )
  const others = data.items.filter(
    (reply) => reply !== mine && !isOver(reply) && (reply.state !== 'draft' || reply.text.trim() !== ''),
  )
  return (
    <section className={styles.replies} aria-label={t('replies.title')}>
      {others.map((reply) => (
        <ReplyCard key={reply.id} reply={reply} ticket={ticket.id} rivals={rivalsOf(reply, data.items)} />
      ))}
      {ticket.status !== 'closed' && <Box {...props} data={data} mine={mine ?? null} />}
    </section>
  )
}

const writable = new Set<Reply['state']>(['draft', 'approved', 'refused'])

function Box({
  ticket,
  mention,
  asked = false,
  onReached,
  data,
  mine,
}: Asked & { data: TicketReplies; mine: Reply | null }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const fitting = data.accounts.filter(({ platform }) => platform === mention.platform)
  const [chosen, choose] = useState(mine?.account?.id ?? fitting[0]?.id ?? null)
  const account = fitting.find(({ id }) => id === chosen) ?? null
  const draft = useDraft(project.id, ticket.id, mention.id, { kept: mine, account: account?.id ?? null })
  const [despite, setDespite] = useState<string | null>(null)
  const [sendAt, setSendAt] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  const seen = useRef<HTMLButtonElement>(null)
  const reach = useEffectEvent(() => {
    box.current?.focus()
    onReached?.()
  })
  useEffect(() => {
    if (asked) reach()
  }, [asked])

  const needsApproval = data.steps.length > 0 && mine?.state !== 'approved'
  const limit = account?.limit ?? null
  const used = limit === null ? null : lengthIn(limit.unit, draft.text)
  const open = draft.warnings.filter(({ blocks }) => !blocks)
  const blocked = draft.warnings.some(({ blocks }) => blocks)
  const signature = open.map(({ check, reason }) => check + reason).join()
  // A warning that comes up later was not read yet.
  const insists = open.length > 0 && despite === signature
  const hasRead = open.length === 0 || insists
  const names = open.map(({ check }) => check)
  const empty = draft.text.trim() === ''
  const path = (reply: Reply, rest: string) => `/projects/${project.id}/replies/${reply.id}${rest}`

  const go = async (failure: string, work: (saved: Reply) => Promise<Reply>, done: string) => {
    setBusy(true)
    if (await draft.act(failure, work)) {
      tell(done)
      setSendAt(null)
      setDespite(null)
    }
    setBusy(false)
  }
  const changed = (mine?.changes.length ?? 0) > 0
  const press = () => {
    if (changed) return seen.current?.focus()
    if (empty || blocked || busy) return
    if (needsApproval)
      return void go(
        t('replies.notSubmitted'),
        (saved) => send('POST', path(saved, '/submission'), { version: saved.version }),
        t('replies.submitted'),
      )
    if (!hasRead) return setDespite(signature)
    if (account === null) return void copyAndOpen()
    const at = sendAt === null || sendAt === '' ? null : new Date(sendAt).toISOString()
    void go(
      t('replies.notSent'),
      (saved) => send('POST', path(saved, '/sending'), { version: saved.version, sendAt: at, despite: names }),
      at === null ? t('replies.onItsWay') : t('replies.scheduledFor', { at: f.exact(at) }),
    )
  }
  const copyAndOpen = async () => {
    await navigator.clipboard.writeText(draft.text)
    if (mention.url !== null) window.open(mention.url, '_blank', 'noopener,noreferrer')
    tell(t('replies.copied'))
  }
  const posted = () =>
    void go(
      t('replies.notSent'),
      (saved) => send('POST', path(saved, '/posting'), { version: saved.version, url: null, despite: names }),
      t('replies.postedByHand'),
    )

  const insert = (text: string) => {
    draft.write([draft.text.trimEnd(), text].filter((part) => part !== '').join('\n\n'))
    // Whoever took it goes on writing.
    box.current?.focus()
  }

  return (
    <>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault()
          press()
        }}
      >
        <p className={styles.route}>
          <PlatformMark platform={mention.platform} size={14} />
          {account === null ? (
            <span>
              {data.automatic.includes(mention.platform)
                ? t('replies.noAccount', { platform: platformName(t, mention.platform) })
                : t('replies.byHand', { platform: platformName(t, mention.platform) })}
            </span>
          ) : (
            <>
              <span>{t('replies.from')}</span>
              {fitting.length > 1 ? (
                <select
                  value={account.id}
                  aria-label={t('replies.account')}
                  onChange={(event) => choose(Number(event.currentTarget.value))}
                >
                  {fitting.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              ) : (
                <bdi className={styles.name}>{account.name}</bdi>
              )}
            </>
          )}
          {mention.author !== null && (
            <>
              <span>{t('replies.to')}</span>
              <bdi className={styles.name}>
                {mention.author.name ?? mention.author.handle ?? t('author.unknownName')}
              </bdi>
            </>
          )}
        </p>
        {mine?.returned && (
          <p className={styles.returned}>
            <Icon name="reply" size={14} /> {t('replies.returnedBy', { name: mine.returned.member })}{' '}
            {mine.returned.comment !== null && <q>{mine.returned.comment}</q>}
          </p>
        )}
        {mine?.problem != null && <p className={styles.problem}>{mine.problem}</p>}
        {mine !== null && changed && (
          <ChangedMeanwhile reply={mine} ticket={ticket.id} button={seen} onSeen={() => box.current?.focus()} />
        )}
        <textarea
          ref={box}
          value={draft.text}
          dir="auto"
          rows={draft.text === '' ? 2 : Math.min(12, Math.max(3, draft.text.split('\n').length + 1))}
          maxLength={20_000}
          placeholder={t('replies.place')}
          aria-label={t('replies.name')}
          onChange={(event) => draft.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }
            if (event.key === 'Escape') {
              event.stopPropagation()
              event.currentTarget.blur()
            }
          }}
        />
        <Warnings warnings={empty ? [] : draft.warnings} asked={insists} />
        <div className={styles.foot}>
          <span className={styles.quiet} aria-live="polite">
            {limit !== null && used !== null && (
              <span className={styles.counter} data-over={used > limit.most || undefined}>
                {f.number(used)} / {f.number(limit.most)}
              </span>
            )}{' '}
            {draft.text !== '' && t(`replies.draft_${draft.state}`)}
          </span>
          <span className={styles.buttons}>
            {sendAt !== null && (
              <input
                type="datetime-local"
                value={sendAt}
                min={localNow()}
                aria-label={t('replies.when')}
                onChange={(event) => setSendAt(event.currentTarget.value)}
              />
            )}
            {account !== null && !needsApproval && (
              <Button variant="default" onClick={() => setSendAt(sendAt === null ? localNow(60) : null)}>
                {sendAt === null ? t('replies.later') : t('replies.atOnce')}
              </Button>
            )}
            {account === null && !needsApproval && (
              <Button variant="default" disabled={empty || busy || changed || !hasRead} onClick={posted}>
                {t('replies.iPosted')}
              </Button>
            )}
            <Button variant="filled" type="submit" disabled={empty || blocked || busy || changed}>
              {needsApproval
                ? t('replies.submit')
                : insists
                  ? t('replies.sendAnyway')
                  : account === null
                    ? t(mention.url === null ? 'replies.copy' : 'replies.copyAndOpen')
                    : sendAt === null
                      ? t('replies.send')
                      : t('replies.schedule')}
            </Button>
          </span>
        </div>
      </form>
      {data.model !== null && (
        <Wording model={data.model} mention={mention} text={draft.text} saved={draft.keep} onText={draft.write} />
      )}
      <Suggestions ticket={ticket.id} mention={mention.id} onInsert={insert} />
    </>
  )
}

/** A moment as the field for moments wants it, in the zone of the browser. */
function localNow(minutes = 0): string {
  const at = new Date(Date.now() + minutes * 60_000)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
