import { diag } from '@opentelemetry/api'
import { readList } from '../environment-values.ts'

type ExporterName = 'otlp' | 'console'

/**
 * What `OTEL_<SIGNAL>_EXPORTER` names; OTLP where it says nothing.
 *
 * @returns an empty list for `none`.
 */
export function readExporterNames(variable: string): ExporterName[] {
  const names = readList(variable) ?? ['otlp']
  if (names.includes('none')) return []
  return names.filter((name): name is ExporterName => {
    const isKnown = name === 'otlp' || name === 'console'
    if (!isKnown) diag.warn(`${variable}=${name} is not one of otlp, console, none: ignored`)
    return isKnown
  })
}
