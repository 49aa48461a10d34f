import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import type { QueueRecord } from '../queue/record.ts'
import { DeadLetters, toRecord } from './dead-letters.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

function record(text: string): QueueRecord {
  return { signal: 'traces', encoding: 'json', itemCount: 1, acceptedAt: 0, payload: Buffer.from(text) }
}

async function takeTexts(): Promise<{ texts: string[]; unreadable: number; forget(): Promise<void> }> {
  const { letters, unreadable, forget } = await new DeadLetters(directory).takeAll('tempo')
  return {
    texts: letters.map((letter) => Buffer.from(toRecord(letter).payload).toString()),
    unreadable,
    forget,
  }
}

describe('dead letters', () => {
  test('come back as they were, once they are taken and until they are forgotten', async () => {
    const letters = new DeadLetters(directory)
    for (const text of ['first', 'second'])
      expect(await letters.append('tempo', record(text), 'why')).toBe(true)
    expect((await takeTexts()).texts).toEqual(['first', 'second'])
    await letters.append('tempo', record('third'), 'why')
    const resumed = await takeTexts()
    expect(resumed.texts).toEqual(['first', 'second'])
    await resumed.forget()
    const rest = await takeTexts()
    expect(rest.texts).toEqual(['third'])
    await rest.forget()
    expect(await readdir(directory)).toEqual([])
  })

  test('lose nothing but a line that was torn by the death of the process', async () => {
    await new DeadLetters(directory).append('tempo', record('first'), 'why')
    await appendFile(join(directory, 'tempo.jsonl'), '{"time":"2026-')
    await new DeadLetters(directory).append('tempo', record('second'), 'why')
    expect(await takeTexts()).toMatchObject({ texts: ['first', 'second'], unreadable: 1 })
  })

  test('of workers that write at the same time are all kept', async () => {
    const workers = [new DeadLetters(directory), new DeadLetters(directory)]
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (workers[index % 2] as DeadLetters).append('tempo', record(`r${index}`), 'why'),
      ),
    )
    const { texts, unreadable } = await takeTexts()
    expect([new Set(texts).size, unreadable]).toEqual([100, 0])
  })
})
