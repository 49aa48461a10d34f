import { expect, test } from 'vitest'
import { Slots } from './slots.ts'

test('so many run at a time, in the order they came, and a failure gives its slot back', async () => {
  const slots = new Slots(2)
  const started: number[] = []
  const finish: (() => void)[] = []
  const runs = [0, 1, 2, 3].map((index) =>
    slots.hold(async () => {
      started.push(index)
      await new Promise<void>((resolve) => {
        finish[index] = resolve
      })
      if (index === 0) throw new Error('failed')
    }),
  )
  await Promise.resolve()
  expect(started).toEqual([0, 1])
  finish[0]!()
  await expect(runs[0]).rejects.toThrow('failed')
  expect(started).toEqual([0, 1, 2])
  finish[1]!()
  await runs[1]
  expect(started).toEqual([0, 1, 2, 3])
  finish[2]!()
  finish[3]!()
  await Promise.all(runs.slice(2))
})
