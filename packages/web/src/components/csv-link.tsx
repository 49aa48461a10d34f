import type { JSX } from 'preact'
import { ALL_ROWS } from '../api/client.ts'
import { formatCount } from '../format/quantity.ts'

/** The view as a file: the same query to the same API. */
export function CsvLink({ address, label = 'CSV' }: { address: string; label?: string }): JSX.Element {
  return (
    <a class="control" href={address} download title={`Download all rows, up to ${formatCount(ALL_ROWS)}`}>
      {label}
    </a>
  )
}
