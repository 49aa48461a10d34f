import type { ExporterConfig } from '../config/types.ts'
import { isLoopback } from '../receivers/listen.ts'

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
  for (const { name, endpoint } of exporters) {
    if (!receivers.some((receiver) => receiver !== undefined && isSame(endpoint, receiver))) continue
    throw new CompositionError(
      `exporter "${name}" points at this processor's own receiver (${endpoint}); ` +
        'set its endpoint (or OTEL_EXPORTER_OTLP_ENDPOINT) to the backend',
    )
  }
}

function isSame(endpoint: string, receiver: string): boolean {
  const [exported, own] = [new URL(endpoint), new URL(receiver)]
  if (portOf(exported) !== portOf(own)) return false
  const names = [exported, own].map(({ hostname }) => hostname.replace(/^\[|\]$/g, ''))
  return names[0] === names[1] || names.every((name) => isLoopback(name))
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}
