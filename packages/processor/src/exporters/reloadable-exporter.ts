import type { ExporterConfig } from '../config/types.ts'
import { reloadOnChange } from '../security/reload-on-change.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { checkClientTls, clientTlsFiles } from './client-tls.ts'
import { createExporter } from './create-exporter.ts'
import type { Destination } from './types.ts'

/** A destination whose certificates can change while it is in use. */
export interface ReloadableExporter extends Destination {
  /** Reads the certificates again, and returns what takes them over. @throws if they can't be used. */
  prepareReload(): () => void
}

interface Generation {
  readonly exporter: Destination
  underWay: number
}

/**
 * An exporter that switches to new connections when its certificates change; the old ones are closed once their requests are
 * finished. If a file is wrong, the previous certificates stay in use.
 */
export function createReloadableExporter(config: ExporterConfig, log: RateLimitedLogger): ReloadableExporter {
  const begin = (): Generation => ({ exporter: createExporter(config), underWay: 0 })
  let current = begin()
  const prepareReload = (): (() => void) => {
    checkClientTls(config.tls)
    return () => {
      const before = current
      current = begin()
      if (before.underWay === 0) void before.exporter.close()
    }
  }
  const { name, concurrency, accepts } = current.exporter
  const files = clientTlsFiles(config.tls)
  const watcher = reloadOnChange(files, config.tls.reloadInterval, prepareReload, (error) => {
    const message = 'a changed certificate cannot be used; the previous one stays in use'
    log.warn(`reload ${name}`, { destination: name, err: error }, message)
  })
  return {
    name,
    concurrency,
    accepts,
    async deliver(record, signal) {
      const generation = current
      generation.underWay += 1
      try {
        return await generation.exporter.deliver(record, signal)
      } finally {
        generation.underWay -= 1
        if (generation !== current && generation.underWay === 0) void generation.exporter.close()
      }
    },
    async close() {
      watcher.close()
      await current.exporter.close()
    },
    prepareReload: files.length === 0 ? () => () => undefined : prepareReload,
  }
}
