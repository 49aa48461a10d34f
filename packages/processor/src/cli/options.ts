import { type Filter, LedgerError, parseTime } from '@spanmeter/ledger'
import { InvalidArgumentError, Option } from 'commander'
import { parseFilter } from '../api/parameters.ts'

// Options that several commands have, and parsers for their values. A value that can't be parsed ends the command.

export function configOption(): Option {
  return new Option('-c, --config <file>', 'configuration file; none is needed').env('SPANMETER_CONFIG')
}

/** `24h` (ago), a day, or a time. */
export function time(text: string): Date {
  return orInvalid(() => parseTime(text))
}

/** `key=value`, for an option that may be repeated. */
export function filter(text: string, before: readonly Filter[]): Filter[] {
  return [...before, orInvalid(() => parseFilter(text, '='))]
}

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}

export function url(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new InvalidArgumentError('Give a URL as in http://127.0.0.1:4319.')
}

function orInvalid<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new InvalidArgumentError(error.message)
  }
}
