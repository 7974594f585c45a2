import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategorySet } from '../../serve/api/shapes/category.ts'
import { topicColor } from '../look/colors.ts'
import { Icon } from '../look/icons.tsx'
import { Chart } from '../parts/chart/Chart.tsx'
import { Share, When } from '../parts/figures.tsx'
import { useFormat } from '../parts/format.ts'
import styles from './Categories.module.css'

/** One set: how many labels, how good what was learnt is, the curve, and each category. */
export function CategoryFigures({ set, children }: { set: CategorySet; children: ReactNode }) {
  const { t } = useTranslation()
  const f = useFormat()
  const points = pointsOf(set)
  return (
    <article className={styles.set} aria-labelledby={`set-${set.id}`}>
      <header className={styles.head}>
        <div>
          <h2 id={`set-${set.id}`} className={styles.name}>
            {set.name}
          </h2>
          <State set={set} />
        </div>
        <div className={styles.actions}>{children}</div>
      </header>
      <div className={styles.figures}>
        {points.length > 1 && (
          <div className={styles.curve}>
            <Chart
              title={t('categories.curve')}
              unit={t('categories.unit')}
              shape="lines"
              x={{ names: points.map(({ labels }) => f.number(labels)) }}
              series={[
                {
                  key: 'accuracy',
                  label: t('categories.accuracy'),
                  color: topicColor(0),
                  values: points.map(({ accuracy }) => percent(accuracy)),
                },
                {
                  key: 'f1',
                  label: t('categories.macroF1'),
                  color: topicColor(1),
                  values: points.map(({ macroF1 }) => percent(macroF1)),
                },
              ]}
              formula={t('categories.formula')}
              height={200}
            />
          </div>
        )}
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('categories.category')}</th>
              <th scope="col">{t('categories.labels')}</th>
              <th scope="col">{t('categories.precision')}</th>
              <th scope="col">{t('categories.recall')}</th>
            </tr>
          </thead>
          <tbody>
            {set.categories.map(({ id, name, labels, precision, recall }) => (
              <tr key={id}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td>{f.number(labels)}</td>
                {[precision, recall].map((share, i) => (
                  <td key={i}>
                    <Share value={share} why={t('categories.notMeasured')} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  )
}

function State({ set }: { set: CategorySet }) {
  const { t } = useTranslation()
  const f = useFormat()
  const { learnt, agreement } = set
  const missing = set.neededLabels - set.labels
  const about = agreement.alpha === null ? t('categories.agreeUnknown') : t('categories.agreeHelp')
  return (
    <p className={styles.state}>
      <span>{t('categories.labelsSoFar', { count: set.labels, shown: f.number(set.labels) })}</span>
      {learnt === null ? (
        <span>
          {missing > 0
            ? t('categories.toGo', { count: missing, shown: f.number(missing) })
            : t('categories.secondCategory')}
        </span>
      ) : (
        <>
          <span>
            {t('categories.learnt')} <When at={learnt.at} />
          </span>
          {learnt.accuracy !== null && <span>{t('categories.right', { share: f.percent(learnt.accuracy) })}</span>}
        </>
      )}
      {agreement.pairs > 0 && (
        <span>
          {t('categories.agree', { alpha: agreement.alpha === null ? '—' : f.precise(agreement.alpha) })}
          <Tooltip label={about} events={{ hover: true, focus: true, touch: true }} multiline maw={360}>
            <button type="button" className={styles.about} aria-label={about}>
              <Icon name="info" size={12} />
            </button>
          </Tooltip>
        </span>
      )}
    </p>
  )
}

/** The curve as it was kept, and what holds now. */
function pointsOf({ curve, learnt }: CategorySet) {
  const kept = curve.filter(({ labels }) => learnt === null || labels < learnt.labels)
  return learnt === null || learnt.accuracy === null || learnt.macroF1 === null
    ? kept
    : [...kept, { labels: learnt.labels, accuracy: learnt.accuracy, macroF1: learnt.macroF1 }]
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10
}
