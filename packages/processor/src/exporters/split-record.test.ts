import { expect, test } from 'vitest'
import { nestedMessage } from '../../test/support/raw-fields.ts'
import type { QueueRecord } from '../queue/record.ts'
import { splitRecord } from './split-record.ts'

test('takes unknown fields along into both halves, groups among them', () => {
  const group = Buffer.from('930308019403', 'hex')
  const log = (severity: number): Buffer => nestedMessage([2], Buffer.from([0x10, severity]))
  const payload = (logs: Buffer[]): Buffer => nestedMessage([1, 2], Buffer.concat([group, ...logs]))
  const record = {
    signal: 'logs',
    encoding: 'protobuf',
    itemCount: 2,
    acceptedAt: 0,
    payload: payload([log(1), log(2)]),
  } satisfies QueueRecord
  expect(splitRecord(record)).toEqual([
    { ...record, itemCount: 1, payload: payload([log(1)]) },
    { ...record, itemCount: 1, payload: payload([log(2)]) },
  ])
})
