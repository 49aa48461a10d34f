import type { JSX } from 'preact'
import { api, csvAddress } from '../api/client.ts'
import { hasPeriodBefore, titleOfKey } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { AfterFirstFrame } from '../components/after-first-frame.tsx'
import { Composition } from '../components/composition.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { GroupPicker } from '../components/group-picker.tsx'
import { Headline } from '../components/headline.tsx'
import { Movers } from '../components/movers.tsx'
import { BarKey, RankedTable } from '../components/ranked-table.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { usePageState } from '../navigation/address.tsx'
import { DIMENSIONS_OF } from '../navigation/page-state.ts'
import type { RankedView } from './catalog.ts'
import { rankedAddress, rankedQuery } from './ranked-query.ts'
import { TrendSection } from './trend-section.tsx'

/** A view with a headline, a trend and a ranked table: all that `RANKED_VIEWS` lists. */
export function RankedPage({ definition }: { definition: RankedView }): JSX.Element {
  const state = usePageState()
  const options = rankedQuery(definition, state)
  const { by } = options
  const { data, error, loading, retry } = useResource(
    api.view,
    rankedAddress(definition, state),
    `${definition.view} ${by}`,
  )
  if (error) return <ErrorState error={error} retry={retry} />
  if (!data) return <Skeleton />
  if (data.rows.length === 0) return <EmptyState />
  const title = definition.title(titleOfKey(data))
  const { headline, facts, bars, columns, note, advice } = definition
  const isMoneyRanked = headline.column === 'cost'
  const isCompared = options.compare && hasPeriodBefore(data)
  return (
    <div aria-busy={loading}>
      <Headline title={title} result={data} facts={facts} {...headline} />
      <AfterFirstFrame meanwhile={<div class="skeleton skeleton-table" />}>
        {advice && data.totals[headline.column] === null && <p class="notice notice-calm">{advice}</p>}
        {isMoneyRanked && <Composition result={data} />}
        <div class={isMoneyRanked && isCompared ? 'side-by-side' : ''}>
          <TrendSection by={by} stack={definition.trend} />
          {isMoneyRanked && isCompared && <Movers result={data} by={by} />}
        </div>
        <section class="section" aria-labelledby="ranking-title">
          <div class="section-head">
            <h2 id="ranking-title">Ranked</h2>
            <BarKey bars={bars} />
            <div class="section-tools">
              {!DIMENSIONS_OF[definition.view] && <GroupPicker />}
              <CsvLink address={csvAddress(definition.view, state, options)} />
            </div>
          </div>
          {note && <p class="section-note">{note}</p>}
          <RankedTable caption={title} result={data} columns={columns} bars={bars} />
        </section>
      </AfterFirstFrame>
    </div>
  )
}
