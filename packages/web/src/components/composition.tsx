import type { JSX } from 'preact'
import type { ViewResult } from '../api/types.ts'
import { seriesColour } from '../chart/trend-data.ts'
import { approximateMoney } from '../format/money.ts'
import { coloursOf } from './row-colours.ts'

/** The whole of the spend as one strip. It repeats the table below for the eye alone. */
export function Composition({ result }: { result: ViewResult }): JSX.Element | null {
  const colours = coloursOf(result.rows)
  const parts = result.rows.map((row, index) => ({
    id: `${row.key}`,
    cost: approximateMoney(row.cost as string | null),
    colour: colours[index]!,
  }))
  const rest = seriesColour(Number.POSITIVE_INFINITY)
  const named = parts.filter(({ colour, cost }) => colour !== rest && cost > 0)
  const restCost =
    approximateMoney(result.hidden.cost) +
    parts.filter(({ colour }) => colour === rest).reduce((sum, { cost }) => sum + cost, 0)
  if (named.length === 0) return null
  return (
    <div class="composition" aria-hidden="true">
      {named.map(({ id, cost, colour }) => (
        <span key={id} class={colour} style={{ flexGrow: cost }} />
      ))}
      {restCost > 0 && <span class={rest} style={{ flexGrow: restCost }} />}
    </div>
  )
}
