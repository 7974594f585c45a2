import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import { useProject, useTopics } from '../api/queries.ts'
import type { signs } from '../parts/codes.ts'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { aspectName, emotionName, stageName } from '../parts/names.ts'
import { usePlaceNames } from '../parts/places.ts'
import { mayWork } from '../parts/roles.ts'
import type { MentionActions } from './actions.ts'
import { tonalitySigns, TonalityWord } from './MentionRow.tsx'
import { Narrow } from './Narrow.tsx'
import { saidQuery } from './queries.ts'
import { Tonality } from './Tonality.tsx'
import styles from './Understood.module.css'

/** Places of the customer's own words that a person is looking at. */
export type Lit = readonly { start: number; end: number }[]

/** What the machine or a person understands of a mention, each with how sure it is and who says so. */
export function Understood({
  mention,
  actions,
  onLight,
}: {
  mention: Mention
  actions: MentionActions
  onLight: (lit: Lit) => void
}) {
  const { t } = useTranslation()
  const { stage, emotions, complaint, categories, corrected } = mention
  const said = useQuery(saidQuery(useProject().id, mention.id))
  return (
    <dl className={styles.understood}>
      <Line name={t('inbox.tonality')}>
        <TonalityOf mention={mention} actions={actions} />
      </Line>
      <Towards mention={mention} />
      <Line name={t('inbox.stage')}>
        {stage === null ? (
          <Unknown why={t('understood.noStage')} />
        ) : (
          <>
            <Narrow by="stage" value={stage}>
              {stageName(t, stage)}
            </Narrow>
            <Sureness of={mention.stageConfidence} byPerson={corrected.includes('stage')} />
          </>
        )}
      </Line>
      <Line name={t('understood.place')}>
        <PlaceOf mention={mention} />
      </Line>
      <Line name={t('understood.emotions')}>
        {emotions.length === 0 ? (
          <Unknown why={t('understood.noEmotions')} />
        ) : (
          emotions.map((emotion, index) => (
            <Fragment key={emotion}>
              {index > 0 && ', '}
              <Narrow by="emotion" value={emotion}>
                {emotionName(t, emotion)}
              </Narrow>
            </Fragment>
          ))
        )}
      </Line>
      <Line name={t('understood.complaint')}>
        {complaint === null ? (
          <Unknown why={t('understood.noComplaint')} />
        ) : (
          <Holds sign="complaint" holds={complaint} />
        )}
      </Line>
      {mention.toxic === true && (
        <Line name={t('understood.abuse')}>
          <Holds sign="toxic" holds />
        </Line>
      )}
      {mention.spam === true && (
        <Line name={t('understood.spam')}>
          <Holds sign="spam" holds />
        </Line>
      )}
      {mention.aspects.length > 0 && (
        <Line name={t('understood.aspects')} wide>
          <Aspects mention={mention} onLight={onLight} />
        </Line>
      )}
      {categories.length > 0 && (
        <Line name={t('understood.categories')} wide>
          <ul className={styles.chips}>
            {categories.map((category) => (
              <li key={category}>
                <Narrow by="category" value={category} chip>
                  {category}
                </Narrow>
                {said.data?.some((one) => one.said === category) === true && (
                  <span className={styles.quiet}> · {t('understood.byPerson')}</span>
                )}
              </li>
            ))}
          </ul>
        </Line>
      )}
    </dl>
  )
}

/** What holds of it, as a link to all that it holds of. */
function Holds({ sign, holds }: { sign: (typeof signs)[number]; holds: boolean }) {
  const { t } = useTranslation()
  return holds ? (
    <Narrow by="sign" value={sign}>
      {t('understood.yes')}
    </Narrow>
  ) : (
    t('understood.no')
  )
}

