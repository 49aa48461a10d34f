import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { api, viewAddress } from '../api/client.ts'
import { useResource } from '../api/use-resource.ts'
import { TrendChart } from '../chart/trend-chart.tsx'
import { isFlat, SERIES_COLOURS, stackByKey, stackTokenKinds } from '../chart/trend-data.ts'
import { formatLength } from '../format/time.ts'
import { navigate, usePageState } from '../navigation/address.tsx'
import { MEASURES, type Measure, wantsComparison } from '../navigation/page-state.ts'
import type { Stack } from './catalog.ts'

const MEASURE_LABEL: Record<Measure, string> = {
  cost: 'Cost',
  calls: 'Calls',
  input_tokens: 'Input tokens',
  output_tokens: 'Output tokens',
}

/** The range over time, stacked by the dimension or by the kind of token. */
export function TrendSection({ by, stack }: { by: string; stack: Stack }): JSX.Element | null {
  const state = usePageState()
  const address = viewAddress('trend', state, {
    by,
    limit: SERIES_COLOURS,
    compare: stack === 'key' && wantsComparison(state),
  })
  const { data, loading, error, retry } = useResource(api.view, address, `trend ${by}`)
  const trend = useMemo(
    () =>
      data &&
      (stack === 'key' ? stackByKey(data, state.measure) : stackTokenKinds(data, stack === 'token-kinds')),
    [data, stack, state.measure],
  )
  const { since, until } = data?.range ?? {}
  const before = since && until ? `the ${formatLength(since, until)} before` : ''
  if (trend?.buckets.length === 0) return null
  const title =
    stack !== 'key'
      ? `${stack === 'token-kinds' ? 'Tokens' : 'Input tokens'} over time`
      : `${MEASURE_LABEL[state.measure]} over time`
  return (
    <section class="section" aria-busy={loading} aria-labelledby="trend-title">
      <div class="section-head">
        <h2 id="trend-title">{title}</h2>
        {stack === 'key' && (
          <select
            class="control"
            aria-label="Measure"
            value={state.measure}
            onChange={(event) => navigate({ ...state, measure: event.currentTarget.value as Measure })}
          >
            {MEASURES.map((measure) => (
              <option key={measure} value={measure} selected={measure === state.measure}>
                {MEASURE_LABEL[measure]}
              </option>
            ))}
          </select>
        )}
      </div>
      {error ? (
        <p class="section-note" role="alert">
          The chart could not be loaded: {error.message}{' '}
          <button type="button" class="control" onClick={retry}>
            Try again
          </button>
        </p>
      ) : trend && isFlat(trend) ? (
        <p class="section-note">Nothing to draw: it is zero or unknown all the time.</p>
      ) : trend ? (
        <TrendChart title={title} trend={trend} by={by} before={before} />
      ) : (
        <div class="skeleton trend-plot" />
      )}
    </section>
  )
}
