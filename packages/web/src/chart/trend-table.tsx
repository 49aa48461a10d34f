import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { ScrollingTable } from '../components/scrolling-table.tsx'
import { formatCell } from '../format/cell.ts'
import { formatBucket } from '../format/time.ts'
import { bucketTotal, type Trend } from './trend-data.ts'

/** The chart in numbers, for those who can't or won't read bars. Built only when it is opened. */
export function TrendTable({ title, trend }: { title: string; trend: Trend }): JSX.Element {
  const [open, setOpen] = useState(false)
  return (
    <details class="as-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as a table</summary>
      {open && (
        <ScrollingTable label={`${title}, as a table`}>
          <thead>
            <tr>
              <th scope="col" class="text">
                Start (UTC)
              </th>
              {trend.series.map(({ label, colour }) => (
                <th scope="col" key={colour}>
                  {label}
                </th>
              ))}
              <th scope="col">Total</th>
              {trend.before && <th scope="col">Before</th>}
            </tr>
          </thead>
          <tbody>
            {trend.buckets.map((start, index) => (
              <tr key={start}>
                <th scope="row" class="text">
                  {formatBucket(start, trend.bucket)}
                </th>
                {trend.series.map(({ colour, values }) => (
                  <td key={colour}>{formatCell(values[index], trend.type)}</td>
                ))}
                <td class="primary">{formatCell(bucketTotal(trend, index), trend.type)}</td>
                {trend.before && <td>{formatCell(trend.before[index], trend.type)}</td>}
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
    </details>
  )
}
