import { stringify } from 'yaml'
import type { ConfigFile } from './config-file.ts'
import type { Config } from './types.ts'
import { DURATION_UNITS, SIZE_UNITS } from './units.ts'

/** A configuration as a file, with every default, from which the same configuration would be loaded. */
export function printConfig(config: Config): string {
  return stringify(fileOf(config))
}

function fileOf({
  receivers,
  exporters,
  sendingQueue,
  ledger,
  web,
  directory: _,
  ...others
}: Config): ConfigFile {
  const { attribution, content, budgets, alerts, ...settings } = others
  const { deadLetters: _deadLetters, ...queue } = sendingQueue
  return {
    receivers: { otlp: { protocols: inFileWords(receivers) } },
    exporters: exporters.map(({ headers, signalEndpoints, retry, ...exporter }) => ({
      ...inFileWords(exporter),
      headers,
      ...Object.fromEntries(
        Object.entries(signalEndpoints).map(([signal, endpoint]) => [`${signal}_endpoint`, endpoint]),
      ),
      retry_on_failure: inFileWords(retry),
    })),
    sending_queue: inFileWords(queue),
    attribution,
    content,
    ledger: ledger === undefined ? false : inFileWords({ ...ledger, retention: ledger.retention ?? 0 }),
    web: web === undefined ? false : inFileWords(web),
    ...(budgets.length > 0 && { budgets }),
    alerts,
    ...inFileWords(settings),
  }
}

/** `maxSize: 1048576` as `max_size: 1MiB`, at any depth. */
function inFileWords(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([camelCase, value]) => {
      const name = camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return [name, valueInFileWords(name, value)]
    }),
  )
}

function valueInFileWords(name: string, value: unknown): unknown {
  if (name === 'min_version') return String(value).replace('TLSv', '')
  if (Array.isArray(value)) return value.map((item) => valueInFileWords(name, item))
  if (typeof value === 'object' && value !== null) return inFileWords(value)
  if (typeof value !== 'number') return value
  if (/(_interval|timeout|_time|retention)$/.test(name)) return withUnit(value, DURATION_UNITS)
  return /(_size|memory)$/.test(name) ? withUnit(value, SIZE_UNITS) : value
}

/** A value in the largest unit in which it is a whole number. */
function withUnit(value: number, units: Readonly<Record<string, number>>): string | number {
  const fitting = Object.entries(units).filter(([, size]) => size === 1 || value % size === 0)
  const [unit, size] = fitting.reduce((largest, next) => (next[1] > largest[1] ? next : largest))
  return value === 0 ? 0 : `${value / size}${unit}`
}
