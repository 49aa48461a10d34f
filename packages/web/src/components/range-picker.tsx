import type { JSX } from 'preact'
import { formatPoint, parsePoint } from '../format/time.ts'
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
  const short = (time: string): string => {
    const point = parsePoint(time)
    return Number.isNaN(point) ? time : formatPoint(point)
  }
  return `${since ? short(since) : 'start'} – ${until ? short(until) : 'now'}`
}

/** The midnight before or after a point, as a date field takes it. */
function dayOf(time: string, round: (days: number) => number): string {
  const days = round(parsePoint(time) / 86_400_000)
  return Number.isNaN(days) ? '' : new Date(days * 86_400_000).toISOString().slice(0, 10)
}

function CustomRange({ close }: { close: () => void }): JSX.Element {
  const state = usePageState()
  const { last, current, next } = monthStarts(new Date())
  const apply = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    navigate({ ...state, since: String(form.get('since') ?? ''), until: String(form.get('until') ?? '') })
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
        From (UTC)
        <input type="date" name="since" defaultValue={dayOf(state.since, Math.floor)} />
      </label>
      <label class="field">
        To, not included
        <input type="date" name="until" defaultValue={dayOf(state.until, Math.ceil)} />
      </label>
      <button type="submit" class="control control-loud">
        Show
      </button>
    </form>
  )
}