function TonalityOf({ mention, actions }: { mention: Mention; actions: MentionActions }) {
  const { t } = useTranslation()
  const works = mayWork(useProject().role)
  const { sentiment, sentimentConfidence, corrected } = mention
  if (sentiment !== null) {
    return (
      <>
        <Narrow by="sentiment" value={sentiment}>
          <TonalityWord tonality={sentiment} />
        </Narrow>
        <Sureness of={sentimentConfidence} byPerson={corrected.includes('sentiment')} />
      </>
    )
  }
  if (sentimentConfidence === null) return <Unknown why={t('understood.noTonality')} />
  return (
    <span className={styles.unsure}>
      <span title={t('understood.unsureWhy')}>{works ? t('understood.unsureAsk') : t('understood.unsure')}</span>
      {works && <Tonality mentions={[mention]} actions={actions} />}
    </span>
  )
}

/** Towards which topics it is another tonality than as a whole. */
function Towards({ mention }: { mention: Mention }) {
  const { t } = useTranslation()
  const topics = useTopics(useProject().id).data ?? []
  const towards = mention.topics.flatMap((id) => {
    const tonality = mention.negativeTopics.includes(id)
      ? ('negative' as const)
      : mention.positiveTopics.includes(id)
        ? ('positive' as const)
        : null
    const name = topics.find((topic) => topic.id === id)?.name
    return name === undefined || tonality === null || tonality === mention.sentiment ? [] : [{ id, name, tonality }]
  })
  return towards.map(({ id, name, tonality }) => (
    <Line key={id} name={t('understood.towards', { name: `\u2068${name}\u2069` })}>
      <TonalityWord tonality={tonality} />
    </Line>
  ))
}

function PlaceOf({ mention: { place, placeFrom, placeConfidence, corrected } }: { mention: Mention }) {
  const { t } = useTranslation()
  const nameOf = usePlaceNames([place?.country])
  const { city, region, country } = nameOf(place ?? { country: null, city: null })
  const words = [city, region === city ? null : region, country].filter((part) => part !== null)
  if (words.length === 0) return <Unknown why={t('understood.noPlace')} />
  const byPerson = corrected.includes('place')
  return (
    <>
      <bdi>{words.join(', ')}</bdi>
      {!byPerson && placeFrom !== null && <span className={styles.quiet}> · {t(`understood.from_${placeFrom}`)}</span>}
      <Sureness of={placeConfidence} byPerson={byPerson} />
    </>
  )
}

/** The customer's words light up in the text while a chip is pointed at or has the focus. */
function Aspects({ mention, onLight }: { mention: Mention; onLight: (lit: Lit) => void }) {
  const { t } = useTranslation()
  const [held, setHeld] = useState<string | null>(null)
  const quotesOf = (said: string) => mention.quotes.filter(({ aspect, polarity }) => `${aspect}:${polarity}` === said)
  const show = (said: string | null) => onLight(said === null ? [] : quotesOf(said))
  return (
    <ul className={styles.chips}>
      {mention.aspects.map((said) => {
        const [aspect = said, polarity = 'neutral'] = said.split(':')
        const tonality = polarity === 'negative' || polarity === 'positive' ? polarity : ('neutral' as const)
        const kind = quotesOf(said)[0]?.kind ?? null
        return (
          <li key={said}>
            <button
              type="button"
              className={styles.chip}
              data-tonality={tonality}
              aria-pressed={held === said}
              title={
                kind === null ? t('understood.showWords') : `${t(`understood.${kind}`)}. ${t('understood.showWords')}`
              }
              onPointerEnter={() => show(said)}
              onPointerLeave={() => show(held)}
              onFocus={() => show(said)}
              onBlur={() => show(held)}
              onClick={() => {
                const next = held === said ? null : said
                setHeld(next)
                show(next)
              }}
            >
              <span aria-hidden="true">{tonalitySigns[tonality]}</span> {aspectName(t, aspect)}
              <span className={styles.aloud}>, {t(`tonality.${tonality}`)}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Sureness({ of, byPerson }: { of: number | null; byPerson: boolean }) {
  const { t } = useTranslation()
  const f = useFormat()
  if (byPerson) return <span className={styles.quiet}> · {t('understood.byPerson')}</span>
  if (of === null) return null
  const share = f.percent(Math.round(of * 100) / 100)
  return (
    <span className={styles.quiet} title={t('understood.surenessWhy', { count: Math.round(of * 100) })}>
      {' '}
      · {share}
    </span>
  )
}

function Line({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={styles.line} data-wide={wide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
