import { describe, expect, test } from 'vitest'
import { OCTOBER, plantedConversations, plantedSpend } from '../planted-spend.ts'
import { call, costOf } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

describe('spend on planted data', () => {
  test('by feature: 47,293 = 28,400 + 12,900 + 5,993', async () => {
    const ledger = await temporaryLedger([...plantedSpend(), ...plantedConversations()])
    const { rows, totals } = await ledger.view('spend', OCTOBER)
    expect(rows.map(({ key, cost, calls }) => ({ key, cost, calls }))).toEqual([
      { key: 'faq-bot', cost: '28400', calls: 1415 },
      { key: 'document-summary', cost: '12900', calls: 97 },
      { key: 'code-assistant', cost: '5993', calls: 53 },
    ])
    expect(totals).toMatchObject({ cost: '47293', calls: 1565, share: 1 })
  })

  test('of one feature by tenant and by model: 28,400 = 18,200 + 7,100 + 3,100', async () => {
    const ledger = await temporaryLedger(plantedSpend())
    const where = [{ key: 'feature', value: 'faq-bot' }]
    const costs = async (by: string): Promise<unknown[]> =>
      (await ledger.view('spend', { ...OCTOBER, where, by })).rows.map(({ key, cost }) => [key, cost])
    expect(await costs('tenant')).toEqual([
      ['acme', '18200'],
      ['globex', '7100'],
      ['initech', '3100'],
    ])
    expect(await costs('model')).toEqual([
      ['gpt-5', '18200'],
      ['gpt-5-mini', '7100'],
      ['claude-haiku-4-5', '3100'],
    ])
    expect(await costs('provider')).toEqual([
      ['openai', '25300'],
      ['anthropic', '3100'],
    ])
  })

  test('4,320 conversations cost $4.21 each', async () => {
    const ledger = await temporaryLedger(plantedConversations())
    const { rows, totals, hidden } = await ledger.view('spend', { by: 'conversation', limit: 5 })
    expect(rows.map(({ cost, calls }) => ({ cost, calls }))).toEqual(
      Array(5).fill({ cost: '4.21', calls: 3 }),
    )
    expect(totals).toMatchObject({ cost: '18187.2', calls: 12960 })
    expect(hidden).toEqual({ rows: 4315, cost: '18166.15', calls: 12945 })
  })
})

describe('a row of spend', () => {
  test('has every column, and says what is untagged, unpriced and estimated', async () => {
    const feature = { feature: 'faq-bot' }
    const ledger = await temporaryLedger([
      call({
        business: feature,
        cost: '1',
        milliseconds: 100,
        usage: { inputTokens: 10, outputTokens: 1, cacheReadTokens: 4 },
      }),
      call({
        business: feature,
        cost: '2',
        milliseconds: 200,
        usage: { inputTokens: 20, outputTokens: 2, cacheWriteTokens: 5 },
      }),
      call({ business: feature, unpriced: 'unknown_model', milliseconds: 300 }),
      call({ cost: costOf('0.5', { source: 'estimated' }), milliseconds: 50 }),
    ])
    const result = await ledger.view('spend')
    expect(result.rows).toEqual([
      {
        key: 'faq-bot',
        cost: '3',
        share: 0.857143,
        calls: 3,
        cost_per_call: '1.5',
        p50_ms: 200,
        p95_ms: 290,
        input_tokens: 30,
        output_tokens: 3,
        cache_read_tokens: 4,
        cache_write_tokens: 5,
        unpriced_calls: 1,
        estimated_cost: '0',
      },
      {
        key: null,
        cost: '0.5',
        share: 0.142857,
        calls: 1,
        cost_per_call: '0.5',
        p50_ms: 50,
        p95_ms: 50,
        input_tokens: null,
        output_tokens: null,
        cache_read_tokens: null,
        cache_write_tokens: null,
        unpriced_calls: 0,
        estimated_cost: '0.5',
      },
    ])
    expect(result.totals).toEqual({
      cost: '3.5',
      share: 1,
      calls: 4,
      cost_per_call: '1.166666666667',
      p50_ms: 150,
      p95_ms: 285,
      input_tokens: 30,
      output_tokens: 3,
      cache_read_tokens: 4,
      cache_write_tokens: 5,
      unpriced_calls: 1,
      estimated_cost: '0.5',
    })
    expect(result.quality).toEqual({
      untagged: { key: 'feature', calls: 1, cost: '0.5' },
      unpriced: { calls: 1 },
      estimated: { calls: 1, cost: '0.5' },
    })
  })

  test('has an unknown cost where no call has a price, which is not 0', async () => {
    const ledger = await temporaryLedger([
      call({ unpriced: 'unknown_model', business: { feature: 'faq-bot' } }),
    ])
    const { rows, totals } = await ledger.view('spend')
    expect(rows[0]).toMatchObject({ cost: null, share: null, cost_per_call: null, calls: 1 })
    expect(totals).toMatchObject({ cost: null, calls: 1 })
  })
})

