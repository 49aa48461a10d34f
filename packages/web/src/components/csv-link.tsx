import type { JSX } from 'preact'

/** The rows on the screen as a file, by the same question to the same API. */
export function CsvLink({ address, label = 'CSV' }: { address: string; label?: string }): JSX.Element {
  return (
    <a class="control" href={address} download title="Download these rows">
      {label}
    </a>
  )
}
