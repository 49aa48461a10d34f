import { ConfigError } from '../../packages/processor/src/config/config-file.ts'
import { loadConfig, parseConfig } from '../../packages/processor/src/config/load-config.ts'
import { readLedgerSpans } from '../../packages/processor/src/enrichment/read-ledger-spans.ts'
import { splitRecord } from '../../packages/processor/src/exporters/split-record.ts'
import { InvalidTracesError } from '../../packages/processor/src/otlp/errors.ts'
import { transcode } from '../../packages/processor/src/otlp/transcode.ts'
import { countItems } from '../../packages/processor/src/protocol/count-items.ts'
import { decodeExportResponse } from '../../packages/processor/src/protocol/export-response.ts'
import { OtlpError } from '../../packages/processor/src/protocol/otlp-error.ts'
import { readRetryDelay } from '../../packages/processor/src/protocol/rpc-status.ts'
import { createEnrichment } from '../../packages/processor/src/serve/reloadable-enrichment.ts'
import type { OtlpEncoding, Signal } from '../../packages/processor/src/types.ts'
import { JSON_OTHERS, JSON_TRACES, PROTOBUF_OTHERS, PROTOBUF_TRACES } from './seeds.ts'

/** A place where bytes of a stranger come in. */
export interface Entrance {
  /** Also the name of its folder in the corpus. */
  readonly name: string
  readonly seeds: readonly Buffer[]
  /** Rejects, or throws, if the bytes were not taken as they should be. */
  feed(bytes: Buffer): void | Promise<void>
}

const content = { drop: ['gen_ai.input.*'], mask: ['k'], hash: ['llm.*'], hash_key: 'key' }
const { processTraces } = createEnrichment({
  ...loadConfig(undefined, {}),
  content: parseConfig(JSON.stringify({ content }), 'fuzz', {}).content,
  enrichment: { normalize: true, legacyCostAttribute: true },
})
const plain = createEnrichment(loadConfig(undefined, {}))

/** Priced as a request would be: refused as a whole, or handed on with all of its spans, readable by the ledger. */
function price(bytes: Buffer, encoding: OtlpEncoding): void {
  for (const process of [processTraces, plain.processTraces]) {
    for (const context of [{}, { tenant: 'acme' }]) {
      const result = orRefused(() => process(bytes, encoding, context))
      if (result === undefined) continue
      const out = Buffer.from(result.bytes)
      result.release()
      readLedgerSpans(out, encoding)
      // Stricter about what it passes over than the reader of the hot path, as of groups.
      const counted = orRefused(() => countItems(out, encoding, 'traces'))
      if (counted !== undefined && counted !== result.spanCount)
        throw new Error('spans were lost or invented')
    }
  }
}

/** What is accepted can be split, and no item is lost by it. */
function split(payload: Buffer, encoding: OtlpEncoding, signal: Signal): void {
  const itemCount = orRefused(() => countItems(payload, encoding, signal))
  if (itemCount === undefined || itemCount === 0) return
  const halves = splitRecord({ signal, encoding, itemCount, acceptedAt: 0, payload })
  const sum = halves?.reduce((total, half) => total + half.itemCount, 0)
  if (sum !== undefined && sum !== itemCount) throw new Error(`split ${itemCount} items into ${sum}`)
}

const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs']

/** The parsers themselves, without a network between: thousands of inputs a second. */
export const PARSERS: readonly Entrance[] = [
  { name: 'protobuf-traces', seeds: PROTOBUF_TRACES, feed: (bytes) => price(bytes, 'protobuf') },
  { name: 'json-traces', seeds: JSON_TRACES, feed: (bytes) => price(bytes, 'json') },
  {
    name: 'protobuf-requests',
    seeds: [...PROTOBUF_TRACES, ...PROTOBUF_OTHERS],
    feed(bytes) {
      for (const signal of SIGNALS) {
        orRefused(() => transcode(bytes, signal, 'protobuf', 'json'))
        split(bytes, 'protobuf', signal)
      }
    },
  },
  {
    name: 'json-requests',
    seeds: [...JSON_TRACES, ...JSON_OTHERS],
    feed(bytes) {
      for (const signal of SIGNALS) {
        orRefused(() => transcode(bytes, signal, 'json', 'protobuf'))
        split(bytes, 'json', signal)
      }
    },
  },
  {
    name: 'backend-answers',
    seeds: [
      Buffer.from('0a0808021204736f7272', 'hex'),
      Buffer.from('{"partialSuccess":{"rejectedSpans":"2","errorMessage":"sorry"}}'),
      Buffer.from(
        '08081a2e0a28747970652e676f6f676c65617069732e636f6d2f676f6f676c652e7270632e5265747279496e666f12020805',
        'hex',
      ),
    ],
    feed(bytes) {
      for (const encoding of ['protobuf', 'json'] as const) decodeExportResponse(bytes, encoding, 'traces')
      readRetryDelay(bytes)
    },
  },
  {
    name: 'configuration',
    seeds: [
      Buffer.from(
        'receivers: { otlp: { protocols: { http: { endpoint: 127.0.0.1:4318 } } } }\nlimits: { memory: 1GiB }\n',
      ),
      Buffer.from(
        'exporters:\n  - { name: a, endpoint: "http://$' + '{env:HOST:-x}:1", headers: { a: $$b } }\n',
      ),
    ],
    feed(bytes) {
      try {
        parseConfig(bytes.toString('utf8'), 'fuzz', {})
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error
      }
    },
  },
]

/** `undefined` where the bytes were refused as they should be; every other error is a fault of ours. */
function orRefused<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidTracesError) return undefined
    if (error instanceof OtlpError && error.details.httpStatus === 400) return undefined
    throw error
  }
}
