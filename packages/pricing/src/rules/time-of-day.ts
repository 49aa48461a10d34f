import type { WindowSheet } from '../price-file.ts'
import type { PricingRule } from './types.ts'

const DAY = 86_400_000
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Rates that hold at hours of the day, on some weekdays, from some date on. */
export const timeOfDay: PricingRule = {
  name: 'time-of-day',
  apply(draft) {
    const windows = draft.sheet.windows
    if (windows === undefined) return undefined
    const at = draft.call.at.getTime()
    const midnight = Math.floor(at / DAY) * DAY
    // Cards hold until the next hour or half-hour boundary; windows begin and end on those.
    const step = 1_800_000
    draft.validFrom = Math.max(draft.validFrom, Math.floor(at / step) * step)
    draft.validUntil = Math.min(draft.validUntil, Math.floor(at / step) * step + step)
    const open = windows.find((window) => isOpen(window, at, at - midnight))
    if (open !== undefined) {
      draft.sheet = { ...draft.sheet, perMillionTokens: open.perMillionTokens }
      draft.decisions.push(`time-of-day: ${open.hours.join(', ')} UTC`)
    }
    return undefined
  },
}

function isOpen(window: WindowSheet, at: number, sinceMidnight: number): boolean {
  if (window.from !== undefined && at < Date.parse(window.from)) return false
  if (window.until !== undefined && at >= Date.parse(window.until)) return false
  if (window.weekdays !== undefined && !window.weekdays.includes(WEEKDAYS[new Date(at).getUTCDay()]!))
    return false
  return window.hours.some((hours) => {
    const [start, end] = hours.split('-').map(milliseconds) as [number, number]
    return start < end
      ? sinceMidnight >= start && sinceMidnight < end
      : sinceMidnight >= start || sinceMidnight < end
  })
}

function milliseconds(time: string): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number]
  return (hour * 60 + minute) * 60_000
}
