import { ActionIcon, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket, TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { useProject } from '../api/queries.ts'
import { useUncovered } from '../inbox/uncovered.ts'
import { MentionLine } from '../inbox/MentionRow.tsx'
import { HandOver } from '../integrations/HandOver.tsx'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { mayWork } from '../parts/roles.ts'
import { TicketPlays } from '../playbooks/TicketPlays.tsx'
import { Segments } from '../parts/Segments.tsx'
import { Answer } from '../parts/states.tsx'
import { OutcomePart } from '../service/OutcomePart.tsx'
import { useTicketActions } from './actions.ts'
import { Clocks } from './Clocks.tsx'
import { AssigneeChooser, type Choosing } from './ChoiceSheet.tsx'
import { Conversation } from './Conversation.tsx'
import { mayBecome, ticketQuery, ticketStatuses } from './queries.ts'
import { StatusMark } from './StatusMark.tsx'
import { TicketTitle } from './TicketTitle.tsx'
import type { Asked } from './TicketWork.tsx'
import { WhoIsHere } from './Presence.tsx'
import { FieldFacts, GoneOn, Joined, WorkChips } from './Work.tsx'
import { Writing } from './Writing.tsx'
import styles from './Tickets.module.css'

/** One ticket: what is known stands on top, then everything that happened in the order of time, then the note box. */
export function TicketDetailPane({
  id,
  asked,
  onReached,
  onChoose,
  onClose,
}: {
  id: number
  asked: Asked
  onReached: () => void
  onChoose: (choosing: Choosing) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const detail = useQuery(ticketQuery(project.id, id))
  return (
    <section className={styles.detail} aria-label={t('inbox.ticketNumber', { ticket: id })}>
      <Answer of={detail} rows={8}>
        {(data) => (
          <Whole
            detail={data}
            asked={asked}
            onReached={onReached}
            onChoose={(what) => onChoose({ what, ticket: data.ticket })}
            onClose={onClose}
          />
        )}
      </Answer>
    </section>
  )
}

function Whole({
  detail,
  asked,
  onReached,
  onChoose,
  onClose,
}: {
  detail: TicketDetail
  asked: Asked
  onReached: () => void
  onChoose: (what: Choosing['what']) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const works = mayWork(project.role)
  const { ticket } = detail
  const isOpenToMe = useUncovered(ticket.titleOf ?? '')
  const [writes, setWrites] = useState(false)
  return (
    <>
      <header className={styles.top}>
        <div className={styles.titleLine}>
          <span className={styles.backButton}>
            <ActionIcon aria-label={t('common.back')} onClick={onClose}>
              <Icon name="left" />
            </ActionIcon>
          </span>
          <span className={styles.number}>{ticket.id}</span>
          {works && (ticket.titleOf === null || isOpenToMe) ? (
            <Title ticket={ticket} />
          ) : (
            <h2 className={styles.title}>
              <TicketTitle ticket={ticket} />
            </h2>
          )}
          <span className={styles.closeButton}>
            <ActionIcon aria-label={t('tickets.closeDetail')} title={t('tickets.closeDetail')} onClick={onClose}>
              <Icon name="close" />
            </ActionIcon>
          </span>
        </div>
        <div className={styles.controls}>
          <StatusChoice ticket={ticket} works={works} />
          <Assignee ticket={ticket} works={works} />
        </div>
        <WorkChips detail={detail} onChoose={onChoose} />
        <Clocks detail={detail} />
        {works && <WhoIsHere ticket={ticket.id} writes={writes} />}
      </header>
      <div className={styles.body}>
        <GoneOn detail={detail} />
        <Facts detail={detail} />
        {works && <HandOver ticket={ticket.id} />}
        {works && <TicketPlays ticket={ticket.id} />}
        <Conversation detail={detail} withNotes={works} />
        {works && <OutcomePart key={ticket.id} ticket={ticket.id} />}
        <Joined detail={detail} />
        <Elsewhere detail={detail} />
      </div>
      {works && <Writing key={ticket.id} detail={detail} asked={asked} onReached={onReached} onWrites={setWrites} />}
    </>
  )
}

/** Enter saves, Esc takes back; what was typed stays when saving fails. */
function Title({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  const [text, setText] = useState(ticket.title)
  const [dirty, setDirty] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!dirty) setText(ticket.title)
  }, [ticket.title, dirty])
  const save = async () => {
    const title = text.trim()
    if (title === '' || title === ticket.title) {
      setText(ticket.title)
      setDirty(false)
      return
    }
    if (await actions.rename(ticket, title)) setDirty(false)
  }
  return (
    <textarea
      ref={box}
      className={styles.titleBox}
      rows={1}
      dir="auto"
      value={text}
      data-dirty={dirty || undefined}
      maxLength={200}
      aria-label={t('tickets.title')}
      title={t('tickets.titleHelp')}
      onChange={(event) => {
        setText(event.currentTarget.value.replaceAll('\n', ' '))
        setDirty(true)
      }}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          event.currentTarget.blur()
        }
        if (event.key === 'Escape') {
          event.stopPropagation()
          setText(ticket.title)
          setDirty(false)
          // The field is left once the old title stands in it again, so that leaving saves nothing.
          setTimeout(() => box.current?.blur())
        }
      }}
    />
  )
}

