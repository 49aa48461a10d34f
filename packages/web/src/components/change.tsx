import type { JSX } from 'preact'
import type { Cell } from '../api/types.ts'
import { compareMoney, exactMoney, formatMoneyChange } from '../format/money.ts'
import { formatRatioChange } from '../format/quantity.ts'

interface ChangeProps {
  change: Cell | undefined
  ratio?: Cell | undefined
  /** Whether more is worse (money spent) or better (money saved). */
  tone: 'spend' | 'saving'
}

/** The class that says by colour what the sign and the arrow say too. */
export function changeClass(change: string, tone: 'spend' | 'saving'): string {
  const direction = compareMoney(change, '0')
  if (direction === 0) return 'change'
  return direction > 0 === (tone === 'spend') ? 'change change-dearer' : 'change change-cheaper'
}

/** `▲ +$9,299.60 +48.7 %`. */
export function Change({ change, ratio, tone }: ChangeProps): JSX.Element | null {
  if (change === null || change === undefined) return null
  const text = String(change)
  const direction = compareMoney(text, '0')
  return (
    <span class={changeClass(text, tone)} title={exactMoney(text)}>
      {direction !== 0 && <span aria-hidden="true">{direction > 0 ? '▲' : '▼'}</span>}
      <span>{formatMoneyChange(text)}</span>
      {typeof ratio === 'number' && <span>{formatRatioChange(ratio)}</span>}
    </span>
  )
}
