import { readFileSync } from 'node:fs'
import { loadPriceBook, type OverridesInput } from '@spanmeter/pricing'
import { parse } from 'yaml'
import { createAllocate } from '../attribution/allocate.ts'
import type { Config } from '../config/types.ts'
import { RollUp } from '../enrichment/roll-up.ts'
import { createProcessTraces } from '../process-traces.ts'
import type { ProcessTraces } from '../types.ts'

/** `processTraces` with prices, look-ups and rules that can be read anew while it runs. */
export interface ReloadableEnrichment {
  readonly processTraces: ProcessTraces
  /** Takes over a new configuration. @throws if any of it is wrong; what was in use then stays in use. */
  reload(config: Config): void
}

/** @throws OverridesError and the like if a file is wrong. */
export function createEnrichment(config: Config): ReloadableEnrichment {
  // What is known of costs beneath spans belongs to the traffic, not to the configuration.
  const rollUp = new RollUp()
  let current = compose(config, rollUp)
  return {
    processTraces: (body, encoding, context) => current(body, encoding, context),
    reload(next) {
      current = compose(next, rollUp)
    },
  }
}

function compose({ pricing, attribution }: Config, rollUp: RollUp): ProcessTraces {
  return createProcessTraces({
    priceBook: loadPriceBook(
      pricing.overrides === undefined ? {} : { overrides: readOverrides(pricing.overrides) },
    ),
    allocate: createAllocate(attribution),
    rollUp,
  })
}

/** YAML, and so JSON too. */
function readOverrides(path: string): OverridesInput {
  return (parse(readFileSync(path, 'utf8')) ?? {}) as OverridesInput
}
