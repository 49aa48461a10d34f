import { describe, expect, test } from 'vitest'
import {
  areThere,
  brokenBody,
  cutBody,
  readExchanges,
  requestBytes,
  responseBytes,
  wholeBody,
} from './exchanges.ts'
import { faultsOf, inventionsOf, read } from './judgement.ts'

/** What the instrumentation keeps of a body, at either end. */
const WINDOW = 64 * 1024

describe.skipIf(!areThere)(
  'recorded traffic (skipped where there are no recordings), read by the API flavors',
  () => {
    const exchanges = areThere ? readExchanges() : []

    test('every judged field of every exchange is right, and what is no LLM call gives no span', () => {
      const faults = exchanges.flatMap((exchange) =>
        faultsOf(exchange, read(exchange, wholeBody(responseBytes(exchange)))),
      )
      expect(faults).toEqual([])
    })

    test('the same where only the beginning and the end of large bodies are held', () => {
      const faults = exchanges.flatMap((exchange) => {
        const response = cutBody(responseBytes(exchange), WINDOW, WINDOW)
        return faultsOf(exchange, read(exchange, response, cutBody(requestBytes(exchange), WINDOW, WINDOW)))
      })
      expect(faults).toEqual([])
    })

    test.each([
      [1024, 2048],
      [2048, 8192],
      [8192, 1024],
    ])('no number is wrong where %i bytes of the beginning and %i of the end are held', (head, tail) => {
      const wrong = exchanges.flatMap((exchange) =>
        inventionsOf(exchange, read(exchange, cutBody(responseBytes(exchange), head, tail))),
      )
      expect(wrong.filter((fault) => /tokens|cache|reasoning/.test(fault))).toEqual([])
    })

    test('no number is wrong where an answer that is no stream breaks off', () => {
      const wrong = exchanges
        .filter(({ streaming }) => !streaming)
        .flatMap((exchange) => {
          const bytes = responseBytes(exchange)
          const lengths = Array.from({ length: 20 }, (_, part) => Math.floor((bytes.length * part) / 20))
          return lengths.flatMap((length) =>
            inventionsOf(exchange, read(exchange, brokenBody(bytes, length))),
          )
        })
      expect(wrong).toEqual([])
    })

    test('no mutation of a body makes a reader throw', () => {
      let seed = 1
      const random = (below: number): number => {
        seed = (seed * 48_271) % 2_147_483_647
        return seed % below
      }
      for (const exchange of exchanges) {
        const bytes = Buffer.from(responseBytes(exchange))
        if (bytes.length === 0) continue
        for (let round = 0; round < 20; round++) {
          bytes[random(bytes.length)] = random(256)
          expect(() => read(exchange, wholeBody(bytes))).not.toThrow()
        }
      }
    })
  },
)
