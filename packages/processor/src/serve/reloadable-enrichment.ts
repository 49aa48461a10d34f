import { resolve } from 'node:path'
import { createAllocate } from '../attribution/allocate.ts'
import { loadAttribution } from '../attribution/load-attribution.ts'
import type { Allocate, Violation } from '../attribution/types.ts'
import type { Config } from '../config/types.ts'
import { type BatchMemory, openBatchMemory } from '../enrichment/batch-memory.ts'
import type { BusinessOf } from '../enrichment/read-ledger-spans.ts'
import { BufferPool } from '../otlp/buffer-pool.ts'
import { readPriceBook } from '../prices/overrides-file.ts'
import { createProcessTraces, type ProcessTracesParts } from '../process-traces.ts'
import type { ProcessTraces } from '../types.ts'

type OnViolations = (violations: readonly Violation[]) => void

export interface EnrichmentOptions {
  /** Called for each call that breaks the tag contract. */
  readonly onViolations?: OnViolations
  readonly batchMemory?: BatchMemory
  readonly pool?: BufferPool
}

/** `processTraces` with prices, look-ups and rules that can be reloaded while it runs. */
export interface ReloadableEnrichment {
  readonly processTraces: ProcessTraces
  /** The business keys of a span that is no call. */
  readonly businessOf: BusinessOf
  /** Reads the files of a new configuration, and returns what takes them over. @throws if any of them is wrong. */
  prepareReload(config: Config): () => void
}

/** @throws OverridesFileError and the like if a file is wrong. */
export function createEnrichment(config: Config, options: EnrichmentOptions = {}): ReloadableEnrichment {
  const { onViolations = () => undefined, batchMemory = openBatchMemory(), pool = new BufferPool() } = options
  const parts = { batchMemory, onViolations, pool }
  let current = compose(config, parts)
  return {
    processTraces: (...batch) => current.processTraces(...batch),
    businessOf: (span) => current.businessOf(span),
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
  parts: Required<Pick<ProcessTracesParts, 'batchMemory' | 'onViolations' | 'pool'>>,
): Pick<ReloadableEnrichment, 'processTraces' | 'businessOf'> {
  const { pricing, enrichment, content, directory } = config
  const overrides = pricing.overrides === undefined ? undefined : resolve(directory, pricing.overrides)
  const allocate = readAllocate(config)
  return {
    processTraces: createProcessTraces({
      ...enrichment,
      priceBook: readPriceBook(overrides),
      allocate,
      content,
      ...parts,
    }),
    businessOf: businessBy(allocate),
  }
}

function readAllocate({ attribution, directory }: Config): Allocate {
  return createAllocate(loadAttribution(attribution, directory))
}

function businessBy(allocate: Allocate): BusinessOf {
  return (span) => allocate(span, {}).business
}

/** @throws AttributionError if a look-up file is wrong. */
export function createBusinessOf(config: Config): BusinessOf {
  return businessBy(readAllocate(config))
}
