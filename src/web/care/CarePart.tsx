import { NumberInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Care } from '../../serve/api/shapes/care.ts'
import { send } from '../api/client.ts'
import { useProject } from '../api/queries.ts'
import { When } from '../parts/figures.tsx'
import { FormButtons } from '../parts/FormButtons.tsx'
import { tell } from '../parts/notices.ts'
import { useSaving } from '../parts/saving.ts'
import { Answer } from '../parts/states.tsx'
import styles from './Care.module.css'
import { ExposureMeter } from './ExposureMeter.tsx'
import { OwnCarePart } from './OwnCarePart.tsx'
import { careQuery } from './queries.ts'

/** What reading hard texts does to people: one's own meter, and for managers when to ask for rest, a total and whom. */
export function CarePart() {
  const { t } = useTranslation()
  const project = useProject()
  const care = useQuery(careQuery(project.id))
  return (
    <section className={styles.part}>
      <p className={styles.help}>{t('care.help')}</p>
      <OwnCarePart />
      <Answer of={care} rows={3}>
        {({ limit, mine, everywhere, team, tired }) => (
          <>
            <h2>{t('care.mine')}</h2>
            <ExposureMeter exposure={mine} limit={limit} />
            {everywhere.week !== mine.week && (
              <p className={styles.quiet}>{t('care.everywhere', { today: everywhere.today, week: everywhere.week })}</p>
            )}
            <p className={styles.help}>{t('care.counted')}</p>
            {team !== null && tired !== null && (
              <>
                <Limit key={limit} limit={limit} />
                <h2>{t('care.team')}</h2>
                <p>{t('care.teamFigures', { today: team.today, week: team.week })}</p>
                {limit !== null && <Tired tired={tired} />}
              </>
            )}
          </>
        )}
      </Answer>
    </section>
  )
}

function Limit({ limit }: Pick<Care, 'limit'>) {
  const { t } = useTranslation()
  const project = useProject()
  const client = useQueryClient()
  const [texts, setTexts] = useState(limit)
  const { sending, wrongIn, onSubmit } = useSaving(t('care.notSaved'))
  const save = async () => {
    await send('PUT', `/projects/${project.id}/care`, { limit: texts })
    await client.invalidateQueries({ queryKey: careQuery(project.id).queryKey })
    tell(t(texts === null ? 'care.savedNone' : 'care.saved'))
  }
  return (
    <form className={styles.form} onSubmit={onSubmit(save)}>
      <h2>{t('care.rotation')}</h2>
      <NumberInput
        label={t('care.limit')}
        description={t('care.limitHelp')}
        value={texts ?? ''}
        min={1}
        max={10_000}
        allowDecimal={false}
        error={wrongIn('limit')}
        onChange={(value) => setTexts(typeof value === 'number' && value > 0 ? value : null)}
      />
      <FormButtons does={t('common.save')} sending={sending} disabled={texts === limit} />
    </form>
  )
}

function Tired({ tired }: { tired: NonNullable<Care['tired']> }) {
  const { t } = useTranslation()
  if (tired.length === 0) return <p className={styles.quiet}>{t('care.nobodyTired')}</p>
  return (
    <>
      <p>{t('care.tired')}</p>
      <ul className={styles.people}>
        {tired.map(({ name, at }) => (
          <li key={`${name} ${at}`}>
            <bdi>{name}</bdi>{' '}
            <span className={styles.quiet}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
