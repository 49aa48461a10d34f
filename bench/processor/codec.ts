import { loadPriceBook } from '../../packages/pricing/src/index.ts'
import { createCostMetrics } from '../../packages/processor/src/metrics/cost-metrics.ts'
import { transcode } from '../../packages/processor/src/otlp/transcode.ts'
import { createProcessTraces } from '../../packages/processor/src/process-traces.ts'
import type { OtlpEncoding } from '../../packages/processor/src/types.ts'
import { median } from '../median.ts'
import { payload } from './payload.ts'

/**
 * Without a socket: spans per CPU-second of `processTraces` and of the cost metrics, median of seven rounds.
 *
 *     node --conditions=@spanmeter/source bench/processor/codec.ts [spans in a batch] [protobuf | json]
 */
const spanCount = Number(process.argv[2] ?? 512)
const encoding = (process.argv[3] ?? 'protobuf') as OtlpEncoding
const ROUNDS = 7
const SPANS_PER_ROUND = 200_000

const batches = Array.from({ length: Math.max(2, Math.ceil(16_384 / spanCount)) }, (_, seed) => {
  const bytes = payload(spanCount, seed)
  return Buffer.from(transcode(bytes, 'traces', 'protobuf', encoding))
})
const processTraces = createProcessTraces({ priceBook: loadPriceBook() })
const metrics = createCostMetrics()

function round(): number {
  const before = process.cpuUsage()
  let spans = 0
  for (let batch = 0; spans < SPANS_PER_ROUND; batch++) {
    const processed = processTraces(batches[batch % batches.length]!, encoding)
    spans += processed.spanCount
    metrics.record(processed.calls)
    processed.release()
  }
  const { user, system } = process.cpuUsage(before)
  return (spans / (user + system)) * 1e6
}

round()
const rates = Array.from({ length: ROUNDS }, round)
const peak = Math.round(process.resourceUsage().maxRSS / 1024)
process.stdout.write(
  `${encoding}, ${spanCount} spans a batch: ${Math.round(median(rates) / 1000)} k spans/CPU-s, peak ${peak} MB\n`,
)
