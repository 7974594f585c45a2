import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { Advocates } from '../../serve/api/shapes/outcome.ts'
import type { Service, ServicePeople } from '../../serve/api/shapes/service.ts'
import type { TicketDetail } from '../../serve/api/shapes/ticket.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { pathWords } from '../author/words.ts'
import { PlatformMark } from '../look/icons.tsx'
import { Panel } from '../overview/Panel.tsx'
import { When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { tell, tellFailure } from '../parts/notices.ts'
import { Answer } from '../parts/states.tsx'
import { useServiceSearch } from './address.ts'
import { advocatesQuery, peopleQuery } from './queries.ts'
import styles from './Service.module.css'
import { Tile } from './Tiles.tsx'

/** What became of the people who were answered. It comes after the first figures, for it asks the mentions. */
export function PeoplePart({ measures }: { measures: Service['measures'] }) {
  const project = useProject()
  const { filter } = useServiceSearch()
  const people = useQuery(peopleQuery(project.id, filter))
  return (
    <>
      <div className={styles.whole}>
        <Answer of={people} rows={3}>
          {(data) => <Seen people={data} measures={measures} />}
        </Answer>
      </div>
      {people.data !== undefined && <Turned people={people.data} measures={measures} />}
      <AdvocatesPanel />
    </>
  )
}

function Seen({ people, measures }: { people: ServicePeople; measures: Service['measures'] }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { reach, after, ratioBefore, ratioAfter } = people
  const ratio = (value: number | null) => (value === null ? t('service.changeNone') : f.precise(value))
  const isAllPositive = ratioAfter === null && after.positive > 0
  return (
    <dl className={styles.tiles} data-few>
      <Tile
        name={t('service.reach')}
        formula={measures.reach}
        value={reach.reach === null ? null : f.short(reach.reach)}
        why={t('service.reachUnknown')}
        part="solved"
      >
        <dd className={styles.under}>{t('service.reachNote', { threads: f.number(reach.threads) })}</dd>
      </Tile>
      <Tile
        name={t('service.change')}
        formula={measures.served}
        value={
          isAllPositive
            ? t('service.allPositive', { shown: f.number(after.positive) })
            : ratioAfter === null
              ? null
              : f.precise(ratioAfter)
        }
        why={t('service.changeWhy')}
        part="answered"
      >
        <dd className={styles.under}>
          {isAllPositive
            ? t('service.changeBefore', { before: ratio(ratioBefore) })
            : t('service.changeNote', { before: ratio(ratioBefore), after: ratio(ratioAfter) })}
        </dd>
      </Tile>
    </dl>
  )
}

function Turned({
  people: { turned, turnedCount },
  measures,
}: {
  people: ServicePeople
  measures: Service['measures']
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const table = [
    [t('service.turnedBefore'), t('service.turnedAfter')],
    ...turned.map(({ before, after }) => [before.text, after.text]),
  ]
  return (
    <Panel
      title={t('service.turned', { count: turnedCount, shown: f.number(turnedCount) })}
      facts={turnedCount > turned.length ? [t('service.turnedNewest', { shown: f.number(turned.length) })] : []}
      formula={measures.served}
      table={table}
    >
      {turned.length === 0 ? (
        <p className={styles.quiet}>{t('service.turnedNone')}</p>
      ) : (
        <ul className={styles.people}>
          {turned.map(({ author, before, after }) => (
            <li key={author} className={styles.one}>
              <Who mention={after} author={author} />
              <Said words={t('service.turnedBefore')} tone="negative" mention={before} />
              <Said words={t('service.turnedAfter')} tone="positive" mention={after} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function AdvocatesPanel() {
  const { t } = useTranslation()
  const project = useProject()
  const { filter } = useServiceSearch()
  const { from, to } = filter
  const advocates = useQuery(advocatesQuery(project.id, { from, to }))
  const table = [
    [t('service.advocates')],
    ...(advocates.data?.items ?? []).map(({ mention, author }) => [mention.author?.name ?? author]),
  ]
  return (
    <Panel title={t('service.advocates')} facts={[]} formula={advocates.data?.measure} table={table}>
      <Answer of={advocates} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{t('service.advocatesNone')}</p>
          ) : (
            <ul className={styles.people}>
              {items.map((advocate) => (
                <AdvocateRow key={advocate.author} advocate={advocate} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  )
}

function AdvocateRow({ advocate }: { advocate: Advocates['items'][number] }) {
  const { t } = useTranslation()
  const f = useFormat()
  const project = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { author, mention, reasons, thankedIn } = advocate
  const thank = async () => {
    try {
      const { ticket } = await send<TicketDetail>('POST', `/projects/${project.id}/advocates`, { mention: mention.id })
      void client.invalidateQueries({ queryKey: ['project', project.id, 'service'] })
      tell(t('service.thankedNow'))
      await navigate({
        to: '/projects/$project/tickets/$ticket',
        params: { project: String(project.id), ticket: String(ticket.id) },
      })
    } catch (error) {
      tellFailure(t('service.notThanked'), error)
    }
  }
  return (
    <li className={styles.one}>
      <div className={styles.line}>
        <Who mention={mention} author={author} />
        {thankedIn === null ? (
          <Button size="compact-sm" onClick={() => void thank()}>
            {t('service.thank')}
          </Button>
        ) : (
          <Link
            to="/projects/$project/tickets/$ticket"
            params={{ project: String(project.id), ticket: String(thankedIn) }}
          >
            {t('service.thanked', { ticket: `#${thankedIn}` })}
          </Link>
        )}
      </div>
      <span className={styles.quiet}>{reasons.map((reason) => pathWords(t, f, reason)).join(' · ')}</span>
      <Said words="" tone="positive" mention={mention} />
    </li>
  )
}

function Who({ mention, author }: { mention: Mention; author: string }) {
  const project = useProject()
  return (
    <Link
      to="/projects/$project/authors/$author"
      params={{ project: String(project.id), author }}
      className={styles.who}
    >
      <PlatformMark platform={mention.platform} size={14} />{' '}
      <bdi>{mention.author?.name ?? mention.author?.handle ?? author}</bdi>
    </Link>
  )
}

function Said({ words, tone, mention }: { words: string; tone: 'negative' | 'positive'; mention: Mention }) {
  const project = useProject()
  return (
    <Link
      to="/projects/$project/inbox"
      params={{ project: String(project.id) }}
      search={{ open: mention.id, ...(mention.author === null ? {} : { author: mention.author.id }) }}
      className={styles.said}
      data-tone={tone}
    >
      <span className={styles.quiet}>
        {words} <When at={mention.postedAt} />
      </span>
      <span className={styles.text} dir="auto">
        {mention.text}
      </span>
    </Link>
  )
}
