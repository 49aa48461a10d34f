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

test('one item can’t be taken apart, in neither encoding', () => {
  const one = (encoding: QueueRecord['encoding'], payload: Buffer): QueueRecord => ({
    signal: 'logs',
    encoding,
    itemCount: 1,
    acceptedAt: 0,
    payload,
  })
  const json = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber: 1 }] }] }] }
  expect(splitRecord(one('json', Buffer.from(JSON.stringify(json))))).toBeUndefined()
  expect(splitRecord(one('protobuf', nestedMessage([1, 2, 2], Buffer.from([0x10, 1]))))).toBeUndefined()
})
