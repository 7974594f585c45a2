import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mention } from '../../serve/api/shapes/mention.ts'
import type { Clause } from '../../serve/api/shapes/trial.ts'
import { useProject } from '../api/queries.ts'
import { Icon } from '../look/icons.tsx'
import { Unknown } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import { useKeys } from '../parts/keys.ts'
import { Answer, Empty, Failed, Loading } from '../parts/states.tsx'
import styles from './Clauses.module.css'
import { MarkList } from './MarkList.tsx'
import type { Marks } from './marks.ts'
import { clausePostsQuery, clausesQuery, type Tried } from './queries.ts'
import bars from './Results.module.css'

/** The posts behind one number of one part. */
type Shown = { clause: Clause; of: 'wanted' | 'unwanted' | 'only' }

export type Point = (start: number, end: number) => void

/** What only this part of the query brings, or keeps away: on the marks and in the history. */
export function Clauses({
  tried,
  isSound,
  marks,
  days,
  onPoint,
}: {
  tried: Tried
  isSound: boolean
  marks: Marks
  days: number | undefined
  /** Shows in the editor where a part is written. */
  onPoint: Point
}) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<(Shown & { text: string }) | null>(null)
  // A number belongs to the query it was counted for.
  if (shown !== null && shown.text === tried.text) {
    return <Behind shown={shown} text={tried.text} marks={marks} onBack={() => setShown(null)} />
  }
  return (
    <>
      <p className={bars.hint}>{t('topics.clausesHelp')}</p>
      <div className={styles.head} aria-hidden="true">
        <span>{t('topics.clause')}</span>
        <span>{t('topics.wantedMany')}</span>
        <span>{t('topics.unwantedMany')}</span>
        <span>{days === undefined ? '' : t('topics.perDays', { count: Math.max(1, Math.round(days)) })}</span>
      </div>
      <Level
        tried={tried}
        isSound={isSound}
        path={[]}
        depth={0}
        onShow={(one) => setShown({ ...one, text: tried.text })}
        onPoint={onPoint}
      />
    </>
  )
}

function Level({
  tried,
  isSound,
  path,
  depth,
  onShow,
  onPoint,
}: {
  tried: Tried
  isSound: boolean
  path: readonly number[]
  depth: number
  onShow: (shown: Shown) => void
  onPoint: Point
}) {
  const { t } = useTranslation()
  const project = useProject()
  const asked = useQuery({ ...clausesQuery(project.id, tried, path), enabled: isSound })
  const [toggled, setToggled] = useState<{ [path: string]: boolean }>({})
  if (asked.data === undefined) {
    return asked.isError ? <Failed error={asked.error} retry={asked.refetch} /> : <Loading rows={3} height={40} />
  }
  if (asked.data.length === 0) return <Empty says={t('topics.onePiece')} />
  // A part without which nothing would be looked for says nothing by itself; what stands in it does.
  const speaksInside = depth === 0 ? asked.data.findIndex(({ inside, only }) => inside > 0 && only === null) : -1
  return (
    <ul className={styles.level} aria-busy={asked.isFetching}>
      {asked.data.map((clause, i) => {
        const key = clause.path.join('.')
        const isOpen = toggled[key] ?? i === speaksInside
        return (
          <Fragment key={key}>
            <Row
              clause={clause}
              depth={depth}
              isOpen={isOpen}
              onToggle={() => setToggled((before) => ({ ...before, [key]: !isOpen }))}
              onShow={(of) => onShow({ clause, of })}
              onPoint={onPoint}
            />
            {isOpen && clause.inside > 0 && (
              <li>
                <Level
                  tried={tried}
                  isSound={isSound}
                  path={clause.path}
                  depth={depth + 1}
                  onShow={onShow}
                  onPoint={onPoint}
                />
              </li>
            )}
          </Fragment>
        )
      })}
    </ul>
  )
}

function Row({
  clause,
  depth,
  isOpen,
  onToggle,
  onShow,
  onPoint,
}: {
  clause: Clause
  depth: number
  isOpen: boolean
  onToggle: () => void
  onShow: (of: Shown['of']) => void
  onPoint: Point
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const { text, start, end, effect, inside, wanted, unwanted, only, finds, isExact } = clause
  const sign = effect === 'brings' ? '+' : '−'
  const figure = (of: Shown['of'], count: number, good: boolean | null) => (
    <button
      type="button"
      className={styles.number}
      data-good={count === 0 ? undefined : (good ?? undefined)}
      disabled={count === 0}
      aria-label={t(`topics.${effect}_${of}`, { count, part: text.slice(0, 60) })}
      onClick={() => onShow(of)}
    >
      {count === 0 ? '0' : `${of === 'only' && !isExact ? '≈ ' : ''}${sign}${f.number(count)}`}
    </button>
  )
  return (
    <li className={styles.row} style={{ paddingInlineStart: 20 + Math.min(depth, 5) * 18 }}>
      <span className={styles.part}>
        {inside > 0 ? (
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-label={t('topics.inside', { count: inside })}
            onClick={onToggle}
          >
            <Icon name={isOpen ? 'down' : 'right'} size={12} />
          </button>
        ) : (
          <span className={styles.toggle} />
        )}
        {start === null || end === null ? (
          <code dir="auto" title={text}>
            {text}
          </code>
        ) : (
          <button type="button" className={styles.where} title={text} onClick={() => onPoint(start, end)}>
            <code dir="auto">{text}</code>
          </button>
        )}
      </span>
      {figure('wanted', wanted.length, effect === 'brings')}
      {figure('unwanted', unwanted.length, effect !== 'brings')}
      {only === null ? (
        <span className={styles.number}>
          <Unknown why={t('topics.onlyUnknown')} />
        </span>
      ) : (
        <span className={styles.history}>
          {figure('only', Math.round(only), null)}
          {finds !== null && (
            <span className={styles.of} title={t('topics.clauseFindsHelp')}>
              {t('topics.clauseFinds', { count: Math.round(finds), shown: f.number(Math.round(finds)) })}
            </span>
          )}
        </span>
      )}
    </li>
  )
}

function Behind({
  shown: { clause, of },
  text,
  marks,
  onBack,
}: {
  shown: Shown
  text: string
  marks: Marks
  onBack: () => void
}) {
  const { t } = useTranslation()
  const project = useProject()
  const posts = useQuery({ ...clausePostsQuery(project.id, text, clause.path), enabled: of === 'only' })
  const ids = new Set(of === 'only' ? [] : clause[of])
  useKeys(t('topics.keys'), [{ keys: 'Escape', does: t('topics.allClauses'), run: onBack }])
  const list = (mentions: readonly Mention[]) => (
    <MarkList mentions={mentions} marks={marks} query={text} label={t(`topics.${clause.effect}_${of}Short`)} />
  )
  return (
    <>
      <div className={bars.bar}>
        <button type="button" className={bars.link} onClick={onBack}>
          <Icon name="left" size={12} /> {t('topics.allClauses')}
        </button>
      </div>
      <p className={bars.hint}>
        {t(`topics.${clause.effect}_${of}Short`)} <code dir="auto">{clause.text}</code>
      </p>
      {of === 'only' ? (
        <Answer of={posts}>{({ sample }) => list(sample)}</Answer>
      ) : (
        list(marks.list.flatMap(({ mention }) => (ids.has(mention.id) ? [mention] : [])))
      )}
    </>
  )
}
