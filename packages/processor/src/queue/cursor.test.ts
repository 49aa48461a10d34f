import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { Cursor } from './cursor.ts'

const START = { segment: 3, offset: 0 }
const END = { segment: 7, offset: 123 }

async function positionOf(path: string, end = END): Promise<unknown> {
  const { cursor, position } = await Cursor.open(path, START, end)
  await cursor.close()
  return position
}

test('a new destination begins at the end, also where the process died before anything was delivered', async () => {
  const path = join(temporaryDirectory(), 'cursor')
  expect(await positionOf(path)).toEqual(END)
  expect(await positionOf(path, { segment: 9, offset: 0 })).toEqual(END)
})

test('a cursor of which any byte is damaged, or that is cut, begins at the start', async () => {
  const path = join(temporaryDirectory(), 'cursor')
  await positionOf(path)
  const whole = readFileSync(path)
  expect(whole.length).toBe(28)
  for (let index = 0; index < whole.length; index++) {
    const damaged = Buffer.from(whole)
    damaged[index]! ^= 1
    writeFileSync(path, damaged)
    expect(await positionOf(path), `${index}`).toEqual(START)
    writeFileSync(path, whole.subarray(0, index))
    expect(await positionOf(path), `${index}`).toEqual(START)
  }
})
