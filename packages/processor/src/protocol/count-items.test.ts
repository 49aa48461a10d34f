import { describe, expect, test } from 'vitest'
import { nestedMessage } from '../../test/support/raw-fields.ts'
import { countItems } from './count-items.ts'

// Field 50, which nobody knows: a group with a varint and a group in it.
const group = Buffer.from('9303' + '0801' + '0b0c' + '9403', 'hex')

describe('countItems', () => {
  test.each([
    ['logs', nestedMessage([1, 2, 2], Buffer.alloc(0)), 1],
    ['metrics', nestedMessage([1, 2, 2, 5, 1], Buffer.alloc(0)), 1],
  ] as const)('passes over unknown groups in %s, at any level', (signal, request, count) => {
    const inner = nestedMessage([1, 2], group)
    expect(countItems(Buffer.concat([group, request, inner, group]), 'protobuf', signal)).toBe(count)
  })

  test('refuses a group without an end', () => {
    expect(() => countItems(group.subarray(0, 4), 'protobuf', 'logs')).toThrow('cut off')
  })
})
