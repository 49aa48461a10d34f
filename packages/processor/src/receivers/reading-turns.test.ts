import { expect, test } from 'vitest'
import { ReadingTurns } from './reading-turns.ts'

function readers(turns: ReadingTurns, told: string[]) {
  return (name: string) => {
    const reader = { name, readOn: () => told.push(name), mayReadOn: () => turns.mayReadOn(reader) }
    return reader
  }
}

test('one reads until its body is answered, then the next, in the order in which they came', () => {
  const turns = new ReadingTurns()
  const told: string[] = []
  const [a, b, c] = ['a', 'b', 'c'].map(readers(turns, told)) as [Reader, Reader, Reader]
  expect([a, b, c, a].map((reader) => reader.mayReadOn())).toEqual([true, false, false, true])
  turns.done(a)
  expect(told).toEqual(['b'])
  turns.done(b)
  expect(told).toEqual(['b', 'c'])
  turns.done(c)
  expect(a.mayReadOn()).toBe(true)
})

test('one that gives up while it waits is not told', () => {
  const turns = new ReadingTurns()
  const told: string[] = []
  const [a, b, c] = ['a', 'b', 'c'].map(readers(turns, told)) as [Reader, Reader, Reader]
  for (const reader of [a, b, c]) reader.mayReadOn()
  turns.done(b)
  turns.done(a)
  expect(told).toEqual(['c'])
})

test('one that has nothing to read lets the next go on, and waits for its next turn', async () => {
  const turns = new ReadingTurns()
  const slow = { readOn: () => undefined }
  expect(turns.mayReadOn(slow)).toBe(true)
  await new Promise<void>((resolve) => {
    expect(turns.mayReadOn({ readOn: resolve })).toBe(false)
  })
  expect(turns.mayReadOn(slow)).toBe(false)
})

type Reader = ReturnType<ReturnType<typeof readers>>
