import { loadPriceBook } from '@spanmeter/pricing'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { requestOf, spanAttributes } from '../../test/support/otlp-messages.ts'
import { openBatchMemory } from '../enrichment/batch-memory.ts'
import { createProcessTraces } from '../process-traces.ts'
import { keepRollUp } from './roll-up-file.ts'

const priceBook = loadPriceBook()

// What a small file is read into has other bytes around it.
test.each([1, 2000])(
  'parents that come after a restart have what stands beneath them (%s calls)',
  async (count) => {
    const directory = temporaryDirectory()
    const life = () => {
      const batchMemory = openBatchMemory()
      const file = keepRollUp(batchMemory.rollUp, directory)
      return { process: createProcessTraces({ priceBook, batchMemory }), close: () => file.close() }
    }
    const ids = Array.from({ length: count }, (_, index) => index + 1)
    const before = life()
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 500,
    }
    before.process(requestOf(ids.map((id) => ({ id, parent: id + 1000, attributes }))), 'protobuf')
    await before.close()

    const after = life()
    const { bytes } = after.process(requestOf(ids.map((id) => ({ id: id + 1000 }))), 'protobuf')
    expect(spanAttributes(bytes)).toEqual(ids.map(() => ({ 'spanmeter.cost.inclusive': 0.006 })))
    await after.close()
  },
)
