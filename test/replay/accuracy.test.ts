import { describe, expect, test } from 'vitest'
import { areThere, readExchanges, responseBytes, wholeBody } from './exchanges.ts'
import { faultsOf, read } from './judgement.ts'

describe.skipIf(!areThere)('recorded traffic, read by recognise and the API flavors', () => {
  const exchanges = areThere ? readExchanges() : []

  test('every judged field of every exchange is right, and what is no LLM call gives no span', () => {
    const faults = exchanges.flatMap((exchange) =>
      faultsOf(exchange, read(exchange, wholeBody(responseBytes(exchange)))),
    )
    expect(faults).toEqual([])
  })
})
