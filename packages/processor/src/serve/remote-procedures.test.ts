import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { type CallRemote, connectThreads } from './remote-procedures.ts'

interface Procedures {
  sum(a: number, b: number): number
  sizeOf(bytes: Float64Array): Promise<number>
  read(path: string): Promise<Buffer>
  refuse(): never
  makeFunction(): unknown
}

let channel: MessageChannel
let call: CallRemote<Procedures>

beforeEach(() => {
  channel = new MessageChannel()
  connectThreads<Procedures, object>(channel.port1, {
    sum: (a, b) => a + b,
    sizeOf: async (numbers) => numbers.length,
    read: (path) => readFile(path),
    refuse() {
      throw new UsageError('not like this')
    },
    makeFunction: () => () => undefined,
  })
  call = connectThreads<object, Procedures>(channel.port2, {})
})

afterEach(async () => {
  channel.port1.close()
  await once(channel.port2, 'close')
})

test('calls under way at one time get each their own result', async () => {
  expect(await Promise.all([call('sum', [1, 2]), call('sum', [3, 4])])).toEqual([3, 7])
})

test('what is transferred is no longer here', async () => {
  const numbers = new Float64Array(8)
  expect(await call('sizeOf', [numbers], [numbers.buffer])).toBe(8)
  expect(numbers.length).toBe(0)
})

test('an error keeps its name, message, stack and codes', async () => {
  await expect(call('refuse', [])).rejects.toMatchObject({
    name: 'UsageError',
    message: 'not like this',
    stack: expect.stringContaining('remote-procedures.test.ts'),
  })
  await expect(call('read', ['/no/such/file'])).rejects.toMatchObject({ code: 'ENOENT', errno: -2 })
})

test('a result that no message can carry is an error', async () => {
  await expect(call('makeFunction', [])).rejects.toMatchObject({ name: 'DataCloneError' })
})
