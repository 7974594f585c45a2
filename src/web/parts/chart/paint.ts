import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'
import type { EChartsCoreOption } from 'echarts/core'
import { cssValue } from '../../look/colors.ts'
import type { ChartSeries, ChartShape, Pick } from './Chart.tsx'

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, LabelLayout, CanvasRenderer])

export type Picture = {
  shape: ChartShape
  names: readonly string[]
  series: readonly ChartSeries[]
  number: (value: number) => string
  labelled: boolean
  pickable: boolean
}

export type Painted = { paint(picture: Picture): void; picture(): Promise<Blob>; close(): void }

/** Paints into an element until closed; follows its size. */
export function openPainter(element: HTMLElement, pick: (pick: Pick) => void): Painted {
  const chart = echarts.init(element)
  let last: Picture | null = null
  const watcher = new ResizeObserver(() => chart.resize())
  watcher.observe(element)
  chart.on('click', ({ seriesId, dataIndex }) => {
    if (last?.pickable === true && seriesId !== undefined) pick({ series: seriesId, index: dataIndex })
  })
  return {
    paint(picture) {
      last = picture
      chart.setOption(optionOf(picture), { notMerge: true })
    },
    async picture() {
      const address = chart.getDataURL({ pixelRatio: 2, backgroundColor: cssValue('var(--ground)') })
      const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) => letter.charCodeAt(0))
      return new Blob([bytes], { type: 'image/png' })
    },
    close() {
      watcher.disconnect()
      chart.dispose()
    },
  }
}

function optionOf({ shape, names, series, number, labelled, pickable }: Picture): EChartsCoreOption {
  const text = cssValue('var(--text-2)')
  const quiet = cssValue('var(--text-3)')
  const line = cssValue('var(--line)')
  const ground = cssValue('var(--ground)')
  const font = getComputedStyle(document.body).fontFamily
  const lying = shape === 'ranks'
  const longest = Math.max(0, ...series.map(({ label }) => label.length))
  const nameAxis = {
    type: 'category',
    data: names,
    inverse: lying,
    boundaryGap: shape !== 'lines',
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: {
      color: lying ? text : quiet,
      fontSize: 12,
      hideOverlap: true,
      ...(lying ? { width: 148, overflow: 'truncate' } : {}),
    },
  }
  const valueAxis = {
    type: 'value',
    min: shape === 'lines' ? undefined : 0,
    splitNumber: 3,
    minInterval: 1,
    axisLabel: { color: quiet, fontSize: 12, formatter: (value: number) => number(value) },
    splitLine: { lineStyle: { color: line } },
    show: !lying,
  }
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: font, color: text },
    grid: {
      left: 4,
      top: 12,
      bottom: 4,
      containLabel: true,
      right: shape === 'lines' && labelled ? Math.min(140, 16 + longest * 7) : lying ? 52 : 8,
    },
    xAxis: lying ? valueAxis : nameAxis,
    yAxis: lying ? nameAxis : valueAxis,
    tooltip: {
      trigger: lying ? 'item' : 'axis',
      confine: true,
      transitionDuration: 0,
      axisPointer: {
        type: shape === 'lines' ? 'line' : 'shadow',
        lineStyle: { color: quiet },
        shadowStyle: { color: 'rgba(128,134,150,0.12)' },
      },
      className: 'heed-chart-tip',
      // An element, not a string: collected names are never read as HTML, and the page's policy allows no style attributes.
      formatter: (hovered: unknown) => tip(hovered, series, number),
    },
    series: series.map(({ key, label, color, values }, place) => {
      const paint = cssValue(color)
      const common = {
        id: key,
        name: label,
        data: values,
        color: paint,
        cursor: pickable ? 'pointer' : 'default',
        emphasis: { focus: 'none' },
      }
      if (shape === 'lines') {
        return {
          ...common,
          type: 'line',
          showSymbol: names.length < 3,
          symbol: 'circle',
          symbolSize: 6,
          connectNulls: false,
          lineStyle: { width: 2, color: paint },
          triggerLineEvent: true,
          endLabel: { show: labelled, formatter: shorten(label), color: paint, fontSize: 12, distance: 6 },
          labelLayout: { moveOverlap: 'shiftY' },
        }
      }
      return {
        ...common,
        type: 'bar',
        barMaxWidth: lying ? 16 : 40,
        barCategoryGap: '24%',
        barMinWidth: 2,
        ...(shape === 'stack' ? { stack: 'all' } : {}),
        itemStyle: {
          borderColor: ground,
          borderWidth: shape === 'stack' ? 0.5 : 0,
          borderRadius: shape === 'stack' && place < series.length - 1 ? 0 : lying ? [0, 2, 2, 0] : [2, 2, 0, 0],
        },
        label: {
          show: lying,
          position: 'right',
          color: text,
          fontSize: 12,
          formatter: ({ value }: { value: number | null }) => (value === null ? '—' : number(value)),
        },
      }
    }),
  }
}

function shorten(label: string): string {
  return label.length > 18 ? `${label.slice(0, 17)}…` : label
}

function tip(hovered: unknown, series: readonly ChartSeries[], number: (value: number) => string): HTMLElement {
  const marks = (Array.isArray(hovered) ? hovered : [hovered]) as {
    name: string
    seriesId: string
    seriesName: string
    value: unknown
  }[]
  const box = document.createElement('div')
  const head = box.appendChild(document.createElement('strong'))
  head.textContent = marks[0]?.name ?? ''
  for (const mark of marks) {
    if (typeof mark.value !== 'number' || (mark.value === 0 && marks.length > 5)) continue
    const row = box.appendChild(document.createElement('div'))
    const swatch = row.appendChild(document.createElement('i'))
    swatch.style.background = series.find(({ key }) => key === mark.seriesId)?.color ?? ''
    row.appendChild(document.createElement('bdi')).textContent = mark.seriesName
    row.appendChild(document.createElement('b')).textContent = number(mark.value)
  }
  return box
}
