import { describe, expect, test } from 'vitest'
import { SIGNALS } from '../signals.ts'
import { decodeExportResponse, encodeExportResponse } from './export-response.ts'

describe.each(['json', 'protobuf'] as const)('a response in %s', (encoding) => {
  test.each(SIGNALS)('says of %s what was rejected, and why', (signal) => {
    for (const partial of [
      { rejectedItems: 3, errorMessage: 'too old' },
      { rejectedItems: 3, errorMessage: '' },
      { rejectedItems: 0, errorMessage: 'soon too old' },
    ]) {
      const body = encodeExportResponse(encoding, signal, partial)
      expect(decodeExportResponse(body, encoding, signal)).toEqual(partial)
    }
    const empty = encodeExportResponse(encoding, signal, { rejectedItems: 0, errorMessage: '' })
    expect(decodeExportResponse(empty, encoding, signal)).toBeUndefined()
  })
})

test.each([
  ['{"partialSuccess":{"rejectedSpans":2}}', 2],
  ['{"partialSuccess":{"rejectedSpans":"2","rejectedLogRecords":"7"}}', 2],
  ['{"partialSuccess":{"rejectedSpans":"-2","errorMessage":"a"}}', 0],
  ['{"partialSuccess":{"rejectedSpans":"some","errorMessage":"a"}}', 0],
  ['{"partialSuccess":{"rejectedSpans":{},"errorMessage":"a"}}', 0],
  ['{"partialSuccess":{"rejectedSpans":null,"errorMessage":"a"}}', 0],
  ['{"partialSuccess":{"rejectedSpans":"some"}}', undefined],
  ['{"partialSuccess":null}', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['<html>', undefined],
])('a backend that answers %s has rejected %s spans', (body, rejected) => {
  expect(decodeExportResponse(Buffer.from(body), 'json', 'traces')?.rejectedItems).toBe(rejected)
})
