import type { JSX } from 'preact'
import { api, viewAddress } from '../api/client.ts'
import { type Row, titleOfKey, type ViewResult } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { absoluteMoney, approximateMoney, compareMoney } from '../format/money.ts'
import { formatKey } from '../format/name.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { drillDown } from '../views/catalog.ts'
import { Change } from './change.tsx'

const MOST = 6

interface MoversProps {
  result: ViewResult
  by: string
}

/** The largest changes since the previous period, up or down, whether or not the rows above have them. */
export function Movers({ result, by }: MoversProps): JSX.Element | null {
  return result.hidden.rows === 0 ? <Changes result={result} /> : <HiddenMovers view={result.view} by={by} />
}

function HiddenMovers({ view, by }: { view: string; by: string }): JSX.Element | null {
  const state = usePageState()
  const address = viewAddress(view, state, { by, compare: true, rank: 'change', limit: MOST })
  const { data } = useResource(api.view, address, `movers ${view} ${by}`)
  return data ? <Changes result={data} /> : null
}

function Changes({ result }: { result: ViewResult }): JSX.Element | null {
  const state = usePageState()
  const changed = result.rows
    .filter((row) => typeof row.change === 'string' && compareMoney(row.change, '0') !== 0)
    .toSorted((a, b) => compareMoney(size(b), size(a)))
    .slice(0, MOST)
  if (changed.length === 0) return null
  const dimension = titleOfKey(result)
  const largest = approximateMoney(size(changed[0]!))
  return (
    <section class="section" aria-labelledby="movers-title">
      <div class="section-head">
        <h2 id="movers-title">What changed</h2>
      </div>
      <ol class="movers">
        {changed.map((row) => {
          const change = String(row.change)
          const isDearer = compareMoney(change, '0') > 0
          const width = `${(approximateMoney(size(row)) / largest) * 50}%`
          return (
            <li key={String(row.key ?? '')}>
              <Link class="name" to={drillDown(state, row.key as string | null)}>
                {formatKey(row.key, dimension)}
              </Link>
              <Change change={change} ratio={row.change_ratio} />
              <div class="mover-track">
                <div class={`mover-bar mover-bar-${isDearer ? 'dearer' : 'cheaper'}`} style={{ width }} />
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function size(row: Row): string {
  return absoluteMoney(String(row.change))
}
