import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useColourScheme } from '../components/colour-scheme.tsx'
import { formatCell } from '../format/cell.ts'
import { formatBucket } from '../format/time.ts'
import { Link, navigate, usePageState } from '../navigation/address.tsx'
import { narrow, type PageState } from '../navigation/page-state.ts'
import { endOf } from './buckets.ts'
import type { Hover } from './plot.ts'
import { bucketTotal, type Trend } from './trend-data.ts'
import { TrendTable } from './trend-table.tsx'

interface TrendChartProps {
  title: string
  trend: Trend
  /** The dimension that the layers are values of. */
  by: string
  /** The period that the line is for, in words. */
  before: string
}

/** Stacked bars over time: drag for a shorter range, click for the traces behind a bar. */
export function TrendChart({ title, trend, by, before }: TrendChartProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null)
  const state = usePageState()
  const scheme = useColourScheme()
  const [hover, setHover] = useState<Hover>()

  useEffect(() => {
    let remove: (() => void) | undefined
    let gone = false
    // The figures above don't need the chart library, so it is loaded after the first paint.
    import('./plot.ts').then(
      ({ drawTrend }) => {
        if (gone || !host.current) return
        remove = drawTrend(host.current, trend, {
          onHover: setHover,
          onSelectRange: (from, to) => navigate(between(state, trend, from, to)),
          onSelectBar: (index, layer) => {
            const shorter = between(state, trend, index, index)
            const { key } = trend.series[layer]!
            navigate({
              ...(key === undefined ? shorter : narrow(shorter, { key: by, value: key })),
              view: 'traces',
            })
          },
        })
      },
      () => undefined,
    )
    return () => {
      gone = true
      remove?.()
    }
  }, [trend, scheme, state, by])

  return (
    <div class="trend">
      <div
        class="trend-plot"
        ref={host}
        role="img"
        aria-label={`${title}: a chart of stacked bars. The same as a table follows.`}
      />
      {hover && <TrendTip trend={trend} hover={hover} />}
      <Legend trend={trend} by={by} before={before} />
      <TrendTable title={title} trend={trend} />
    </div>
  )
}

/** Shortened to the buckets from one to another. */
function between(state: PageState, { bucket, buckets }: Trend, from: number, to: number): PageState {
  const print = (time: number): string => new Date(time).toISOString()
  return { ...state, since: print(buckets[from]!), until: print(endOf(buckets[to]!, bucket)) }
}

function Legend({ trend, by, before }: Omit<TrendChartProps, 'title'>): JSX.Element {
  const state = usePageState()
  return (
    <ul class="legend">
      {trend.series.map(({ key, label, colour }) => (
        <li key={colour}>
          {key === undefined ? (
            <span class="legend-item">
              <span class={`swatch ${colour}`} /> <span class="series-name">{label}</span>
            </span>
          ) : (
            <Link to={narrow(state, { key: by, value: key })} title={`Only ${label}`}>
              <span class={`swatch ${colour}`} /> <span class="series-name">{label}</span>
            </Link>
          )}
        </li>
      ))}
      {trend.before && (
        <li>
          <span class="legend-item">
            <span class="line-swatch" /> <span>{before}</span>
          </span>
        </li>
      )}
    </ul>
  )
}

function TrendTip({ trend, hover }: { trend: Trend; hover: Hover }): JSX.Element {
  const { index, side, pixels } = hover
  const layers = trend.series.filter(({ heights }) => heights[index]! > 0)
  return (
    <ul class="trend-tip" style={{ [side]: `${pixels}px` }} aria-hidden="true">
      <li>{formatBucket(trend.buckets[index]!, trend.bucket)} UTC</li>
      <li class="tip-total">
        <span>Total</span>
        <span>{formatCell(bucketTotal(trend, index), trend.type)}</span>
      </li>
      {trend.before && (
        <li>
          <span class="line-swatch" />
          <span>Before</span>
          <span>{formatCell(trend.before[index], trend.type)}</span>
        </li>
      )}
      {layers.toReversed().map(({ label, colour, values }) => (
        <li key={colour}>
          <span class={`swatch ${colour}`} />
          <span class="series-name">{label}</span>
          <span>{formatCell(values[index], trend.type)}</span>
        </li>
      ))}
    </ul>
  )
}
