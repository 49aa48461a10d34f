import { describe, expect, test } from 'vitest'
import { LabelSets } from './labels.ts'

const start = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'business.tenant': 'acme' }

describe('labels', () => {
  test('name who answered, once that is known', () => {
    const end = { 'gen_ai.provider.name': 'llamacpp', 'gen_ai.response.model': 'm' }
    expect(new LabelSets([]).of(start, end).own).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'llamacpp',
      'gen_ai.response.model': 'm',
    })
  })

  test('of the same values are the same object, of others another', () => {
    const sets = new LabelSets(['tenant'])
    const acme = sets.of(start, {})
    expect(sets.of({ ...start }, {})).toBe(acme)
    expect(acme.own).toEqual(start)
    for (const other of [
      { ...start, 'business.tenant': 'globex' },
      { ...start, 'gen_ai.request.model': 'm' },
      { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' },
      { ...start, 'server.port': 443 },
      { ...start, 'server.port': '443' },
    ])
      expect(sets.of(other, {}).own).toEqual(other)
    expect(acme.with('gen_ai.token.type', 'input')).toBe(acme.with('gen_ai.token.type', 'input'))
    expect(acme.with('gen_ai.token.type', 'output')).toEqual({ ...start, 'gen_ai.token.type': 'output' })
    expect(acme.with('error.type', 'output')).toEqual({ ...start, 'error.type': 'output' })
  })

  test('stay right, and bounded in memory, where there are more of them than any app should have', () => {
    const sets = new LabelSets(['tenant'])
    const first = sets.of(start, {})
    for (let tenant = 0; tenant < 5000; tenant++)
      expect(sets.of({ ...start, 'business.tenant': `${tenant}` }, {}).own['business.tenant']).toBe(
        `${tenant}`,
      )
    expect(sets.of(start, {})).not.toBe(first)
    expect(sets.of(start, {}).own).toEqual(start)
  })
})
