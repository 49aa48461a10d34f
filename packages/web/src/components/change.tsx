import type { JSX } from 'preact'
import type { Cell } from '../api/types.ts'
import { compareMoney, exactMoney, formatMoneyChange } from '../format/money.ts'
import { formatRatioChange } from '../format/quantity.ts'

interface ChangeProps {
  change: Cell | undefined
  ratio?: Cell | undefined
}

const CLASS: Record<number, string> = {
  [-1]: 'change change-cheaper',
  0: 'change',
  1: 'change change-dearer',
}

/** A change of cost; the colour says no more than the sign and the arrow do. `▲ +$9,299.60 +48.7 %`. */
export function Change({ change, ratio }: ChangeProps): JSX.Element | null {
  if (change === null || change === undefined) return null
  const text = String(change)
  const direction = compareMoney(text, '0')
  return (
    <span class={CLASS[Math.sign(direction)]} title={exactMoney(text)}>
      {direction !== 0 && <span aria-hidden="true">{direction > 0 ? '▲' : '▼'}</span>}{' '}
      <span>{formatMoneyChange(text)}</span>
      {typeof ratio === 'number' && <span> {formatRatioChange(ratio)}</span>}
    </span>
  )
}
