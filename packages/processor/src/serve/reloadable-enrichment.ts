import { resolve } from 'node:path'
import { createAllocate } from '../attribution/allocate.ts'
import { loadAttribution } from '../attribution/load-attribution.ts'
import type { Violation } from '../attribution/types.ts'
import type { Config } from '../config/types.ts'
import { ROLL_UP_CAPACITY, RollUp } from '../enrichment/roll-up.ts'
import { BufferPool } from '../otlp/buffer-pool.ts'
import { readPriceBook } from '../prices/overrides-file.ts'
import { createProcessTraces, type ProcessTracesParts } from '../process-traces.ts'
import type { ProcessTraces } from '../types.ts'

type OnViolations = (violations: readonly Violation[]) => void

export interface EnrichmentOptions {
  /** Hears of each call that breaks the tag contract. */
  readonly onViolations?: OnViolations
  /** Memory of a roll-up that other threads use too. */
  readonly rollUpMemory?: SharedArrayBuffer
  readonly pool?: BufferPool
}

/** `processTraces` with prices, look-ups and rules that can be read anew while it runs. */
export interface ReloadableEnrichment {
  readonly processTraces: ProcessTraces
  /** What is known of the cost beneath spans, to be kept over a restart. */
  readonly rollUp: RollUp
  /** Reads a new configuration's files; what it returns takes them over. @throws if any of it is wrong. */
  prepareReload(config: Config): () => void
}

/** @throws OverridesFileError and the like if a file is wrong. */
export function createEnrichment(config: Config, options: EnrichmentOptions = {}): ReloadableEnrichment {
  const { onViolations = () => undefined, pool = new BufferPool() } = options
  // What is known of costs beneath spans belongs to the traffic, not to the configuration.
  const rollUp = new RollUp(ROLL_UP_CAPACITY, options.rollUpMemory)
  const parts = { rollUp, onViolations, pool }
  let current = compose(config, parts)
  return {
    processTraces: (...batch) => current(...batch),
    rollUp,
    prepareReload(config) {
      const next = compose(config, parts)
      return () => {
        current = next
      }
    },
  }
}

function compose(
  config: Config,
  parts: Required<Pick<ProcessTracesParts, 'rollUp' | 'onViolations' | 'pool'>>,
): ProcessTraces {
  const { pricing, enrichment, attribution, content, directory } = config
  const overrides = pricing.overrides === undefined ? undefined : resolve(directory, pricing.overrides)
  return createProcessTraces({
    ...enrichment,
    priceBook: readPriceBook(overrides),
    allocate: createAllocate(loadAttribution(attribution, directory)),
    content,
    ...parts,
  })
}
