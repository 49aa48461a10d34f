import type { DatedPrice, ProviderFile } from './price-file.ts'

/**
 * A provider file as it is shipped: each place and day where prices were read is stated once, and referred to by
 * number.
 */
export interface CompiledProviderFile extends Omit<ProviderFile, 'models'> {
  /** The day, then the sources, with a space between. */
  readings: string[]
  models: Record<string, CompiledModel>
}

export interface CompiledModel {
  aliases?: string[]
  prices: (Omit<DatedPrice, 'sources' | 'checked'> & { reading: number })[]
}

/** The file as it was written. */
export function readCompiled(text: string): ProviderFile {
  const { readings, models, ...head } = JSON.parse(text) as CompiledProviderFile
  const file: ProviderFile = { ...head, models: {} }
  for (const [id, { aliases, prices }] of Object.entries(models)) {
    file.models[id] = {
      ...(aliases === undefined ? {} : { aliases }),
      prices: prices.map(({ reading, ...price }) => {
        const [checked, ...sources] = readings[reading]!.split(' ') as [string, ...string[]]
        return { ...price, checked, sources }
      }),
    }
  }
  return file
}