describe('filters', () => {
  const spans = [
    call({ cost: '1', business: { feature: 'a', tenant: 'x', plan_code: 'gold' } }),
    call({ cost: '2', business: { feature: 'a', tenant: 'y' } }),
    call({ cost: '4', business: { feature: 'b', tenant: 'x' }, environment: 'staging' }),
    call({ cost: '8', business: { feature: 'c' } }),
  ]
  test.each([
    [[{ key: 'feature', value: 'a' }], '3'],
    [
      [
        { key: 'feature', value: 'a' },
        { key: 'feature', value: 'b' },
      ],
      '7',
    ],
    [
      [
        { key: 'feature', value: 'a' },
        { key: 'tenant', value: 'x' },
      ],
      '1',
    ],
    [[{ key: 'tenant', value: null }], '8'],
    [
      [
        { key: 'tenant', value: null },
        { key: 'tenant', value: 'y' },
      ],
      '10',
    ],
    [[{ key: 'plan_code', value: 'gold' }], '1'],
    [[{ key: 'business.plan_code', value: 'gold' }], '1'],
    [[{ key: 'environment', value: 'staging' }], '4'],
    [[{ key: 'feature', value: "a' OR '1'='1" }], '0'],
  ])('%j selects $%s', async (where, cost) => {
    const ledger = await temporaryLedger(spans)
    expect((await ledger.view('spend', { where })).totals.cost).toBe(cost)
    expect((await ledger.total({ where })).cost).toBe(cost)
  })

  test.each(["feature'; DROP TABLE storage.spans; --", 'a"b', '', 'x'.repeat(65), "$.'x'"])(
    'the dimension %j reaches no SQL',
    async (name) => {
      const ledger = await temporaryLedger(spans)
      const refused = { code: 'ledger_invalid_query' }
      await expect(ledger.view('spend', { by: name })).rejects.toMatchObject(refused)
      await expect(ledger.view('spend', { where: [{ key: name, value: 'x' }] })).rejects.toMatchObject(
        refused,
      )
      expect((await ledger.total()).cost).toBe('15')
    },
  )

  test('a range takes its start and leaves its end', async () => {
    const ledger = await temporaryLedger([
      call({ at: '2026-10-01T00:00:00Z', cost: '1' }),
      call({ at: '2026-10-02T00:00:00Z', cost: '2' }),
    ])
    const range = { since: new Date('2026-10-01T00:00:00Z'), until: new Date('2026-10-02T00:00:00Z') }
    expect((await ledger.total(range)).cost).toBe('1')
  })
})

test('a client whose clock is ahead is counted too', async () => {
  const ledger = await temporaryLedger([call({ at: '2126-01-01T00:00:00Z', cost: '1' })])
  expect((await ledger.view('spend')).totals.cost).toBe('1')
})

test('a range that ends before it starts is refused', async () => {
  const ledger = await temporaryLedger()
  const range = { since: new Date('2026-10-02'), until: new Date('2026-10-01') }
  await expect(ledger.view('spend', range)).rejects.toMatchObject({ code: 'ledger_invalid_query' })
})

