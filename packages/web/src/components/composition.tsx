import type { JSX } from 'preact'
import type { ViewResult } from '../api/types.ts'
import { seriesColour } from '../chart/trend-data.ts'
import { approximateMoney } from '../format/money.ts'
import { coloursOf } from './row-colours.ts'

/**
 * The whole spend as one strip of colours. It says nothing that the table below doesn't, and so is hidden from screen
 * readers.
 */
export function Composition({ result }: { result: ViewResult }): JSX.Element | null {
  const colours = coloursOf(result.rows)
  const parts = result.rows.map((row, index) => ({
    id: String(row.key ?? ''),
    cost: approximateMoney(row.cost as string | null),
    colour: colours[index]!,
  }))
  const rest = seriesColour(Number.POSITIVE_INFINITY)
  const named = parts.filter(({ colour, cost }) => colour !== rest && cost > 0)
  const restCost =
    approximateMoney(result.hidden.cost) +
    parts.filter(({ colour }) => colour === rest).reduce((sum, { cost }) => sum + cost, 0)
  const whole = named.reduce((sum, { cost }) => sum + cost, restCost)
  if (named.length === 0) return null
  // Factors that add up to less than 1 would leave a part of the strip empty.
  const share = (cost: number): { flexGrow: number } => ({ flexGrow: (cost / whole) * 100 })
  return (
    <div class="composition" aria-hidden="true">
      {named.map(({ id, cost, colour }) => (
        <span key={id} class={colour} style={share(cost)} />
      ))}
      {restCost > 0 && <span class={rest} style={share(restCost)} />}
    </div>
  )
}
