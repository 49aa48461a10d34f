import { hostname, networkInterfaces } from 'node:os'
import type { ExporterConfig } from '../config/types.ts'
import { isLoopback } from '../network/loopback.ts'

/** A configuration that each part of accepts but that can't work as a whole. */
class CompositionError extends Error {
  override readonly name = 'CompositionError'
}

/**
 * `OTEL_EXPORTER_OTLP_ENDPOINT` is often set for a whole machine, and then points at this very processor.
 *
 * @throws CompositionError if an exporter would send to one of our own receivers.
 */
export function refuseLoop(
  exporters: readonly ExporterConfig[],
  receivers: readonly (string | undefined)[],
): void {
  const own = receivers.filter((receiver) => receiver !== undefined)
  for (const { name, endpoint, signalEndpoints } of exporters) {
    const endpoints = [endpoint, ...Object.values(signalEndpoints)].filter((one) => one !== undefined)
    const loop = endpoints.find((one) => own.some((receiver) => isSame(one, receiver)))
    if (loop === undefined) continue
    throw new CompositionError(
      `exporter "${name}" points at this processor's own receiver (${new URL(loop).host}); ` +
        'set its endpoint (or OTEL_EXPORTER_OTLP_ENDPOINT) to the backend',
    )
  }
}

function isSame(endpoint: string, receiver: string): boolean {
  const [exported, own] = [new URL(endpoint), new URL(receiver)]
  if (portOf(exported) !== portOf(own)) return false
  const [to, at] = [nameOf(exported), nameOf(own)]
  if (to === at || (isLoopback(to) && isLoopback(at))) return true
  return EVERYWHERE.has(at) && isThisMachine(to)
}

function nameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Listens at every address of the machine. */
const EVERYWHERE = new Set(['0.0.0.0', '::'])

function isThisMachine(name: string): boolean {
  if (isLoopback(name) || EVERYWHERE.has(name) || name === hostname()) return true
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === name),
  )
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}