describe('the period before', () => {
  test('says when the ledger begins, where it lacks a good part of it', async () => {
    const ledger = await temporaryLedger([call({ at: '2026-10-09T00:00:00Z', cost: '4' })])
    const range = async (since: string): Promise<object> => {
      const until = new Date('2026-10-31T00:00:00Z')
      return (await ledger.view('spend', { since: new Date(since), until, compare: 'previous' })).range
    }
    expect(await range('2026-10-11')).toMatchObject({ first_call: '2026-10-09T00:00:00.000Z' })
    expect(await range('2026-10-19T12:00:00Z')).not.toHaveProperty('first_call')
    expect(await range('2026-10-20')).not.toHaveProperty('first_call')
  })

  test('stands beside each key where there are no calls since', async () => {
    const ledger = await temporaryLedger([
      call({ at: '2026-10-01T12:00:00Z', cost: '4', business: { feature: 'gone' } }),
      call({ at: '2026-10-01T12:00:00Z', cost: '1' }),
    ])
    const october = { since: new Date('2026-10-03'), until: new Date('2026-10-05') }
    const { rows, totals, quality } = await ledger.view('spend', { ...october, compare: 'previous' })
    expect(rows.map(({ key, cost, calls, change }) => [key, cost, calls, change])).toEqual([
      ['gone', '0', 0, '-4'],
      [null, '0', 0, '-1'],
    ])
    expect(totals).toMatchObject({ cost: '0', calls: 0, previous_cost: '5', change: '-5', change_ratio: -1 })
    expect(quality).toEqual({
      untagged: { key: 'feature', calls: 0, cost: '0' },
      unpriced: { calls: 0 },
      estimated: { calls: 0, cost: '0' },
    })
  })

  test('stands beside each key, also one that has gone', async () => {
    const october = (day: number): string => `2026-10-${String(day).padStart(2, '0')}T12:00:00Z`
    const ledger = await temporaryLedger([
      call({ at: october(1), cost: '4', business: { feature: 'a' } }),
      call({ at: october(1), cost: '1', business: { feature: 'gone' } }),
      call({ at: october(1), cost: '7' }),
      call({ at: october(3), cost: '5', business: { feature: 'a' } }),
      call({ at: october(3), cost: '2', business: { feature: 'new' } }),
    ])
    const { rows, totals, range } = await ledger.view('spend', {
      since: new Date('2026-10-03T00:00:00Z'),
      until: new Date('2026-10-05T00:00:00Z'),
      compare: 'previous',
    })
    expect(range.previous_since).toBe('2026-10-01T00:00:00.000Z')
    expect(
      rows.map(({ key, cost, calls, previous_cost, change, change_ratio }) => [
        key,
        cost,
        calls,
        previous_cost,
        change,
        change_ratio,
      ]),
    ).toEqual([
      ['a', '5', 1, '4', '1', 0.25],
      ['new', '2', 1, '0', '2', null],
      ['gone', '0', 0, '1', '-1', -1],
      [null, '0', 0, '7', '-7', -1],
    ])
    expect(totals).toMatchObject({ cost: '7', previous_cost: '12', change: '-5', change_ratio: -0.416667 })
  })

  test('ranks by how much the cost changed, up or down, within the limit too', async () => {
    const ledger = await temporaryLedger([
      call({ at: '2026-10-01T12:00:00Z', cost: '90', business: { feature: 'steady' } }),
      call({ at: '2026-10-01T12:00:00Z', cost: '8', business: { feature: 'gone' } }),
      call({ at: '2026-10-01T12:00:00Z', cost: '1', business: { feature: 'grown' } }),
      call({ at: '2026-10-02T12:00:00Z', cost: '90.5', business: { feature: 'steady' } }),
      call({ at: '2026-10-02T12:00:00Z', cost: '4', business: { feature: 'grown' } }),
      call({ at: '2026-10-02T12:00:00Z', unpriced: 'unknown_model', business: { feature: 'unpriced' } }),
    ])
    const range = { since: new Date('2026-10-02T00:00:00Z'), until: new Date('2026-10-03T00:00:00Z') }
    const query = { ...range, compare: 'previous', rank: 'change' } as const
    const { rows, totals } = await ledger.view('spend', { ...query, limit: 3 })
    expect(rows.map(({ key, change }) => [key, change])).toEqual([
      ['gone', '-8'],
      ['grown', '3'],
      ['steady', '0.5'],
    ])
    expect(totals).toMatchObject({ cost: '94.5', change: '-4.5' })
    expect((await ledger.view('spend', query)).rows.at(-1)).toMatchObject({ key: 'unpriced', change: null })
    await expect(ledger.view('spend', { ...range, rank: 'change' })).rejects.toThrow(
      'rank=change needs compare=previous',
    )
    await expect(ledger.view('trend', query)).rejects.toThrow('trend is not ranked by change')
  })

  test('needs a start', async () => {
    const ledger = await temporaryLedger()
    await expect(ledger.view('spend', { compare: 'previous' })).rejects.toMatchObject({
      code: 'ledger_invalid_query',
    })
  })
})

test('an empty ledger spends nothing', async () => {
  const { rows, totals, range } = await (await temporaryLedger()).view('spend')
  expect({ rows, totals, since: range.since }).toMatchObject({
    rows: [],
    totals: { cost: '0', calls: 0 },
    since: null,
  })
})
