import { hostname, networkInterfaces } from 'node:os'
import { ConfigError } from '../config/config-file.ts'
import type { ExporterConfig } from '../config/types.ts'
import { addressOf } from '../network/address-of.ts'
import { isLoopback } from '../network/loopback.ts'

/**
 * Guards against a loop: `OTEL_EXPORTER_OTLP_ENDPOINT` is often set for a whole machine, and then points at this very
 * processor.
 *
 * @throws ConfigError if an exporter would send to one of our own receivers.
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
    throw new ConfigError(
      `exporter "${name}" points at this processor's own receiver (${new URL(loop).host}); ` +
        'set its endpoint (or OTEL_EXPORTER_OTLP_ENDPOINT) to the backend',
    )
  }
}

function isSame(endpoint: string, receiver: string): boolean {
  const [to, own] = [addressOf(new URL(endpoint)), addressOf(new URL(receiver))]
  if (to.port !== own.port) return false
  if (to.host === own.host || (isLoopback(to.host) && isLoopback(own.host))) return true
  return EVERYWHERE.has(own.host) && isThisMachine(to.host)
}

/** Hosts that stand for every address of the machine. */
const EVERYWHERE = new Set(['0.0.0.0', '::'])

function isThisMachine(name: string): boolean {
  return isLoopback(name) || EVERYWHERE.has(name) || name === hostname() || ownAddresses().includes(name)
}

/** Empty in a sandbox that hides them (systemd's or Android's, without netlink): a loop by address is not found there. */
function ownAddresses(): string[] {
  try {
    return Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? [])
  } catch {
    return []
  }
}
