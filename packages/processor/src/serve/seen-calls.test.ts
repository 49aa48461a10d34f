import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { identityOf } from '../otlp/span-identity.ts'
import { SeenCalls } from './seen-calls.ts'

function call(traceId: string, spanId: string): MeteredCall {
  return { identity: identityOf(traceId, spanId) } as MeteredCall
}

const first = call('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7')
const sameInCapitals = call('4BF92F3577B34DA6A3CE929D0E0E4736', '00F067AA0BA902B7')
const otherSpan = call('4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b8')
const otherTrace = call('4bf92f3577b34da6a3ce929d0e0e4737', '00f067aa0ba902b7')
const withoutIds = call('', '')

describe('the calls seen before', () => {
  let directory: string
  beforeEach(() => {
    directory = temporaryDirectory()
  })

  test('are known by trace and span id, in either case of the digits', () => {
    const seen = new SeenCalls(undefined)
    expect(seen.add([first, otherSpan, first])).toEqual([first, otherSpan])
    expect(seen.add([sameInCapitals, otherTrace])).toEqual([otherTrace])
  })

  test('do not include a call without ids', () => {
    const seen = new SeenCalls(undefined)
    expect(seen.add([withoutIds, withoutIds])).toEqual([withoutIds, withoutIds])
  })

  test('take no longer to find where a sender numbers its spans', { timeout: 5_000 }, () => {
    const numbered = Array.from({ length: 100_000 }, (_, number) =>
      call('4bf92f3577b34da6a3ce929d0e0e4736', (number + 1).toString(16).padStart(16, '0')),
    )
    const seen = new SeenCalls(undefined)
    expect(seen.add(numbered)).toHaveLength(100_000)
    expect(seen.add(numbered)).toEqual([])
  })

  test('are known after a restart', () => {
    const before = new SeenCalls(directory)
    before.add([first, otherSpan])
    before.close()
    const after = new SeenCalls(directory)
    expect(after.add([otherSpan, first, otherTrace])).toEqual([otherTrace])
    after.close()
  })

  test('are known after a crash in the middle of a write, those written since as well', () => {
    const before = new SeenCalls(directory)
    before.add([first])
    before.close()
    appendFileSync(join(directory, 'seen-calls'), 'torn')
    const after = new SeenCalls(directory)
    after.add([otherSpan])
    after.close()
    const last = new SeenCalls(directory)
    expect(last.add([first, otherSpan, otherTrace])).toEqual([otherTrace])
    last.close()
  })

  test('are known while the disk is full, and remembered again once there is room', (context) => {
    const disk = join(directory, 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      return context.skip('needs the right to mount a tmpfs')
    }
    try {
      const seen = new SeenCalls(disk)
      expect(() => writeFileSync(join(disk, 'filler'), Buffer.alloc(2 ** 20))).toThrow(/ENOSPC/)
      expect(seen.add([first])).toEqual([first])
      expect(seen.add([first])).toEqual([])
      rmSync(join(disk, 'filler'))
      seen.add([otherSpan])
      seen.close()
      const after = new SeenCalls(disk)
      expect(after.add([first, otherSpan])).toEqual([first])
      after.close()
    } finally {
      execFileSync('umount', [disk])
    }
  })
})
