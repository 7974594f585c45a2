import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectCard } from '../../serve/api/shapes/project.ts'
import { meQuery, useMe, useProjects } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Figure, Share, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { Page } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { Answer, Empty } from '../parts/states.tsx'
import { NewProjectForm } from '../welcome/NewProjectForm.tsx'
import { byNeed, type Need, needsOf } from './needs.ts'
import { Sparkline } from './Sparkline.tsx'
import { useTimeZone } from './time-zone.ts'
import styles from './TodayScreen.module.css'

export function TodayScreen() {
  const { t } = useTranslation()
  const me = useMe()
  const projects = useProjects()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [creating, setCreating] = useState(false)
  const add = me.member.isHead && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setCreating(true)}>
      {t('today.newProject')}
    </Button>
  )
  return (
    <Page title={t('today.title')} actions={add}>
      <Answer of={projects} rows={4}>
        {(cards) =>
          cards.length === 0 ? (
            <Empty says={t('today.none')} next={add}>
              {t('today.noneWords')}
            </Empty>
          ) : (
            <Board cards={cards} />
          )
        }
      </Answer>
      <Sheet open={creating} title={t('today.newProject')} onClose={() => setCreating(false)}>
        <NewProjectForm
          onBack={() => setCreating(false)}
          onCreated={async (project) => {
            await client.fetchQuery({ ...meQuery, staleTime: 0 })
            await navigate({ to: '/projects/$project/topics', params: { project: String(project.id) } })
          }}
        />
      </Sheet>
    </Page>
  )
}

