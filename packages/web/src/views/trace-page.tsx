import type { JSX } from 'preact'
import { api, traceAddress } from '../api/client.ts'
import type { Trace, TraceSpan } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { Total } from '../components/headline.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { ScrollingTable } from '../components/scrolling-table.tsx'
import { ErrorState, Skeleton } from '../components/states.tsx'
import { exactMoney, formatMoney } from '../format/money.ts'
import { formatName } from '../format/name.ts'
import { formatCalls, formatCount, formatMilliseconds } from '../format/quantity.ts'
import { formatMoment } from '../format/time.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { MOST_ROWS, type PageState } from '../navigation/page-state.ts'
import { dearestSpans } from './dearest-spans.ts'

/** One trace: when its spans ran, and what each cost by itself and with all below it. */
export function TracePage(): JSX.Element {
  const state = usePageState()
  const { data, error, loading, retry } = useResource(api.trace, traceAddress(state.trace), 'trace')
  if (error) return <ErrorState error={error} retry={retry} />
  if (!data) return <Skeleton />
  return (
    <div aria-busy={loading}>
      <header class="headline">
        <div>
          <PageTitle>{data.spans[0] ? formatName(data.spans[0].name) : 'Trace'}</PageTitle>
          <p class="range">
            <code>{data.trace_id}</code>
            {data.spans[0] && `, ${formatMoment(data.spans[0].started)} UTC`}
          </p>
        </div>
        <div class="headline-total">
          <Total value={data.cost} type="money" />
          <p class="delta">in {formatCalls(data.calls)}</p>
        </div>
        <div class="state-actions">
          {data.trace_url && (
            <a class="control control-loud" href={data.trace_url} rel="noreferrer">
              Open in your backend
            </a>
          )}
          <Link class="control" to={{ ...state, view: 'traces', trace: '' }}>
            All traces
          </Link>
        </div>
      </header>
      <div class="section">
        <Spans trace={data} state={state} />
      </div>
    </div>
  )
}

/** More than anybody reads, and few enough to be drawn quickly. */
const SPANS = 300

function Spans({ trace, state }: { trace: Trace; state: PageState }): JSX.Element {
  const shown = dearestSpans(trace.spans, state.limit ?? SPANS)
  const { from, length } = extentOf(trace.spans)
  return (
    <>
      {shown.length < trace.spans.length && (
        <div class="section-head">
          <p>
            {formatCount(shown.length)} of {formatCount(trace.spans.length)} spans: the dearest calls, and
            what stands above them.{' '}
            {(state.limit ?? SPANS) < MOST_ROWS && (
              <Link class="text-link" to={{ ...state, limit: MOST_ROWS }}>
                Show more
              </Link>
            )}
          </p>
        </div>
      )}
      <ScrollingTable label="Spans">
        <thead>
          <tr>
            <th scope="col" class="text">
              Span, and when it ran
            </th>
            <th scope="col">Own cost</th>
            <th scope="col">Inclusive</th>
            <th scope="col">Duration</th>
            <th scope="col" class="text">
              Model
            </th>
            <th scope="col" class="text">
              Service
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((span) => (
            <SpanRow
              key={span.span_id}
              span={span}
              offset={(Date.parse(span.started) - from) / length}
              share={span.duration_ms / length}
            />
          ))}
        </tbody>
      </ScrollingTable>
    </>
  )
}

/** When a trace begins, and how long it takes, in milliseconds. */
function extentOf(spans: readonly TraceSpan[]): { from: number; length: number } {
  let from = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY
  for (const { started, duration_ms } of spans) {
    const start = Date.parse(started)
    from = Math.min(from, start)
    until = Math.max(until, start + duration_ms)
  }
  return { from, length: until - from || 1 }
}

function SpanRow({ span, offset, share }: { span: TraceSpan; offset: number; share: number }): JSX.Element {
  const notes = [
    span.role === 'wrapper' && 'repeats the usage of a span beneath it, not counted',
    span.unpriced && `unpriced: ${span.unpriced}`,
    span.status === 'error' && 'error',
  ].filter(Boolean)
  return (
    <tr>
      <th scope="row" class="text">
        <div class={`span-name depth-${Math.min(span.depth, 12)}`}>
          {span.depth > 0 && <span class="span-tick" aria-hidden="true" />}
          <span>{formatName(span.name)}</span>
        </div>
        {notes.length > 0 && <span class="row-note">{notes.join(', ')}</span>}
        <div class="row-span" aria-hidden="true">
          <div style={{ left: `${offset * 100}%`, width: `max(2px, ${share * 100}%)` }} />
        </div>
      </th>
      <OwnCost span={span} />
      <td title={exactMoney(span.inclusive_cost)}>
        {span.inclusive_cost === null ? '–' : formatMoney(span.inclusive_cost)}
      </td>
      <td>{formatMilliseconds(span.duration_ms)}</td>
      <td class="text">{span.model ?? '–'}</td>
      <td class="text">{span.service ?? '–'}</td>
    </tr>
  )
}

/** Only a call has a cost of its own; a call without one is unknown. */
function OwnCost({ span }: { span: TraceSpan }): JSX.Element {
  if (span.role !== 'own') return <td class="dim">–</td>
  if (span.cost === null) return <td class="unknown">unknown</td>
  return (
    <td class="primary" title={exactMoney(span.cost)}>
      {formatMoney(span.cost)}
    </td>
  )
}
