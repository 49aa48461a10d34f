import { resolve } from 'node:path'
import { isListed } from '../otlp/attribute-names.ts'
import { AttributionError } from './errors.ts'
import { loadLookupTable } from './lookup-table.ts'
import type { AttributionOptions, AttributionRule, TagContract } from './types.ts'

/** The `attribution` section of the configuration file, with its names. */
export interface AttributionConfig {
  readonly keys?: readonly string[]
  readonly rules?: readonly AttributionRule[]
  /** Paths are relative to the configuration file. */
  readonly lookups?: readonly { readonly file: string; readonly on: string }[]
  readonly defaults?: Readonly<Record<string, string>>
  readonly contract?: TagContract
  readonly production_environments?: readonly string[]
}

/**
 * Reads the look-up files of a configuration.
 *
 * @param directory where relative paths start.
 * @throws AttributionError that names the file that is wrong, or the attribute that a rule can't use.
 */
export function loadAttribution(config: AttributionConfig, directory: string): AttributionOptions {
  for (const { when } of config.rules ?? []) assertReadable(Object.keys(when))
  return {
    ...(config.keys === undefined ? {} : { keys: config.keys }),
    rules: config.rules ?? [],
    lookups: (config.lookups ?? []).map(({ file, on }) => loadLookupTable(resolve(directory, file), on)),
    defaults: config.defaults ?? {},
    ...(config.contract === undefined ? {} : { contract: config.contract }),
    ...(config.production_environments === undefined
      ? {}
      : { productionEnvironments: config.production_environments }),
  }
}

function assertReadable(names: readonly string[]): void {
  const listed = names.find(isListed)
  if (listed === undefined) return
  throw new AttributionError(
    `attribution.rules: a rule can't use "${listed}": of attributes for each message, tool or document, only those of the first one (number 0) are read`,
  )
}
