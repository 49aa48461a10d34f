import { Buffer } from 'node:buffer'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createContentDecoder } from './content-decoder.ts'

const CODINGS = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const

describe('a compressed body', () => {
  test.each(CODINGS)('is the text that it was, however far it unfolds: %s', (coding, compress) => {
    for (const text of ['', '{}', 'word '.repeat(200), 'data: {"choices":[]}\n\n'.repeat(20_000)]) {
      let decoded = ''
      let readable: boolean | undefined
      const decoder = createContentDecoder(coding, (chunk) => {
        decoded += Buffer.from(chunk).toString()
      })
      decoder?.write(compress(text))
      decoder?.finish((told) => {
        readable = told
      })
      expect(readable).toBe(true)
      expect(decoded === text).toBe(true)
    }
  })
})
