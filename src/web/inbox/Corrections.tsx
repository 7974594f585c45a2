import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaidOfMention } from '../../serve/api/shapes/category.ts'
import type { Mention, MentionDetail } from '../../serve/api/shapes/mention.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { stageName, tonalityName } from '../parts/names.ts'
import { mayWork } from '../parts/roles.ts'
import type { Judged, MentionActions } from './actions.ts'
import styles from './Corrections.module.css'
import { countryName } from '../parts/places.ts'

type Field = Judged['field']

/** Who judged what, when and why; what holds may be explained, or taken back, and then the machine's word stands again. */
export function Corrections({
  mention,
  corrections,
  actions,
}: {
  mention: Mention
  corrections: MentionDetail['corrections']
  actions: MentionActions
}) {
  const { t, i18n } = useTranslation()
  const works = mayWork(useProject().role)
  const [explaining, setExplaining] = useState<Field | null>(null)
  const fieldName = (field: Field) =>
    t(field === 'sentiment' ? 'inbox.tonality' : field === 'stage' ? 'inbox.stage' : 'understood.place')
  const nameOf = (field: Field, value: string | null) => {
    if (value === null) return '—'
    if (field === 'place') return countryName(i18n.language, value)
    return field === 'sentiment' ? tonalityName(t, value) : stageName(t, value)
  }
  return (
    <>
      <ul>
        {corrections.map(({ at, actor, field, from, to, reason }) => (
          <Line key={`${at} ${field} ${actor}`} at={at} by={actor} reason={reason}>
            {to === null
              ? t('inbox.correctedBack', { what: fieldName(field) })
              : from === to
                ? t('understood.confirmed', { what: fieldName(field), value: nameOf(field, to) })
                : t('inbox.correctedTo', { what: fieldName(field), from: nameOf(field, from), to: nameOf(field, to) })}
          </Line>
        ))}
      </ul>
      {works &&
        mention.corrected.map((field) => (
          <div key={field} className={styles.steps}>
            <span className={styles.quiet}>{fieldName(field)}:</span>
            <button type="button" onClick={() => setExplaining(explaining === field ? null : field)}>
              {t('understood.sayWhy')}
            </button>
            <button type="button" onClick={() => void actions.judge([mention], { field, value: null })}>
              {t('inbox.correctionBack')}
            </button>
            {explaining === field && (
              <Reason
                label={t('understood.whyPlace', { what: fieldName(field) })}
                onSay={(reason) => {
                  void actions.explain(mention, field, reason)
                  setExplaining(null)
                }}
              />
            )}
          </div>
        ))}
    </>
  )
}

/** Who put it into which category, set by set, newest first. */
export function CategoryLines({ said }: { said: readonly SaidOfMention[] }) {
  const { t } = useTranslation()
  return (
    <ul>
      {said.flatMap(({ set, name, lines }) =>
        lines.map(({ at, by, category, reason }) => (
          <Line key={`${set} ${at} ${by}`} at={at} by={by} reason={reason}>
            {category === null
              ? t('understood.categoryLineBack', { set: name })
              : t('understood.categoryLine', { set: name, category })}
          </Line>
        )),
      )}
    </ul>
  )
}

/** What was said, by whom, when and why. */
function Line({ at, by, reason, children }: { at: string; by: string; reason: string | null; children: ReactNode }) {
  return (
    <li className={styles.correction}>
      <span>{children}</span>
      <bdi className={styles.quiet}>{by}</bdi>
      <span className={styles.time}>
        <When at={at} />
      </span>
      {reason !== null && (
        <q className={styles.reason} dir="auto">
          {reason}
        </q>
      )}
    </li>
  )
}

function Reason({ label, onSay }: { label: string; onSay: (reason: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <form
      className={styles.why}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onSay(text.trim())
      }}
    >
      <input
        value={text}
        maxLength={500}
        dir="auto"
        placeholder={label}
        aria-label={label}
        // It opens because a person asked for it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit">{t('common.save')}</button>
    </form>
  )
}
