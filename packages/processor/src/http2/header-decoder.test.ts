import { describe, expect, test } from 'vitest'
import { HeaderDecoder } from './header-decoder.ts'
import { encodeHeaders } from './header-encoder.ts'

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

const CALL = [
  [':method', 'GET'],
  [':scheme', 'http'],
  [':path', '/'],
  [':authority', 'www.example.com'],
]
const LATER_CALL = [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':path', '/index.html'],
  [':authority', 'www.example.com'],
  ['custom-key', 'custom-value'],
]

describe('the examples of RFC 7541, each on one connection', () => {
  test.each([
    [
      'C.3, plain',
      ['8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d', '8286 84be 5808 6e6f 2d63 6163 6865'],
      '8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65',
    ],
    [
      'C.4, with Huffman codes',
      ['8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff', '8286 84be 5886 a8eb 1064 9cbf'],
      '8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf',
    ],
  ])('%s', (_, [first, second], third) => {
    const decoder = new HeaderDecoder()
    expect(decoder.decode(hex(first as string))).toEqual(CALL)
    expect(decoder.decode(hex(second as string))).toEqual([...CALL, ['cache-control', 'no-cache']])
    expect(decoder.decode(hex(third))).toEqual(LATER_CALL)
  })

  test('C.2: literals that are kept, not kept, and never to be kept', () => {
    const decoder = new HeaderDecoder()
    const literals = [
      ['400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572', ['custom-key', 'custom-header']],
      ['040c 2f73 616d 706c 652f 7061 7468', [':path', '/sample/path']],
      ['1008 7061 7373 776f 7264 0673 6563 7265 74', ['password', 'secret']],
      ['82', [':method', 'GET']],
      ['be', ['custom-key', 'custom-header']],
    ] as const
    for (const [block, field] of literals) expect(decoder.decode(hex(block))).toEqual([field])
  })
})

test('a smaller table forgets what it has no room for', () => {
  const decoder = new HeaderDecoder()
  decoder.decode(hex('400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572'))
  expect(decoder.decode(hex('20 82'))).toEqual([[':method', 'GET']])
  expect(() => decoder.decode(hex('be'))).toThrow('not a header block')
})

test('headers beyond the limit are no headers, and those after them are right', () => {
  const decoder = new HeaderDecoder()
  const large = encodeHeaders([['a', 'x'.repeat(9_000)]])
  expect(
    decoder.decode(Buffer.concat([large.subarray(1), large.subarray(1), hex('400161 0162')])),
  ).toBeUndefined()
  expect(decoder.decode(hex('be'))).toEqual([['a', 'b']])
})

test('what is encoded is decoded, of any length', () => {
  const fields = [0, 1, 126, 127, 128, 254, 255, 256, 9_000].map(
    (length) => ['a-name', 'v'.repeat(length)] as const,
  )
  const decoder = new HeaderDecoder()
  for (const field of fields) expect(decoder.decode(encodeHeaders([field]))).toEqual([field])
})

test.each([
  ['an index of nothing', '80'],
  ['an index beyond the table', 'ff 8a 01'],
  ['a string cut short', '00 05 61'],
  ['a number cut short', 'ff ff'],
  ['a number that never ends', 'ff ff ff ff ff ff ff ff ff'],
  ['a table larger than was agreed', '3f e2 1f'],
  ['a change of the table after a field', '82 20'],
  ['Huffman padding of zeros', '00 81 00 00'],
  ['Huffman padding of a whole byte', '00 82 f8 ff 00'],
  ['the Huffman code of the end', '00 84 ff ff ff ff 00'],
])('%s is an error of the connection', (_, block) => {
  expect(() => new HeaderDecoder().decode(hex(block))).toThrow('not a header block')
})