function StatusChoice({ ticket, works }: { ticket: Ticket; works: boolean }) {
  const { t } = useTranslation()
  const actions = useTicketActions(useProject().id)
  if (!works)
    return (
      <span className={styles.plainStatus}>
        <StatusMark status={ticket.status} /> {t(`statuses.${ticket.status}`)}
      </span>
    )
  return (
    <Segments
      label={t('tickets.status')}
      options={ticketStatuses.map((value) => ({
        value,
        label: (
          <>
            <StatusMark status={value} /> {t(`statuses.${value}`)}
          </>
        ),
        title: mayBecome(ticket.status, value) ? t(`tickets.means_${value}`) : t('tickets.openFirst'),
        off: !mayBecome(ticket.status, value),
      }))}
      chosen={ticket.status}
      onChoose={(status) => void actions.setStatus(ticket, status)}
      wide
    />
  )
}

function Assignee({ ticket, works }: { ticket: Ticket; works: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const name = <bdi className={styles.cut}>{ticket.assignee?.name ?? t('tickets.nobody')}</bdi>
  if (!works)
    return (
      <span className={styles.plainStatus}>
        <Icon name="person" /> {name}
      </span>
    )
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.assignee}
          aria-haspopup="dialog"
          aria-label={t('tickets.assigneeIs', { name: ticket.assignee?.name ?? t('tickets.nobody') })}
          onClick={() => setOpen(!open)}
          data-none={ticket.assignee === null || undefined}
        >
          <Icon name="person" /> {name} <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <AssigneeChooser ticket={ticket} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Facts({ detail: { ticket, customerAuthors } }: { detail: TicketDetail }) {
  const { t } = useTranslation()
  const project = useProject()
  const navigate = useNavigate()
  const [first] = customerAuthors
  const card = (author: string) =>
    ({
      to: '/projects/$project/authors/$author',
      params: { project: String(project.id), author },
    }) as const
  useKeys(t('author.keys'), [
    {
      keys: 'C',
      does: t('author.open'),
      off: first === undefined,
      run: () => first !== undefined && void navigate(card(first.authorId)),
    },
  ])
  return (
    <dl className={styles.facts}>
      <Fact name={t('tickets.customer')}>
        {ticket.customer === null ? (
          <span className={styles.quiet}>{t('tickets.noCustomer')}</span>
        ) : first === undefined ? (
          <bdi>{ticket.customer.name}</bdi>
        ) : (
          <Link {...card(first.authorId)} title={t('author.open')}>
            <bdi>{ticket.customer.name}</bdi>
          </Link>
        )}
        {customerAuthors.map(({ platform, authorId, name, handle }) => (
          <Link
            key={`${platform} ${authorId}`}
            to="/projects/$project/inbox"
            params={{ project: String(project.id) }}
            search={{ author: authorId }}
            className={styles.author}
          >
            <PlatformMark platform={platform} size={14} />{' '}
            <bdi className={styles.cut}>{handle ?? name ?? authorId}</bdi>
          </Link>
        ))}
      </Fact>
      <Fact name={t('tickets.opened')}>
        <span>
          <When at={ticket.openedAt} />
          {ticket.openedBy !== null && (
            <>
              , <bdi>{ticket.openedBy}</bdi>
            </>
          )}
        </span>
      </Fact>
      <Fact name={t('tickets.firstMention')}>
        <When at={ticket.firstMentionAt} why={t('tickets.noMentions')} />
      </Fact>
      <FieldFacts ticket={ticket} />
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Elsewhere({ detail: { customerMentions, ticket } }: { detail: TicketDetail }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const navigate = useNavigate()
  const [all, setAll] = useState(false)
  if (customerMentions.length === 0) return null
  const shown = all ? customerMentions : customerMentions.slice(0, 5)
  return (
    <section className={styles.elsewhere}>
      <h3>
        {t('tickets.elsewhere')} <span className={styles.quiet}>{f.number(customerMentions.length)}</span>
      </h3>
      {shown.map((mention) => (
        <MentionLine
          key={mention.id}
          mention={mention}
          onOpen={({ id }) =>
            void navigate({
              to: '/projects/$project/inbox',
              params: { project: String(project.id) },
              search: { open: id, ...(mention.author === null ? {} : { author: mention.author.id }) },
            })
          }
        />
      ))}
      {!all && customerMentions.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('tickets.moreElsewhere', {
            count: customerMentions.length - shown.length,
            name: ticket.customer?.name ?? '',
          })}
        </button>
      )}
    </section>
  )
}
