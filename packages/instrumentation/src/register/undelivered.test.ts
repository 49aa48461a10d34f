import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { BatchSpanProcessor, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, expect, test, vi } from 'vitest'
import { Undelivered } from './undelivered.ts'

afterEach(() => vi.unstubAllEnvs())

/** Spans that wait in a queue of four, for a backend that answers when it is told to. */
function openQueue() {
  vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '4')
  const undelivered = new Undelivered<ReadableSpan>('OTEL_BSP_MAX_QUEUE_SIZE')
  const answers: ((result: ExportResult) => void)[] = []
  const exporter = undelivered.watch({
    export: (_, onResult) => answers.push(onResult),
    shutdown: async () => {},
  })
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: 4,
    maxExportBatchSize: 2,
    scheduledDelayMillis: 2 ** 30,
  })
  const noting = {
    onStart() {},
    onEnd(span: ReadableSpan) {
      undelivered.add(span)
      processor.onEnd(span)
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  }
  const tracer = new TracerProvider({ spanProcessors: [noting] }).getTracer('test')
  return {
    end: (...names: string[]) => {
      for (const name of names) tracer.startSpan(name).end()
    },
    exportAll: () => void processor.forceFlush().catch(() => {}),
    answer: (code: ExportResultCode) => {
      for (const answer of answers.splice(0)) answer({ code })
    },
    left: () => undelivered.take().map(({ name }) => name),
  }
}

test('an app that exits delivers what is on its way and what waits behind it', () => {
  const queue = openQueue()
  queue.end('1', '2', '3', '4')
  queue.exportAll()
  queue.end('5', '6')
  expect(queue.left()).toEqual(['1', '2', '3', '4', '5', '6'])
})

test('after an outage, what the full queue has dropped is not kept in place of what waits', () => {
  const queue = openQueue()
  queue.end('1', '2', '3', '4')
  queue.exportAll()
  queue.end('5', '6', '7', '8')
  queue.answer(ExportResultCode.FAILED)
  queue.end('dropped')
  expect(queue.left()).toEqual(['5', '6', '7', '8'])
})

test('nothing is left of what a backend has accepted', () => {
  const queue = openQueue()
  queue.end('1', '2')
  queue.exportAll()
  queue.answer(ExportResultCode.SUCCESS)
  expect(queue.left()).toEqual([])
})
