/**
 * A chart with everything a reader may ask of it.
 *   <Chart
 *     title="Complaints doubled on 12 March"      the finding when there is one, else what is shown
 *     unit={t('chart.mentions')} period={f.day(from) + ' – ' + f.day(to)} mentions={1234}
 *     shape="bars" | "stack" | "lines" | "ranks"  bars and stack stand on zero; ranks are lying bars with names
 *     x={{ at: buckets, bucket: 'day' }}           or x={{ names: [...] }}
 *     series={[{ key: '3', label: 'Filin', color: topicColor(2), values: [1, 2, null] }]}
 *     formula={overview.measures.volume}           shown behind the "i"
 *     onPick={({ series, index }) => …}            opens the mentions behind a mark; also from the table
 *     height={220} />
 * ECharts comes in its own file when the first chart is shown. Null is a gap, never zero. Up to five lines carry
 * their names at their ends when these have room; otherwise there is a legend. Charts copy as table (TSV) and as picture (PNG).
 */
import { ActionIcon, Menu, Tooltip, useComputedColorScheme } from '@mantine/core'
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../look/icons.tsx'
import { useFormat, type Format } from '../format.ts'
import { tell, tellFailure } from '../notices.ts'
import type { Painted } from './paint.ts'
import styles from './Chart.module.css'

export type Bucket = 'hour' | 'day' | 'week' | 'month'
export type ChartSeries = { key: string; label: string; color: string; values: readonly (number | null)[] }
export type ChartX = { at: readonly string[]; bucket: Bucket } | { names: readonly string[] }
export type Pick = { series: string; index: number }
export type ChartShape = 'bars' | 'stack' | 'lines' | 'ranks'

const directLabels = 5
const labelPx = 15
const axisPx = 36

export function Chart({
  title,
  unit,
  period,
  mentions,
  shape,
  x,
  series,
  formula,
  onPick,
  height = 220,
}: {
  title: string
  unit: string
  period?: string
  mentions?: number
  shape: ChartShape
  x: ChartX
  series: readonly ChartSeries[]
  formula?: string
  onPick?: (pick: Pick) => void
  height?: number
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const scheme = useComputedColorScheme()
  const [asTable, setAsTable] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const painted = useRef<Painted | null>(null)
  const titleId = useId()
  const names = namesOf(x, f)
  const labelled = labelsFit(series, height)
  const pick = useEffectEvent((picked: Pick) => onPick?.(picked))
  const paint = useEffectEvent(() =>
    painted.current?.paint({
      shape,
      names,
      series,
      number: f.short,
      labelled,
      pickable: onPick !== undefined,
    }),
  )
  const signature = JSON.stringify([shape, names, series])

  useEffect(() => {
    if (asTable || place.current === null) return
    let gone = false
    const element = place.current
    void import('./paint.ts').then(({ openPainter }) => {
      if (gone) return
      painted.current = openPainter(element, (picked) => pick(picked))
      paint()
    })
    return () => {
      gone = true
      painted.current?.close()
      painted.current = null
    }
  }, [asTable])
  useEffect(() => {
    paint()
  }, [signature, scheme, f])

  const facts = [
    unit,
    period,
    mentions === undefined ? undefined : t('chart.basedOn', { count: mentions, shown: f.number(mentions) }),
  ]
  const copy = (work: Promise<unknown>) =>
    work.then(
      () => tell(t('chart.copied')),
      (error: unknown) => tellFailure(t('chart.notCopied'), error),
    )
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <figcaption className={styles.head}>
        <div className={styles.words}>
          <h3 id={titleId} className={styles.title}>
            {title}
          </h3>
          <p className={styles.facts}>
            {facts.filter((fact) => fact !== undefined && fact !== '').join(' · ')}
            {formula !== undefined && (
              <Tooltip label={formula} events={{ hover: true, focus: true, touch: true }}>
                <button type="button" className={styles.formula} aria-label={formula}>
                  <Icon name="info" size={12} />
                </button>
              </Tooltip>
            )}
          </p>
        </div>
        <ActionIcon
          aria-pressed={asTable}
          aria-label={asTable ? t('chart.asChart') : t('chart.asTable')}
          title={asTable ? t('chart.asChart') : t('chart.asTable')}
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name={asTable ? 'overview' : 'table'} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('chart.more')}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<Icon name="table" />}
              onClick={() => void copy(navigator.clipboard.writeText(asText(names, series)))}
            >
              {t('chart.copyTable')}
            </Menu.Item>
            {!asTable && (
              <Menu.Item
                leftSection={<Icon name="copy" />}
                onClick={() => painted.current !== null && void copy(copyPicture(painted.current))}
              >
                {t('chart.copyPicture')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<Icon name="link" />}
              onClick={() => void copy(navigator.clipboard.writeText(location.href))}
            >
              {t('chart.copyLink')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </figcaption>
      {!asTable && series.length > 1 && (shape !== 'lines' || !labelled) && (
        <ul className={styles.legend}>
          {series.map(({ key, label, color }) => (
            <li key={key}>
              <i style={{ background: color }} /> <bdi>{label}</bdi>
            </li>
          ))}
        </ul>
      )}
      {asTable ? (
        <Figures
          of={title}
          names={names}
          series={series}
          {...(onPick === undefined ? {} : { onPick })}
          height={height}
          f={f}
        />
      ) : (
        <>
          <div ref={place} style={{ height }} aria-hidden="true" />
          <div className="visually-hidden">
            <Figures of={title} names={names} series={series} height={height} f={f} />
          </div>
        </>
      )}
    </figure>
  )
}

/** The same figures for reading, for screen readers and for picking by keyboard. */
function Figures({
  of,
  names,
  series,
  onPick,
  height,
  f,
}: {
  of: string
  names: readonly string[]
  series: readonly ChartSeries[]
  onPick?: (pick: Pick) => void
  height: number
  f: Format
}) {
  const { t } = useTranslation()
  return (
    <div className={styles.tableBox} style={{ maxHeight: height }}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" aria-label={of} />
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                <bdi>{label}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, index) => (
            <tr key={index}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              {series.map(({ key, values }) => {
                const value = values[index] ?? null
                return (
                  <td key={key}>
                    {value === null ? (
                      <abbr title={t('common.unknown')}>—</abbr>
                    ) : onPick === undefined ? (
                      f.number(value)
                    ) : (
                      <button type="button" className={styles.pick} onClick={() => onPick({ series: key, index })}>
                        {f.number(value)}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Names at the ends of lines, unless there are many or they would lie on each other. */
function labelsFit(series: readonly ChartSeries[], height: number): boolean {
  const top = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const ends = series.map(({ values }) => ((values.findLast((value) => value !== null) ?? 0) / top) * (height - axisPx))
  ends.sort((one, other) => one - other)
  return (
    series.length <= directLabels && ends.every((end, index) => index === 0 || end - (ends[index - 1] ?? 0) >= labelPx)
  )
}

function namesOf(x: ChartX, f: Format): string[] {
  if ('names' in x) return [...x.names]
  const name = { hour: (at: string) => `${f.day(at)}, ${f.hour(at)}`, day: f.day, week: f.day, month: f.month }[
    x.bucket
  ]
  return x.at.map(name)
}

function asText(names: readonly string[], series: readonly ChartSeries[]): string {
  const head = ['', ...series.map(({ label }) => label)]
  const rows = names.map((name, index) => [name, ...series.map(({ values }) => values[index] ?? '')])
  return [head, ...rows].map((row) => row.join('\t')).join('\n')
}

async function copyPicture(painted: Painted): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': painted.picture() })])
}
