import { describe, expect, test } from 'vitest'
import { awsFrames } from '../../test/support/aws-frames.ts'
import { AwsPayloads } from './aws-payloads.ts'

function payloadsIn(bytes: Buffer, pieceBytes: number): string[] {
  const payloads: string[] = []
  const reader = new AwsPayloads((payload) => payloads.push(payload.toString()))
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    const piece = Buffer.from(bytes.subarray(start, start + pieceBytes))
    reader.write(piece)
    // The app may use its memory again.
    piece.fill(0)
  }
  return payloads
}

describe('AwsPayloads', () => {
  const long = 'x'.repeat(2_000_000)

  test('gives each payload, wherever the frames are cut', () => {
    const bytes = awsFrames('{"a":1}', '', 'é')
    for (let pieceBytes = 1; pieceBytes <= bytes.length; pieceBytes++)
      expect(payloadsIn(bytes, pieceBytes)).toEqual(['{"a":1}', '', 'é'])
  })

  test.each([7, 65_536, 10_000_000])(
    'passes over a frame too long to be held, in pieces of %i',
    (pieceBytes) => {
      expect(payloadsIn(awsFrames('a', long, 'b'), pieceBytes)).toEqual(['a', 'b'])
    },
  )

  test('gives nothing of what has no frames', () => {
    expect(payloadsIn(Buffer.alloc(100), 9)).toEqual([])
    expect(payloadsIn(Buffer.from('{"message":"not a frame at all"}'), 5)).toEqual([])
    expect(payloadsIn(Buffer.concat([Buffer.alloc(12), awsFrames('a')]), 12)).toEqual([])
  })
})