function Board({ cards }: { cards: readonly ProjectCard[] }) {
  const { t } = useTranslation()
  const ordered = cards.toSorted(byNeed)
  const pressing = ordered.filter((card) => needsOf(card).length > 0)
  const calm = ordered.filter((card) => needsOf(card).length === 0)
  return (
    <div className={styles.board}>
      {pressing.length > 0 ? (
        <section aria-label={t('today.needs')}>
          <h2 className={styles.group}>{t('today.needs')}</h2>
          <div className={styles.cards}>
            {pressing.map((card) => (
              <Card key={card.id} card={card} />
            ))}
          </div>
        </section>
      ) : (
        <p className={styles.allCalm}>
          <Icon name="check" /> {t('today.allCalm')}
        </p>
      )}
      {calm.length > 0 && (
        <section aria-label={t('today.calm')}>
          <h2 className={styles.group}>{t('today.calm')}</h2>
          <div className={styles.lines}>
            {calm.map((card) => (
              <CalmLine key={card.id} card={card} />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function Card({ card }: { card: ProjectCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const params = { project: String(card.id) }
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3>
          <Link to="/projects/$project/inbox" params={params}>
            <bdi>{card.name}</bdi>
          </Link>
        </h3>
        {card.isSample && <span className={styles.invented}>{t('frame.sample')}</span>}
      </header>
      <ul className={styles.needs}>
        {needsOf(card).map((need) => (
          <li key={need.kind}>
            <NeedLine need={need} card={card} />
          </li>
        ))}
      </ul>
      <div className={styles.volume}>
        <Link className={styles.count} to="/projects/$project/inbox" params={params} search={{ period: '24h' }}>
          <strong>
            <Figure value={card.volume.last24h} short />
          </strong>{' '}
          {t('today.mentions24', { count: card.volume.last24h })}
        </Link>
        <Usual card={card} />
      </div>
      <Sparkline card={card} height={56} />
      <dl className={styles.facts}>
        <div>
          <dt>{t('today.negative')}</dt>
          <dd>
            {card.negativeShare === null ? (
              <Share value={null} why={t('today.negativeUnknown')} />
            ) : (
              <Link to="/projects/$project/inbox" params={params} search={{ period: '24h', sentiment: 'negative' }}>
                <Share value={toPercent(card.negativeShare.estimate)} />
              </Link>
            )}
            {card.negativeShare !== null && (
              <span className={styles.quiet}>
                {' '}
                {t('today.negativeFromTo', {
                  low: f.percent(toPercent(card.negativeShare.low)),
                  high: f.percent(toPercent(card.negativeShare.high)),
                  shown: f.number(card.judged),
                })}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('today.openTickets')}</dt>
          <dd>
            <Link to="/projects/$project/tickets" params={params} search={{ status: 'open' }}>
              <Figure value={card.openTickets} />
            </Link>
          </dd>
        </div>
        {card.firstResponse !== null && (
          <div>
            <dt>{t('today.firstResponse')}</dt>
            <dd>
              <FirstResponse card={card} {...card.firstResponse} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('today.lastMention')}</dt>
          <dd>
            <When at={card.lastMentionAt} why={t('today.noMentions')} />
          </dd>
        </div>
      </dl>
    </article>
  )
}

type Days = NonNullable<ProjectCard['firstResponse']>

/** The share of first answers within their promise, today and yesterday; each number opens its tickets. */
function FirstResponse({ card, today, yesterday }: Days & { card: ProjectCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  const tickets = ({ from, to }: Days['today'], part: 'first-kept' | 'first-missed', words: string) => (
    <Link
      to="/projects/$project/service"
      params={{ project: String(card.id) }}
      search={{ from, part, ...(from === today.from ? {} : { to }) }}
    >
      {words}
    </Link>
  )
  const share = (day: Days['today']) =>
    day.inTarget === null ? (
      <Share value={null} why={t('today.nothingPromised')} />
    ) : (
      tickets(day, 'first-kept', f.percent(toPercent(day.inTarget)))
    )
  return (
    <>
      {share(today)}
      {today.missed > 0 && <> · {tickets(today, 'first-missed', t('today.answeredLate', { count: today.missed }))}</>}
      <span className={styles.quiet}>
        {' '}
        {t('today.yesterday')} {share(yesterday)}
      </span>
    </>
  )
}

function NeedLine({ need, card }: { need: Need; card: ProjectCard }) {
  const { t } = useTranslation()
  const f = useFormat(useTimeZone(card))
  const params = { project: String(card.id) }
  switch (need.kind) {
    case 'late':
    case 'soon':
      // The queue has them on top.
      return (
        <Link to="/queue">
          <Icon name={need.kind === 'late' ? 'alert' : 'clock'} />{' '}
          {t(need.kind === 'late' ? 'today.needLate' : 'today.needSoon', { count: need.count })}
        </Link>
      )
    case 'approval':
      return (
        <Link to="/projects/$project/tickets" params={params} search={{ status: 'open' }}>
          <Icon name="reply" /> {t('today.needApproval', { count: need.count })}
        </Link>
      )
    case 'unassigned':
      return (
        <Link to="/projects/$project/tickets" params={params} search={{ status: 'open', assignee: 'none' }}>
          <Icon name="ticket" /> {t('today.needUnassigned', { count: need.count })}
        </Link>
      )
    case 'rising':
      return (
        <Link to="/projects/$project/inbox" params={params} search={{ from: need.since }}>
          <Icon name="overview" /> {t('today.needRising', { since: f.hour(need.since) })}
        </Link>
      )
    case 'ill-sources':
      return (
        <Link
          to="/projects/$project/sources"
          params={params}
          title={card.illSources.map(({ name, error }) => `${name}: ${error}`).join('\n')}
        >
          <Icon name="sources" /> {t('today.illSources', { count: need.count })}
          <bdi className={styles.which}>{card.illSources.map(({ name }) => name).join(', ')}</bdi>
        </Link>
      )
  }
}

function CalmLine({ card }: { card: ProjectCard }) {
  const { t } = useTranslation()
  const params = { project: String(card.id) }
  return (
    <article className={styles.line}>
      <h3 className={styles.lineName}>
        <Link to="/projects/$project/inbox" params={params}>
          <bdi>{card.name}</bdi>
        </Link>
        {card.isSample && <span className={styles.invented}>{t('frame.sample')}</span>}
      </h3>
      <div className={styles.lineSpark}>
        <Sparkline card={card} height={24} />
      </div>
      <div className={styles.lineCount}>
        <Link className={styles.count} to="/projects/$project/inbox" params={params} search={{ period: '24h' }}>
          <strong>
            <Figure value={card.volume.last24h} short />
          </strong>
        </Link>{' '}
        {t('today.inADay')} <Usual card={card} />
      </div>
      <span className={styles.lineTime}>
        <When at={card.lastMentionAt} why={t('today.noMentions')} />
      </span>
    </article>
  )
}

function Usual({ card: { volume } }: { card: ProjectCard }) {
  const { t } = useTranslation()
  const f = useFormat()
  if (volume.usual24h === null)
    return (
      <span className={styles.quiet} title={t('today.usualUnknown')}>
        {t('today.usual', { usual: '—' })}
      </span>
    )
  return (
    <span className={styles.quiet} title={f.number(volume.usual24h)}>
      {t('today.usual', { usual: f.short(Math.round(volume.usual24h)) })}
    </span>
  )
}

/** An estimate has no tenths of a percent. */
function toPercent(share: number): number {
  return Math.round(share * 100) / 100
}
