import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { api, csvAddress, viewAddress } from '../api/client.ts'
import type { Filter, Row, ViewResult } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { Composition } from '../components/composition.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { Headline } from '../components/headline.tsx'
import { RankedTable } from '../components/ranked-table.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { formatMoney } from '../format/money.ts'
import { formatName } from '../format/name.ts'
import { formatCount } from '../format/quantity.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { LADDER, type PageState, wantsComparison } from '../navigation/page-state.ts'
import { TrendSection } from './trend-section.tsx'

type Step = (typeof LADDER)[number]

const TITLES: Record<Step, string> = {
  organization: 'Organizations',
  application: 'Applications',
  feature: 'Features',
  owner: 'Owners',
}

/** Organization → application → feature → owner, each step with what an outcome cost. */
export function DrilldownPage(): JSX.Element {
  const state = usePageState()
  const by = state.by as Step
  const options = { by, compare: wantsComparison(state), limit: state.limit ?? 100 }
  const spend = useResource(api.view, viewAddress('spend', state, options), `drilldown ${by}`)
  const outcomes = useResource(
    api.view,
    viewAddress('outcomes', state, { by, limit: 1000 }),
    `outcomes ${by}`,
  )
  const data = useMemo(
    () => spend.data && withOutcomes(spend.data, outcomes.data),
    [spend.data, outcomes.data],
  )
  if (spend.error) return <ErrorState error={spend.error} retry={spend.retry} />
  if (!data) return <Skeleton />
  if (data.rows.length === 0) return <EmptyState />
  return (
    <div aria-busy={spend.loading}>
      <Headline
        title={titleOf(by, state)}
        result={data}
        column="cost"
        label="spent"
        facts={['calls', 'cost_per_call', 'p95_ms']}
      />
      <Ladder />
      <Composition result={data} />
      <section class="section" aria-labelledby="ranking-title">
        <div class="section-head">
          <h2 id="ranking-title">Ranked</h2>
          <div class="section-tools">
            <CsvLink address={csvAddress('spend', state, options)} />
            <CsvLink label="Outcomes CSV" address={csvAddress('outcomes', state, { by })} />
          </div>
        </div>
        <RankedTable
          caption={titleOf(by, state)}
          result={data}
          columns={['cost', 'share', 'change', 'change_ratio', 'calls', 'outcome', 'cost_per_outcome']}
          bars={[{ kind: 'length', column: 'cost' }]}
        />
        {outcomes.data?.rows.every(({ outcome }) => outcome === null) && (
          <p class="section-note">
            No outcomes were recorded. Call <code>recordOutcome('conversation_resolved')</code> where the work
            is done, and each row says what one cost.
          </p>
        )}
      </section>
      <TrendSection by={by} stack="key" />
    </div>
  )
}

function titleOf(by: Step, { where }: PageState): string {
  const above = LADDER[LADDER.indexOf(by) - 1]
  const inside = where.find(({ key }) => key === above)
  return inside ? `${TITLES[by]} of ${choiceOf(inside)}` : TITLES[by]
}

function choiceOf({ key, value }: Filter): string {
  return value === null ? `no ${key}` : formatName(value)
}

/** The way back up: a link for each choice made so far. */
function Ladder(): JSX.Element {
  const state = usePageState()
  const chosen = LADDER.flatMap((step) => state.where.find(({ key }) => key === step) ?? [])
  const isOfLadder = (filter: Filter): boolean => chosen.includes(filter)
  const others = state.where.filter((filter) => !isOfLadder(filter))
  const inside = (count: number): PageState => {
    const last = LADDER.findIndex((step) => step === chosen[count - 1]?.key)
    return { ...state, by: LADDER[last + 1] ?? state.by, where: [...others, ...chosen.slice(0, count)] }
  }
  const labels = ['All organizations', ...chosen.map(choiceOf)]
  return (
    <nav class="ladder" aria-label="Organization, application, feature, owner">
      <ol>
        {labels.map((label, index) => (
          <li key={index}>
            {index < chosen.length ? (
              <Link class="text-link" to={inside(index)}>
                {label}
              </Link>
            ) : (
              <span aria-current="step">{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Adds what each row's outcomes cost to its spend. A row may have several outcomes, or none. */
function withOutcomes(spend: ViewResult, outcomes: ViewResult | undefined): ViewResult {
  const byKey = Map.groupBy(outcomes?.rows.filter((row) => row.outcome !== null) ?? [], (row) => row.key)
  const describe = (rows: readonly Row[] | undefined): Row => ({
    outcome: rows?.map((row) => `${formatCount(Number(row.outcomes))} ${row.outcome}`).join('\n') ?? null,
    cost_per_outcome:
      rows?.map((row) => formatMoney(row.cost_per_outcome as string | null)).join('\n') ?? null,
  })
  return {
    ...spend,
    columns: [
      ...spend.columns,
      { name: 'outcome', title: 'Outcomes', type: 'text' },
      { name: 'cost_per_outcome', title: 'Cost per outcome', type: 'text' },
    ],
    rows: spend.rows.map((row) => ({ ...row, ...describe(byKey.get(row.key ?? null)) })),
  }
}
