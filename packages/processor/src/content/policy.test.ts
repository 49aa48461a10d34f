import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { compilePolicy } from './policy.ts'

test('without a key equal values stay equal in all threads of the process, and after a reload', async () => {
  const hashOf = `policy.compilePolicy({ hash: ['user.id'] }).hash('ada')`
  const worker = new Worker(
    `import(${JSON.stringify(import.meta.resolve('./policy.ts'))}).then((policy) =>
      require('node:worker_threads').parentPort.postMessage(${hashOf}))`,
    { eval: true },
  )
  onTestFinished(async () => void (await worker.terminate()))
  const hash = compilePolicy({ hash: ['user.id'] })!.hash('ada')
  expect(hash).toMatch(/^[0-9a-f]{32}$/)
  expect(compilePolicy({ hash: ['user.id'], drop: ['messages'] })!.hash('ada')).toBe(hash)
  expect(await once(worker, 'message')).toEqual([hash])
})

test('with a key they are equal wherever it is used', () => {
  // HMAC-SHA-256 of "ada" by "k", as `openssl dgst -sha256 -hmac k` has it, the first half.
  expect(compilePolicy({ hash: ['user.id'], hash_key: 'k' })!.hash('ada')).toBe(
    '16ae9ecd91203823a6ddb69327f2d592',
  )
})
