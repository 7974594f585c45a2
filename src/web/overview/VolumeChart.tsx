import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Overview } from '../../serve/api/shapes/overview.ts'
import type { Topic } from '../../serve/api/shapes/topic.ts'
import { topicColor } from '../look/colors.ts'
import { Chart, type ChartSeries, type Pick } from '../parts/chart/Chart.tsx'
import { mediaTypes } from '../parts/codes.ts'
import { inList } from '../parts/filter.ts'
import { type Format, useFormat } from '../parts/format.ts'
import { mediaName, sourceName } from '../parts/names.ts'
import { findPeak, sumByBucket } from './findings.ts'
import { type MentionsSearch, useOpenMentions } from './MentionsLink.tsx'
import { Segments } from '../parts/Segments.tsx'
import styles from './Overview.module.css'

const views = ['topic', 'media', 'source'] as const
type View = (typeof views)[number]

/** The series of the server in which everything beyond the largest stands together. */
const restKey = 'other'
/** Mentions whose media type nobody told; there is no filter for them. */
const unknownKey = 'unknown'
const restColor = 'var(--topic-9)'

export function VolumeChart({
  overview,
  topics,
  period,
}: {
  overview: Overview
  topics: readonly Topic[]
  period: string
}) {
  const { t } = useTranslation()
  const f = useFormat()
  const open = useOpenMentions()
  const [view, setView] = useState<View>('topic')
  const {
    buckets,
    period: { bucket, to },
  } = overview
  const peak = findPeak(sumByBucket(overview.bySource, buckets.length))
  const peakAt = peak === null ? undefined : buckets[peak.index]
  const title =
    peak === null || peakAt === undefined
      ? t('overview.overTime')
      : t(`overview.peak_${bucket}`, {
          at: bucketName(f, bucket, peakAt),
          times: f.number(peak.times),
          shown: f.number(peak.count),
        })
  const raw = { topic: overview.byTopic, media: overview.byMedia, source: overview.bySource }[view]
  const series: ChartSeries[] = raw.map(({ key, label, counts }, index) => ({
    key,
    label: labelOf(t, view, key, label),
    color: colorOf(view, key, index, topics),
    values: counts,
  }))
  const formula = overview.measures.byTopic
  const pick = ({ series: key, index }: Pick) => {
    const from = buckets[index]
    if (from === undefined) return
    open({ ...only(view, key), from, to: buckets[index + 1] ?? to })
  }
  return (
    <div className={styles.panel} data-size="wide">
      <div className={styles.views}>
        <Segments
          label={t('overview.by')}
          options={views.map((value) => ({ value, label: t(`overview.by_${value}`) }))}
          chosen={view}
          onChoose={setView}
        />
      </div>
      <Chart
        title={title}
        unit={t(`overview.per_${bucket}`)}
        period={period}
        mentions={overview.total}
        // A mention may belong to several topics, so topics are never stacked into a sum.
        shape={view !== 'topic' || series.length < 2 ? 'stack' : 'lines'}
        x={{ at: buckets, bucket }}
        series={series}
        {...(formula === undefined ? {} : { formula })}
        onPick={pick}
        height={240}
      />
    </div>
  )
}

function labelOf(t: TFunction, view: View, key: string, label: string): string {
  if (key === restKey) return t('overview.rest')
  switch (view) {
    case 'topic':
      return label
    case 'source':
      return sourceName(t, label)
    case 'media':
      return key === unknownKey ? t('overview.noMedia') : mediaName(t, key)
  }
}

function only(view: View, key: string): MentionsSearch {
  if (key === restKey || key === unknownKey) return {}
  if (view !== 'source') return { [view]: key }
  const colon = key.indexOf(':')
  return { platform: key.slice(0, colon), source: inList(key.slice(colon + 1)) }
}

function bucketName(f: Format, bucket: Overview['period']['bucket'], at: string): string {
  switch (bucket) {
    case 'hour':
      return `${f.day(at)}, ${f.hour(at)}`
    case 'day':
    case 'week':
      return f.day(at)
    case 'month':
      return f.month(at)
  }
}

function colorOf(view: View, key: string, index: number, topics: readonly Topic[]): string {
  if (key === restKey) return restColor
  if (view === 'topic') return topicColor(topics.find(({ id }) => String(id) === key)?.color ?? 0)
  if (view === 'source') return topicColor(index)
  const media = mediaTypes.findIndex((known) => known === key)
  return media < 0 ? restColor : topicColor(media)
}
