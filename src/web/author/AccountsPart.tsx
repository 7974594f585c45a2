import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuthorCard, AuthorProposal } from '../../serve/api/shapes/author.ts'
import { useProject } from '../api/queries.ts'
import { Icon, PlatformMark } from '../look/icons.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { mayWork } from '../parts/roles.ts'
import { Answer } from '../parts/states.tsx'
import type { AuthorActions } from './actions.ts'
import styles from './Author.module.css'
import { Part } from './Part.tsx'
import { proposalsQuery } from './queries.ts'
import { reasonWords } from './words.ts'

/** The accounts that people have joined, others that may belong to them, and who decided what. */
export function AccountsPart({ card, actions }: { card: AuthorCard; actions: AuthorActions }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const works = mayWork(project.role)
  const { accounts, author } = card
  const proposals = useQuery(proposalsQuery(project.id, author.id))
  const list = useRef<HTMLUListElement>(null)
  // What was pressed goes away with its account; the hand stays in this part.
  const stay = () => list.current?.focus()
  return (
    <Part title={t('author.accounts')}>
      <ul className={styles.accounts} ref={list} tabIndex={-1}>
        {accounts.map((account) => (
          <li key={account.id}>
            <Named account={account} current={account.id === author.id} />
            <small>
              {t('author.accountMentions', { count: account.mentions, shown: f.number(account.mentions) })}
              {account.firstAt !== null && ` ${t('author.accountSince', { since: f.dayOfYear(account.firstAt) })}`}
            </small>
            {works && accounts.length > 1 && (
              <button
                type="button"
                className={styles.textButton}
                title={t('author.separateHelp')}
                onClick={() => void actions.separate(account, accounts).then(stay)}
              >
                {t('author.separate')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <h3 className={styles.under}>{t('author.maybe')}</h3>
      {proposals.isError && proposals.data === undefined ? (
        <p className={styles.quiet}>
          {t('author.maybeFailed')}{' '}
          <button type="button" className={styles.textButton} onClick={() => void proposals.refetch()}>
            {t('states.retry')}
          </button>
        </p>
      ) : (
        <Answer of={proposals} rows={2}>
          {(found) =>
            found.length === 0 ? (
              <p className={styles.quiet}>{t('author.maybeNone')}</p>
            ) : (
              <ul className={styles.proposals}>
                {found.map((proposal) => (
                  <Proposed
                    key={proposal.account.id}
                    proposal={proposal}
                    actions={works ? actions : null}
                    onDone={stay}
                  />
                ))}
              </ul>
            )
          }
        </Answer>
      )}
      <Decisions card={card} />
    </Part>
  )
}

function Proposed({
  proposal,
  actions,
  onDone,
}: {
  proposal: AuthorProposal
  actions: AuthorActions | null
  onDone: () => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const { account, reasons } = proposal
  return (
    <li>
      <Named account={account} />
      <ul className={styles.why}>
        {reasons.map((reason) => (
          <li key={reason.key}>{reasonWords(t, f, reason)}</li>
        ))}
      </ul>
      {actions !== null && (
        <div className={styles.choice}>
          <Button
            variant="light"
            leftSection={<Icon name="check" />}
            onClick={() => void actions.join(proposal).then(onDone)}
          >
            {t('author.joinIt')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => void actions.refuse(proposal).then(onDone)}>
            {t('author.refuseIt')}
          </Button>
        </div>
      )}
    </li>
  )
}

function Named({ account, current = false }: { account: AuthorCard['author']; current?: boolean }) {
  const { t } = useTranslation()
  const project = useProject()
  const name = account.name ?? account.handle ?? t('author.unknownName')
  const handle = account.handle !== null && account.handle !== name ? `@${account.handle.replace(/^@/, '')}` : null
  return (
    <span className={styles.named}>
      <PlatformMark platform={account.platform} size={14} />
      {current ? (
        <strong>
          <bdi>{name}</bdi>
        </strong>
      ) : (
        <Link to="/projects/$project/authors/$author" params={{ project: String(project.id), author: account.id }}>
          <bdi>{name}</bdi>
        </Link>
      )}
      {handle !== null && <bdi className={styles.quiet}>{handle}</bdi>}
    </span>
  )
}

function Decisions({ card: { decisions } }: { card: AuthorCard }) {
  const { t } = useTranslation()
  return decisions.length === 0 ? null : (
    <details className={styles.decisions}>
      <summary>{t('author.decisions')}</summary>
      <ul>
        {decisions.map(({ one, other, decision, at, actor }) => (
          <li key={`${at} ${one} ${other} ${decision}`}>
            {t(`author.decision_${decision}`, { one: `\u2068${one}\u2069`, other: `\u2068${other}\u2069` })}
            <small>
              <bdi>{actor}</bdi>, <When at={at} />
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}
