import { bySignal, SIGNALS } from '../signals.ts'
import type { Signal } from '../types.ts'
import { Instrument, type SeriesSnapshot } from './instruments.ts'

/** What the Collector calls the items of each signal in its own metric names. */
const ITEM_NAMES: Readonly<Record<Signal, string>> = {
  traces: 'spans',
  metrics: 'metric_points',
  logs: 'log_records',
}

type PerSignal = Readonly<Record<Signal, Instrument>>

/**
 * The processor's own counters. They have the Collector's names (`otelcol_*`) if there are such, so that its dashboards and
 * alerts work here; the others are named `spanmeter_*`.
 *
 * The books balance for each destination at any moment:
 * received = exported + rejected + dropped + held.
 * Nothing is deduplicated on its way: what is sent twice is forwarded twice, but its cost is counted once (`duplicateCalls`).
 */
export interface Telemetry {
  /** Labels: receiver, transport. */
  readonly accepted: PerSignal
  /** Refused by us for now: the queue is full, the disk fails, we are shutting down or over a limit. */
  readonly refused: PerSignal
  /** The request itself was wrong. */
  readonly failed: PerSignal
  /** Labels: exporter. */
  readonly sent: PerSignal
  readonly sendFailed: PerSignal
  readonly enqueueFailed: PerSignal
  readonly inFlightRequests: Instrument
  readonly queueSize: Instrument
  readonly queueCapacity: Instrument
  /** Labels: destination, signal, state (received, exported, rejected, dropped), reason. */
  readonly destinationItems: Instrument
  /** Labels: destination, signal. */
  readonly heldItems: Instrument
  readonly duplicateCalls: Instrument
  readonly retries: Instrument
  readonly corruptSegments: Instrument
  readonly enrichmentFailures: Instrument
  /** Labels: key, kind. */
  readonly contractViolations: Instrument
  readonly requests: Instrument
  /** Labels: transport. */
  readonly refusedConnections: Instrument
  prometheus(format: 'text' | 'openmetrics'): string
  /** Everything counted, for `replaceShares` in another thread. */
  snapshot(): TelemetrySnapshot
  /** Shows what other threads have counted as part of this. */
  replaceShares(shares: readonly TelemetrySnapshot[]): void
}

/** The series of each instrument, in one order. */
export type TelemetrySnapshot = readonly SeriesSnapshot[]

export function createTelemetry(): Telemetry {
  const instruments: Instrument[] = []
  const make = (
    kind: 'counter' | 'gauge',
    name: string,
    help: string,
    labels: readonly string[] = [],
  ): Instrument => {
    const instrument = new Instrument(name, kind, help, labels)
    instruments.push(instrument)
    return instrument
  }
  const perSignal = (prefix: string, help: string, labels: readonly string[]): PerSignal =>
    bySignal((signal) => make('counter', `${prefix}_${ITEM_NAMES[signal]}`, help, labels))
  const receiver = ['receiver', 'transport']
  const exporter = ['exporter']
  return {
    accepted: perSignal('otelcol_receiver_accepted', 'Items safely in the queue, acknowledged.', receiver),
    refused: perSignal(
      'otelcol_receiver_refused',
      'Items turned away for now; the client retries.',
      receiver,
    ),
    failed: perSignal('otelcol_receiver_failed', 'Items of requests that were themselves wrong.', receiver),
    sent: perSignal('otelcol_exporter_sent', 'Items that the destination accepted.', exporter),
    sendFailed: perSignal('otelcol_exporter_send_failed', 'Items given up.', exporter),
    enqueueFailed: perSignal('otelcol_exporter_enqueue_failed', 'Items the queue had no room for.', exporter),
    inFlightRequests: make('gauge', 'otelcol_exporter_in_flight_requests', 'Requests on the wire.', exporter),
    queueSize: make(
      'gauge',
      'otelcol_exporter_queue_size',
      'Bytes on disk that a destination still needs.',
      exporter,
    ),
    queueCapacity: make(
      'gauge',
      'otelcol_exporter_queue_capacity',
      'Most bytes the queue may hold.',
      exporter,
    ),
    destinationItems: make(
      'counter',
      'spanmeter_destination_items',
      'received = exported + rejected + dropped + held, for each destination and signal.',
      ['destination', 'signal', 'state', 'reason'],
    ),
    heldItems: make('gauge', 'spanmeter_destination_held_items', 'Items in the queue for a destination.', [
      'destination',
      'signal',
    ]),
    duplicateCalls: make(
      'counter',
      'spanmeter_duplicate_calls',
      'GenAI calls sent again: forwarded, their cost not counted again.',
    ),
    retries: make('counter', 'spanmeter_destination_retries', 'Deliveries tried again.', ['destination']),
    corruptSegments: make(
      'counter',
      'spanmeter_queue_corrupt_segments',
      'Queue segments set aside as damaged.',
    ),
    enrichmentFailures: make(
      'counter',
      'spanmeter_enrichment_failures',
      'Batches forwarded as they came because enriching them failed.',
    ),
    contractViolations: make(
      'counter',
      'spanmeter_tag_contract_violations',
      'GenAI calls that break the tag contract, once for each key.',
      ['key', 'kind'],
    ),
    requests: make('counter', 'spanmeter_receiver_requests', 'Requests by outcome.', [
      'transport',
      'signal',
      'code',
    ]),
    refusedConnections: make(
      'counter',
      'spanmeter_receiver_refused_connections',
      'Connections beyond limits.max_connections.',
      ['transport'],
    ),
    prometheus: (format) => instruments.map((instrument) => instrument.prometheus(format)).join(''),
    snapshot: () => instruments.map((instrument) => instrument.snapshot()),
    replaceShares(shares) {
      for (const [index, instrument] of instruments.entries()) {
        instrument.replaceShares(shares.map((share) => share[index] ?? []))
      }
    },
  }
}

/** Shows counters as zero from the first scrape on, even if nothing ever happens: otherwise Prometheus would miss the first event. */
export function startAtZero(telemetry: Telemetry, destinations: readonly string[]): void {
  telemetry.duplicateCalls.add(0)
  for (const transport of ['http', 'grpc']) telemetry.refusedConnections.add(0, transport)
  for (const signal of SIGNALS) {
    for (const counter of [telemetry.accepted, telemetry.refused, telemetry.failed]) {
      for (const transport of ['http', 'grpc']) counter[signal].add(0, 'otlp', transport)
    }
    for (const counter of [telemetry.sent, telemetry.sendFailed, telemetry.enqueueFailed]) {
      for (const destination of destinations) counter[signal].add(0, destination)
    }
  }
}
