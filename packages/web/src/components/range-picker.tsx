import type { JSX } from 'preact'
import { formatEnd, formatPoint, parsePoint } from '../format/time.ts'
import { Link, navigate, usePageState } from '../navigation/address.tsx'
import type { PageState } from '../navigation/page-state.ts'
import { Popover } from './popover.tsx'

const PRESETS = [
  { since: '1h', label: '1 h', name: 'Last hour' },
  { since: '24h', label: '24 h', name: 'Last 24 hours' },
  { since: '7d', label: '7 d', name: 'Last 7 days' },
  { since: '30d', label: '30 d', name: 'Last 30 days' },
  { since: '90d', label: '90 d', name: 'Last 90 days' },
  { since: '', label: 'All', name: 'All there is' },
]

/** First days of this month, the last one and the next, UTC. */
function monthStarts(now: Date): { last: string; current: string; next: string } {
  const at = (offset: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset)).toISOString().slice(0, 10)
  return { last: at(-1), current: at(0), next: at(1) }
}

export function RangePicker(): JSX.Element {
  const state = usePageState()
  const isPreset = state.until === '' && PRESETS.some(({ since }) => since === state.since)
  return (
    <>
      <nav class="segmented" aria-label="Time range">
        {PRESETS.map(({ since, label, name }) => (
          <Link
            key={since}
            to={{ ...state, since, until: '' }}
            title={name}
            aria-current={state.until === '' && state.since === since ? 'true' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Popover label={isPreset ? 'Dates' : describe(state)} isActive={!isPreset}>
        {(close) => <CustomRange close={close} />}
      </Popover>
    </>
  )
}

function describe({ since, until }: PageState): string {
  const short = (time: string, format: (point: number) => string): string => {
    const point = parsePoint(time)
    return Number.isNaN(point) ? time : format(point)
  }
  const from = since ? short(since, formatPoint) : 'start'
  const to = until ? short(until, formatEnd) : 'now'
  return from === to ? from : `${from} – ${to}`
}

/** A day counted from the epoch, as a date field takes it. */
function printDay(days: number): string {
  return Number.isNaN(days) ? '' : new Date(days * 86_400_000).toISOString().slice(0, 10)
}

/** Days since the epoch. */
function daysOf(time: string): number {
  return parsePoint(time) / 86_400_000
}

/** The form has the last day of a range; the address has the midnight after it. */
function parseForm(form: FormData): Pick<PageState, 'since' | 'until'> {
  const [since, last] = [String(form.get('since')), String(form.get('last'))]
  const [first = '', end = ''] = since && last ? [since, last].toSorted() : [since, last]
  return { since: first, until: end && printDay(daysOf(end) + 1) }
}

function CustomRange({ close }: { close: () => void }): JSX.Element {
  const state = usePageState()
  const { last, current, next } = monthStarts(new Date())
  const apply = (event: SubmitEvent): void => {
    event.preventDefault()
    navigate({ ...state, ...parseForm(new FormData(event.currentTarget as HTMLFormElement)) })
    close()
  }
  return (
    <form class="popover-form" onSubmit={apply}>
      <div class="state-actions">
        <Link class="control" to={{ ...state, since: current, until: next }} onFollow={close}>
          This month
        </Link>
        <Link class="control" to={{ ...state, since: last, until: current }} onFollow={close}>
          Last month
        </Link>
      </div>
      <label class="field">
        First day (UTC)
        <input type="date" name="since" defaultValue={printDay(Math.floor(daysOf(state.since)))} />
      </label>
      <label class="field">
        Last day (UTC)
        <input type="date" name="last" defaultValue={printDay(Math.ceil(daysOf(state.until)) - 1)} />
      </label>
      <button type="submit" class="control control-loud">
        Show
      </button>
    </form>
  )
}
