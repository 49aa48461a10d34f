import type { JSX } from 'preact'
import type { Row, ViewResult } from '../api/types.ts'
import { absoluteMoney, approximateMoney, compareMoney } from '../format/money.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { drillDown } from '../views/catalog.ts'
import { Change } from './change.tsx'

const MOST = 6

/** What made the difference to the period before: the largest changes, up or down. */
export function Movers({ result }: { result: ViewResult }): JSX.Element | null {
  const state = usePageState()
  const changed = result.rows
    .filter((row) => typeof row.change === 'string' && compareMoney(row.change, '0') !== 0)
    .toSorted((a, b) => compareMoney(size(b), size(a)))
    .slice(0, MOST)
  if (changed.length === 0) return null
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
            <li key={String(row.key)}>
              <Link class="name" to={drillDown(state, row.key as string | null)}>
                {row.key ?? 'untagged'}
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
