import { ActionIcon, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention, MentionDetail as Detail } from '../../serve/api/shapes/mention.ts'
import { isNotFound } from '../api/problem.ts'
import { useProject, useTopics } from '../api/queries.ts'
import { topicColor } from '../look/colors.ts'
import { MentionImages } from './MentionImages.tsx'
import { Icon, type IconName, PlatformMark } from '../look/icons.tsx'
import { Figure, Unknown, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { kindName, mediaName, platformName, statusName } from '../parts/names.ts'
import { mayWork } from '../parts/roles.ts'
import { Answer, Empty, NoRight } from '../parts/states.tsx'
import { TicketTitle } from '../tickets/TicketTitle.tsx'
import { MentionMarks } from '../topics/MentionMarks.tsx'
import type { MentionActions } from './actions.ts'
import type { AskedFor } from './asked-for.ts'
import { CategoryLines, Corrections } from './Corrections.tsx'
import { Covered } from './Covered.tsx'
import { Engagement } from './Engagement.tsx'
import styles from './MentionDetail.module.css'
import { MentionPart as Part } from './MentionPart.tsx'
import { Why } from './Why.tsx'
import { AuthorName, MentionLine, placesIn } from './MentionRow.tsx'
import { MentionText } from './MentionText.tsx'
import { engagementQuery, mentionQuery, saidQuery } from './queries.ts'
import { Tonality } from './Tonality.tsx'
import { type Lit, Understood } from './Understood.tsx'
import { isWebAddress } from './web-address.ts'

/** One mention in full, beside the list; on a phone over it. What the list already knows is drawn at once. */
export function MentionDetail({
  id,
  known,
  actions,
  onAsk,
  onOpen,
  onClose,
}: {
  id: string
  known: Mention | null
  actions: MentionActions
  onAsk: (what: AskedFor, mention: Mention) => void
  onOpen: (mention: Mention) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const detail = useQuery(mentionQuery(project.id, id))
  const mention = detail.data?.mention ?? known
  return (
    <aside className={styles.detail} aria-label={t('inbox.detail')}>
      <header className={styles.bar}>
        <ActionIcon onClick={onClose} aria-label={t('common.close')}>
          <Icon name="close" />
        </ActionIcon>
        {mention !== null && (
          <div className={styles.actions}>
            {mayWork(project.role) && (
              <>
                <Action
                  icon="check"
                  name={mention.read ? t('inbox.notDone') : t('inbox.done')}
                  on={mention.read}
                  at="e"
                  run={() => void actions.setRead([mention], !mention.read)}
                />
                <Action icon="ticket" name={t('inbox.ticket')} at="t" run={() => void actions.openTicket([mention])} />
                <Action icon="person" name={t('inbox.assign')} at="a" run={() => onAsk('member', mention)} />
                <Action icon="reply" name={t('inbox.reply')} at="r" run={() => void actions.answer([mention])} />
                <Tonality mentions={[mention]} actions={actions} />
                <Action icon="steps" name={t('inbox.stage')} at="s" run={() => onAsk('stage', mention)} />
                <Action icon="globe" name={t('understood.place')} at="p" run={() => onAsk('place', mention)} />
                <Action icon="folder" name={t('understood.category')} at="c" run={() => onAsk('category', mention)} />
                <Action icon="tag" name={t('inbox.tag')} at="l" run={() => onAsk('tag', mention)} />
                <Action
                  icon="star"
                  name={mention.important ? t('inbox.notImportant') : t('inbox.important')}
                  on={mention.important}
                  at="m"
                  run={() => void actions.setImportant([mention], !mention.important)}
                />
              </>
            )}
            <Original mention={mention} />
          </div>
        )}
      </header>
      <div className={styles.body}>
        {mention !== null ? (
          <Whole key={mention.id} mention={mention} detail={detail.data} actions={actions} onOpen={onOpen} />
        ) : null}
        {detail.data === undefined &&
          (isNotFound(detail.error) ? (
            <Gone id={id} />
          ) : (
            <Answer of={detail} rows={4}>
              {() => null}
            </Answer>
          ))}
      </div>
    </aside>
  )
}

function Whole({
  mention,
  detail,
  actions,
  onOpen,
}: {
  mention: Mention
  detail: Detail | undefined
  actions: MentionActions
  onOpen: (mention: Mention) => void
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const [lit, setLit] = useState<Lit>([])
  const said = useQuery(saidQuery(useProject().id, mention.id)).data ?? []
  return (
    <>
      {detail !== undefined && detail.thread.above.length > 0 && (
        <Part title={t('inbox.above')}>
          <Lines mentions={detail.thread.above} onOpen={onOpen} />
        </Part>
      )}
      <article className={styles.mention} data-tonality={mention.sentiment ?? undefined}>
        <div className={styles.author}>
          <AuthorLink mention={mention} />
          {mention.author?.handle != null && mention.author.handle !== mention.author.name && (
            <bdi className={styles.quiet}>@{mention.author.handle}</bdi>
          )}
        </div>
        <p className={styles.facts}>
          <PlatformMark platform={mention.platform} size={14} />
          <span>
            {[
              platformName(t, mention.platform),
              mention.source === mention.platform ? null : mention.source,
              mention.kind === null ? null : kindName(t, mention.kind),
            ]
              .filter((part) => part !== null && part !== '')
              .join(' · ')}
          </span>
          <span title={t('inbox.collected', { at: f.exact(mention.collectedAt) })}>{f.exact(mention.postedAt)}</span>
        </p>
        <Covered mention={mention}>
          {mention.title !== null && (
            <h2 className={styles.title}>
              <MentionText text={mention.title} places={placesIn(mention, 'title')} />
            </h2>
          )}
          <span className={styles.text} lang={mention.lang ?? undefined}>
            <MentionText
              text={mention.text}
              places={lit.length > 0 ? lit : placesIn(mention, 'text')}
              lit={lit.length > 0}
            />
          </span>
          {(mention.has.length > 0 || mention.links.length > 0) && (
            <ul className={styles.links}>
              {mention.has.map((kind) => (
                <li key={kind} className={styles.quiet}>
                  {t(`inbox.has_${kind}`)}
                </li>
              ))}
              {mention.links.filter(isWebAddress).map((link) => (
                <li key={link}>
                  <a href={link} target="_blank" rel="noopener noreferrer nofollow">
                    <bdi>{link}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Covered>
        <MentionImages mention={mention} />
        <Tags mention={mention} actions={actions} />
        <dl className={styles.figures}>
          {mention.rating !== null && (
            <Fact name={t('inbox.ratingName')}>{t('inbox.rating', { rating: f.number(mention.rating) })}</Fact>
          )}
          <Fact name={t('inbox.likes')}>
            <Figure value={mention.likes} short />
          </Fact>
          <Fact name={t('inbox.comments')}>
            <Figure value={mention.comments} short />
          </Fact>
          <Fact name={t('inbox.shares')}>
            <Figure value={mention.shares} short />
          </Fact>
          <Fact name={t('inbox.views')}>
            <Figure value={mention.views} short />
          </Fact>
          <Fact name={t('inbox.followers')}>
            <Figure value={mention.author?.followers} why={t('inbox.followersUnknown')} short />
          </Fact>
          <Fact name={t('inbox.lang')}>{mention.lang === null ? <Unknown /> : f.language(mention.lang)}</Fact>
          {mention.media !== null && <Fact name={t('filter.media')}>{mediaName(t, mention.media)}</Fact>}
        </dl>
        <Understood mention={mention} actions={actions} onLight={setLit} />
      </article>
      {detail !== undefined && (detail.corrections.length > 0 || said.some(({ lines }) => lines.length > 0)) && (
        <Part title={t('inbox.corrections')}>
          <Corrections mention={mention} corrections={detail.corrections} actions={actions} />
          <CategoryLines said={said} />
        </Part>
      )}
      <Engagement mention={mention.id} />
      {detail !== undefined && <Around detail={detail} mention={mention} onOpen={onOpen} />}
    </>
  )
}

/** A link may outlive what it leads to; a post that its author took back is said to be so. */
function Gone({ id }: { id: string }) {
  const { t } = useTranslation()
  const f = useFormat()
  const removedAt = useQuery(engagementQuery(useProject().id, id)).data?.removedAt ?? null
  return removedAt === null ? (
    <NoRight />
  ) : (
    <Empty says={t('inbox.removed')}>{t('inbox.removedWords', { at: f.exact(removedAt) })}</Empty>
  )
}

function Around({ detail, mention, onOpen }: { detail: Detail; mention: Mention; onOpen: (mention: Mention) => void }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const topics = useTopics(project.id).data ?? []
  const params = { project: String(project.id) }
  return (
    <>
      {detail.thread.below.length > 0 && (
        <Part title={t('inbox.below')}>
          <Lines mentions={detail.thread.below} onOpen={onOpen} />
        </Part>
      )}
      {detail.tickets.length > 0 && (
        <Part title={t('inbox.tickets')}>
          {detail.tickets.map((ticket) => (
            <Link
              key={ticket.id}
              className={styles.ticket}
              to="/projects/$project/tickets/$ticket"
              params={{ ...params, ticket: String(ticket.id) }}
            >
              <Icon name="ticket" /> <TicketTitle ticket={ticket} />{' '}
              <span className={styles.quiet}>{statusName(t, ticket.status)}</span>
            </Link>
          ))}
        </Part>
      )}
      <Part title={t('inbox.why')}>
        {detail.matches.length === 0 && <p className={styles.quiet}>{t('inbox.whyNone')}</p>}
        {detail.matches.map(({ topic, name, places }) => {
          const words = [
            ...new Set(places.map(({ field, start, end }) => (mention[field] ?? '').slice(start, end))),
          ].filter((word) => word !== '')
          const known = topics.find(({ id }) => id === topic)
          return (
            <div key={topic}>
              <p className={styles.match}>
                <i style={{ background: topicColor(known?.color ?? 0) }} />
                <Link to="/projects/$project/topics/$topic" params={{ ...params, topic: String(topic) }}>
                  <bdi>{name}</bdi>
                </Link>{' '}
                {words.slice(0, 6).map((word) => (
                  <mark key={word} className={styles.word}>
                    <bdi>{word}</bdi>
                  </mark>
                ))}
              </p>
              {known !== undefined && <Why mention={mention.id} query={known.query} />}
            </div>
          )
        })}
      </Part>
      {mayWork(project.role) && (
        <Part title={t('topics.markPart')}>
          <MentionMarks mention={mention} />
        </Part>
      )}
      {detail.author !== null && mention.author !== null && (
        <Part
          title={t('inbox.author')}
          more={
            <span className={styles.more}>
              <Link
                to="/projects/$project/authors/$author"
                params={{ ...params, author: mention.author.id }}
                title={`${t('author.open')} (w)`}
              >
                {t('author.open')}
              </Link>
              <Link to="/projects/$project/inbox" params={params} search={{ author: mention.author.id }}>
                {t('inbox.authorAll')}
              </Link>
            </span>
          }
        >
          {mention.author.bio !== null && (
            <p className={styles.bio} dir="auto">
              {mention.author.bio}
            </p>
          )}
          <p className={styles.quiet}>
            {t('inbox.authorMentions', {
              count: detail.author.mentions,
              shown: f.number(detail.author.mentions),
              since: f.dayOfYear(detail.author.firstAt),
            })}
          </p>
          <Lines mentions={detail.author.latest} onOpen={onOpen} />
        </Part>
      )}
      {detail.cluster.length > 0 && (
        <Part
          title={t('inbox.cluster')}
          more={
            <Link to="/projects/$project/inbox" params={params} search={{ cluster: mention.cluster }}>
              {t('inbox.clusterAll', { count: mention.clusterSize, shown: f.number(mention.clusterSize) })}
            </Link>
          }
        >
          <ul>
            {detail.cluster.map((member) => (
              <li key={member.id}>
                <button type="button" className={styles.member} onClick={() => onOpen(member)}>
                  <PlatformMark platform={member.platform} size={14} />
                  <span className={styles.memberName}>
                    <AuthorName author={member.author} />
                  </span>
                  {member.source !== null && member.source !== member.platform && (
                    <bdi className={styles.quiet}>{member.source}</bdi>
                  )}
                  <span className={styles.memberTime}>
                    <When at={member.postedAt} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function Tags({ mention, actions }: { mention: Mention; actions: MentionActions }) {
  const { t } = useTranslation()
  const works = mayWork(useProject().role)
  return mention.tags.length === 0 ? null : (
    <ul className={styles.tags}>
      {mention.tags.map((tag) => (
        <li key={tag} className={styles.tag}>
          <bdi>{tag}</bdi>
          {works && (
            <button
              type="button"
              aria-label={t('inbox.removeTag', { tag })}
              onClick={() => void actions.removeTag([mention], tag)}
            >
              <Icon name="close" size={12} />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The name leads to everything that is known of who has it. */
function AuthorLink({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  const project = useProject()
  const name = <AuthorName author={mention.author} />
  return (
    <span className={styles.name}>
      {isKnownAuthor(mention) ? (
        <Link
          className={styles.authorLink}
          to="/projects/$project/authors/$author"
          params={{ project: String(project.id), author: mention.author?.id ?? '' }}
          title={`${t('author.open')} (w)`}
        >
          {name}
        </Link>
      ) : (
        name
      )}
    </span>
  )
}

/** A platform may tell a name without telling whose it is. */
export function isKnownAuthor(mention: Mention | null): boolean {
  return mention !== null && mention.author !== null && mention.author.id !== ''
}

function Lines({ mentions, onOpen }: { mentions: readonly Mention[]; onOpen: (mention: Mention) => void }) {
  return mentions.map((mention) => <MentionLine key={mention.id} mention={mention} onOpen={onOpen} />)
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Action({
  icon,
  name,
  at,
  on = false,
  run,
}: {
  icon: IconName
  name: string
  at: string
  on?: boolean
  run: () => void
}) {
  return (
    <Tooltip label={`${name} (${at})`}>
      <ActionIcon aria-label={name} aria-pressed={on} data-on={on || undefined} className={styles.action} onClick={run}>
        <Icon name={icon} filled={on && icon === 'star'} />
      </ActionIcon>
    </Tooltip>
  )
}

function Original({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  if (mention.url === null || !isWebAddress(mention.url)) {
    return (
      <Tooltip label={t('inbox.noOriginal')}>
        <ActionIcon aria-label={t('inbox.noOriginal')} aria-disabled="true" className={styles.off}>
          <Icon name="out" />
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <Tooltip label={`${t('inbox.original')} (o)`}>
      <ActionIcon
        component="a"
        href={mention.url}
        target="_blank"
        rel="noopener noreferrer nofollow"
        aria-label={t('inbox.original')}
        className={styles.action}
      >
        <Icon name="out" />
      </ActionIcon>
    </Tooltip>
  )
}
