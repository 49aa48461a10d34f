import { expect, test } from 'vitest'
import { StartedParts } from './started-parts.ts'

const soon = AbortSignal.timeout(1_000)

function partsThatClose(closed: string[], failing?: string): StartedParts {
  const started = new StartedParts()
  for (const name of ['ledger', 'queue', 'receivers']) {
    started.add({
      async close() {
        closed.push(name)
        if (name === failing) throw new Error(`${name} cannot be closed`)
      },
    })
  }
  return started
}

test('parts are closed in the opposite order of their start, once', async () => {
  const closed: string[] = []
  const started = partsThatClose(closed)
  await started.close(soon)
  await started.close(soon)
  expect(closed).toEqual(['receivers', 'queue', 'ledger'])
})

test('a part that cannot be closed leaves none of the others open, and is reported', async () => {
  const closed: string[] = []
  await expect(partsThatClose(closed, 'queue').close(soon)).rejects.toThrow('queue cannot be closed')
  expect(closed).toEqual(['receivers', 'queue', 'ledger'])
})

test('a start that fails closes what it has started, and is reported even where that fails too', async () => {
  const closed: string[] = []
  const started = partsThatClose(closed, 'queue')
  const starting = Promise.reject(new Error('the port is taken'))
  await expect(started.orClose(starting, 1_000)).rejects.toThrow('the port is taken')
  expect(closed).toEqual(['receivers', 'queue', 'ledger'])
})
