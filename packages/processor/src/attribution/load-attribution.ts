import { resolve } from 'node:path'
import { isListed } from '../otlp/attribute-names.ts'
import { AttributionError } from './errors.ts'
import { loadLookupTable } from './lookup-table.ts'
import type { AttributionOptions, AttributionRule, TagContract } from './types.ts'

/** The `attribution` section of the configuration file, in its own words. */
export interface AttributionConfig {
  readonly keys?: readonly string[]
  readonly rules?: readonly AttributionRule[]
  /** Files are found from the directory of the configuration file. */
  readonly lookups?: readonly { readonly file: string; readonly on: string }[]
  readonly defaults?: Readonly<Record<string, string>>
  readonly contract?: TagContract
  readonly production_environments?: readonly string[]
}

/**
 * Reads the look-up files; to reload, load again. `directory`: what relative paths are relative to.
 * Throws an AttributionError that names the file that is wrong, or what a rule can't ask for.
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
    `attribution.rules: a rule can't ask for "${listed}": of messages, tools and documents that are listed one by one, only the first, number 0, is read`,
  )
}
