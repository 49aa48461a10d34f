import { describe, expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

/** Paths that an app's own API may have as well. */
const PATHS = [
  '/surveys/7/responses',
  '/v1/responses',
  '/users/7/completions',
  '/v1/embeddings',
  '/v1/moderations',
  '/v1/interactions',
  '/v1/complete',
  '/v1/chat',
  '/v1/predictions',
  '/v1/ocr',
  '/v1/batches',
  '/v2/transcript',
]

describe('what is no call, though its path could be of one', () => {
  test.each(PATHS)('%s is sent a form', (path) => {
    const multipart = '--b\r\nContent-Disposition: form-data; name="answer"\r\n\r\n42\r\n--b--\r\n'
    const forms = [
      ['application/x-www-form-urlencoded', 'answer=42'],
      ['multipart/form-data; boundary=b', multipart],
    ] as const
    for (const [type, request] of forms) {
      const read = readExchange({
        call: `POST https://app.example${path}`,
        requestHeaders: { 'content-type': type },
        request,
      })
      expect(read.request).toBeUndefined()
    }
  })

  test.each(PATHS)('%s is sent nothing', (path) => {
    expect(readExchange({ call: `POST https://app.example${path}`, request: '' }).request).toBeUndefined()
  })

  test('JSON is JSON by whatever type it is sent, as by clients that set that of a form', () => {
    const { request } = readExchange({
      call: 'POST /v1/responses',
      requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
      request: { model: 'gpt-5', input: 'Hi' },
    })
    expect(request).toMatchObject({ operation: 'chat', model: 'gpt-5' })
  })

  test('a body that cannot be read may be a call', () => {
    const { request } = readExchange({
      call: 'POST /v1/responses',
      requestHeaders: { 'content-encoding': 'gzip' },
      request: Buffer.from([0x1f, 0x8b, 0x08]).toString('latin1'),
    })
    expect(request).toMatchObject({ operation: 'chat' })
  })
})
