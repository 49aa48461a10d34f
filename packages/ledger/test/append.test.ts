import { DuckDBInstance } from '@duckdb/node-api'
import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ancestor, call, costOf, hex } from './span.ts'
import { temporaryLedger, temporaryPath } from './temporary-ledger.ts'

const calls = 'SELECT span_id, cost, feature, unpriced FROM calls ORDER BY span_id'

describe('money is counted once', () => {
  test('the same spans again, in one batch or in later ones, change nothing', async () => {
    const spans = [call({ cost: '1.25' }), call({ cost: '0.000000000001' }), call({ cost: '3' })]
    const ledger = await temporaryLedger([...spans, spans[1]!])
    const before = await ledger.sql('SELECT * FROM spans ORDER BY span_id')
    await ledger.append(spans)
    await ledger.append([spans[2]!, spans[2]!])
    expect(await ledger.sql('SELECT * FROM spans ORDER BY span_id')).toEqual(before)
    expect(await ledger.total()).toEqual({ cost: '4.250000000001', calls: 3, unpriced_calls: 0 })
  })

  test('they change nothing either after the ledger was closed and opened again', async () => {
    const path = temporaryPath()
    const spans = [call({ cost: '1' }), call({ cost: '2' })]
    const first = await openLedger({ path })
    await first.append(spans)
    await first.close()
    const second = await openLedger({ path })
    await second.append(spans)
    expect(await second.total()).toEqual({ cost: '3', calls: 2, unpriced_calls: 0 })
    await second.close()
  })

  test('the same span id in another trace is another span', async () => {
    const ledger = await temporaryLedger([
      call({ trace: 1, span: 7, cost: '1' }),
      call({ trace: 2, span: 7, cost: '1' }),
    ])
    expect(await ledger.total()).toEqual({ cost: '2', calls: 2, unpriced_calls: 0 })
  })

  test('a duplicate that knows more fills in what was unknown, and overrules nothing', async () => {
    const ledger = await temporaryLedger([
      call({ trace: 1, span: 1, unpriced: 'unknown_model', business: { zone: 'eu' } }),
      call({ trace: 1, span: 2, cost: '2', business: { feature: 'faq-bot' } }),
    ])
    await ledger.append([
      call({ trace: 1, span: 1, cost: '1', business: { feature: 'faq-bot', zone: 'us', shift: 'night' } }),
      call({ trace: 1, span: 2, cost: '99', business: { feature: 'other' } }),
    ])
    expect((await ledger.sql(calls)).rows).toEqual([
      { span_id: hex(1, 16), cost: '1', feature: 'faq-bot', unpriced: null },
      { span_id: hex(2, 16), cost: '2', feature: 'faq-bot', unpriced: null },
    ])
    expect((await ledger.sql(`SELECT business FROM calls WHERE span_id = '${hex(1, 16)}'`)).rows).toEqual([
      { business: '{"shift":"night","zone":"eu"}' },
    ])
    expect((await ledger.view('traces')).rows[0]).toMatchObject({ cost: '3', calls: 2 })
  })

  test('a batch is written whole or not at all', async () => {
    const ledger = await temporaryLedger([call({ cost: '1' })])
    await expect(
      ledger.append([call({ cost: '2' }), { ...call({ cost: '4' }), spanId: 'not hex' }]),
    ).rejects.toMatchObject({
      code: 'ledger_invalid_span',
    })
    expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
  })

  test('batches that come at the same time are all written', async () => {
    const ledger = await temporaryLedger()
    await Promise.all(
      Array.from({ length: 20 }, () => ledger.append([call({ cost: '0.1' }), call({ cost: '0.2' })])),
    )
    expect(await ledger.total()).toEqual({ cost: '6', calls: 40, unpriced_calls: 0 })
  })
})

describe('wrappers', () => {
  const wrapper = call({ trace: 1, span: 1, cost: '5', milliseconds: 4000 })
  const middle = ancestor({ trace: 1, span: 2, parent: 1, at: '2026-10-01T12:00:01Z' })
  const inner = call({ trace: 1, span: 3, parent: 2, cost: '5', at: '2026-10-01T12:00:02Z' })

  test.each([
    ['together', [[wrapper, middle, inner]]],
    ['child first', [[inner], [middle], [wrapper]]],
    ['parent first', [[wrapper], [middle], [inner]]],
    ['the one between last', [[wrapper], [inner], [middle]]],
  ])('a call with a priced call beneath it is not counted, when they come %s', async (_, batches) => {
    const ledger = await temporaryLedger()
    for (const batch of batches) await ledger.append(batch)
    expect(await ledger.total()).toEqual({ cost: '5', calls: 1, unpriced_calls: 0 })
    expect((await ledger.sql('SELECT span_id, role FROM spans ORDER BY span_id')).rows).toEqual([
      { span_id: hex(1, 16), role: 'wrapper' },
      { span_id: hex(2, 16), role: 'ancestor' },
      { span_id: hex(3, 16), role: 'own' },
    ])
    expect((await ledger.view('traces')).rows).toMatchObject([{ cost: '5', calls: 1 }])
  })

  test('a wrapper that says nothing of a price is not unpriced: the call beneath it has the price', async () => {
    const ledger = await temporaryLedger([
      call({ trace: 1, span: 1, role: 'wrapper' }),
      call({ trace: 1, span: 2, parent: 1, cost: '1' }),
    ])
    const { spans } = (await ledger.trace(hex(1, 32)))!
    expect(spans.map(({ role, unpriced }) => [role, unpriced])).toEqual([
      ['wrapper', null],
      ['own', null],
    ])
  })

  test('an unpriced call above a priced one is a wrapper too; one above an unpriced call is not', async () => {
    const ledger = await temporaryLedger([
      call({ trace: 1, span: 1, unpriced: 'unknown_model' }),
      call({ trace: 1, span: 2, parent: 1, cost: '2' }),
      call({ trace: 2, span: 1, cost: '3' }),
      call({ trace: 2, span: 2, parent: 1, unpriced: 'no_usage' }),
    ])
    expect(await ledger.total()).toEqual({ cost: '5', calls: 3, unpriced_calls: 1 })
  })

  test.each([
    ['above one that has usage as well', { inputTokens: 10 }, { inputTokens: 10 }, 1],
    ['without usage above one that has some', {}, { inputTokens: 10 }, 1],
    ['above one without usage, as both failed', {}, {}, 1],
    ['with usage is one beside what failed beneath it', { inputTokens: 10 }, {}, 2],
  ])('a call without a price %s', async (_, above, beneath, calls) => {
    const ledger = await temporaryLedger()
    await ledger.append([call({ trace: 1, span: 1, unpriced: 'unknown_model', usage: above })])
    await ledger.append([call({ trace: 1, span: 2, parent: 1, unpriced: 'unknown_model', usage: beneath })])
    expect(await ledger.total()).toEqual({ cost: null, calls, unpriced_calls: calls })
  })

  test.each(['execute_tool', 'invoke_agent'])(
    'a call is counted beside those beneath its %s',
    async (operation) => {
      const run = ancestor({ trace: 1, span: 2, parent: 1, operation, at: '2026-10-01T12:00:01Z' })
      for (const batches of [
        [[wrapper, run, inner]],
        [[inner], [run], [wrapper]],
        [[wrapper], [run], [inner]],
      ]) {
        const ledger = await temporaryLedger()
        for (const batch of batches) await ledger.append(batch)
        expect(await ledger.total()).toEqual({ cost: '10', calls: 2, unpriced_calls: 0 })
      }
    },
  )

  test('what is looked up within a call that answers is another call, and one that only another of its kind repeats', async () => {
    const embeddings = { trace: 1, operation: 'embeddings', cost: '2' }
    const spans = [
      { ...wrapper, operation: 'chat' },
      call({ ...embeddings, span: 4, parent: 1 }),
      call({ ...embeddings, span: 5, parent: 4 }),
    ]
    for (const batches of [[spans], spans.map((span) => [span]), spans.map((span) => [span]).toReversed()]) {
      const ledger = await temporaryLedger()
      for (const batch of batches) await ledger.append(batch)
      expect(await ledger.total()).toEqual({ cost: '7', calls: 2, unpriced_calls: 0 })
    }
  })

  test.each([
    ['is another one', 'shop', 2],
    ['is the same one where another service tells of it, whose clock may differ', 'gateway', 1],
  ])('a call that began when the one above it had ended %s', async (_, serviceName, calls) => {
    const above = call({ trace: 1, span: 1, cost: '5', serviceName: 'shop' })
    const next = call({ trace: 1, span: 2, parent: 1, cost: '5', at: '2026-10-01T12:00:01Z', serviceName })
    for (const batches of [[[above, next]], [[above], [next]], [[next], [above]]]) {
      const ledger = await temporaryLedger()
      for (const batch of batches) await ledger.append(batch)
      expect(await ledger.total()).toMatchObject({ calls })
    }
  })

  test('what a gateway tells of was for whom its caller says, in whatever order they come', async () => {
    const business = { feature: 'faq', workflow: 'support', region: 'north' }
    const client = call({ trace: 1, span: 1, cost: '5', serviceName: 'shop', business })
    const proxied = { trace: 1, span: 2, parent: 1, cost: '5', serviceName: 'gateway' }
    const gateway = call({ ...proxied, business: { team: 'platform', region: 'south' } })
    const again = [
      { ...client, spanId: hex(3, 16), business: { ...business, feature: 'other' } },
      { ...gateway, spanId: hex(4, 16), parentSpanId: hex(3, 16) },
    ]
    for (const batches of [[[client, gateway]], [[client], [gateway]], [[gateway], [client], [client]]]) {
      const ledger = await temporaryLedger()
      for (const batch of batches) await ledger.append(batch)
      const { rows } = await ledger.sql('SELECT span_id, feature, workflow, team, business FROM calls')
      expect(rows).toEqual([
        {
          span_id: hex(2, 16),
          feature: 'faq',
          workflow: 'support',
          team: 'platform',
          business: '{"region":"south"}',
        },
      ])
      await ledger.append(again)
      const { rows: workflows } = await ledger.view('workflows', {})
      expect(workflows).toMatchObject([{ key: 'support', cost: '10', runs: 1 }])
    }
  })

  test("what an SDK tells of beneath a framework's span of the same call was for whom the framework says", async () => {
    const business = { tenant: 'acme', region: 'north' }
    const framework = call({
      trace: 1,
      span: 1,
      cost: '5',
      business,
      conversationId: 'c1',
      agentName: 'helper',
    })
    const sdk = call({ trace: 1, span: 2, parent: 1, cost: '5' })
    for (const batches of [[[framework, sdk]], [[framework], [sdk]], [[sdk], [framework]]]) {
      const ledger = await temporaryLedger()
      for (const batch of batches) await ledger.append(batch)
      const { rows } = await ledger.sql('SELECT span_id, tenant, conversation, agent, business FROM calls')
      expect(rows).toEqual([
        {
          span_id: hex(2, 16),
          tenant: 'acme',
          conversation: 'c1',
          agent: 'helper',
          business: '{"region":"north"}',
        },
      ])
    }
  })

  test('a cycle of parents, and a span that is its own parent, end', async () => {
    const ledger = await temporaryLedger([
      call({ trace: 1, span: 1, parent: 2, unpriced: 'no_usage' }),
      call({ trace: 1, span: 2, parent: 1, unpriced: 'no_usage' }),
      call({ trace: 2, span: 1, parent: 1, cost: '1' }),
    ])
    expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
  })
})

describe('inclusive cost', () => {
  const spans = [
    ancestor({ trace: 1, span: 1, at: '2026-10-01T12:00:00Z' }),
    ancestor({ trace: 1, span: 2, parent: 1, at: '2026-10-01T12:00:01Z' }),
    call({ trace: 1, span: 3, parent: 2, cost: '0.1', at: '2026-10-01T12:00:02Z', conversationId: 'c1' }),
    call({ trace: 1, span: 4, parent: 2, cost: '0.2', at: '2026-10-01T12:00:03Z' }),
    call({ trace: 1, span: 5, parent: 1, cost: '0.4', at: '2026-10-01T12:00:04Z', conversationId: 'c1' }),
    call({ trace: 1, span: 6, parent: 1, unpriced: 'unknown_model', at: '2026-10-01T12:00:05Z' }),
  ]

  test('stands on every span of a trace, whatever the order they came in', async () => {
    const ledger = await temporaryLedger()
    for (const span of spans.toReversed()) await ledger.append([span])
    const trace = await ledger.trace(hex(1, 32))
    expect({
      ...trace,
      spans: trace!.spans.map(({ span_id, depth, cost, inclusive_cost }) => [
        span_id,
        depth,
        cost,
        inclusive_cost,
      ]),
    }).toEqual({
      cost: '0.7',
      calls: 4,
      spans: [
        [hex(1, 16), 0, null, '0.7'],
        [hex(2, 16), 1, null, '0.3'],
        [hex(3, 16), 2, '0.1', '0.1'],
        [hex(4, 16), 2, '0.2', '0.2'],
        [hex(5, 16), 1, '0.4', '0.4'],
        [hex(6, 16), 1, null, null],
      ],
    })
  })

  test('of a conversation has what is called beneath its spans, each call once', async () => {
    const ledger = await temporaryLedger([
      ...spans,
      ancestor({ trace: 2, span: 1, conversationId: 'c1' }),
      call({ trace: 2, span: 2, parent: 1, cost: '1' }),
      call({ trace: 2, span: 3, parent: 1, cost: '2', conversationId: 'c1' }),
    ])
    expect((await ledger.sql(`SELECT * FROM conversation_cost('c1')`)).rows).toEqual([
      { inclusive_cost: '3.5', inclusive_calls: 4 },
    ])
  })

  test('a trace that is not there is undefined; what is no trace id is refused', async () => {
    const ledger = await temporaryLedger(spans)
    expect(await ledger.trace(hex(9, 32))).toBeUndefined()
    await expect(ledger.trace("x' OR true --")).rejects.toMatchObject({ code: 'ledger_invalid_query' })
  })
})

describe('what a span says', () => {
  test('is kept: unknown stays unknown, and zero zero', async () => {
    const ledger = await temporaryLedger([
      call({ span: 1, cost: costOf('0'), usage: { inputTokens: 0 } }),
      call({ span: 2, unpriced: 'no_usage' }),
    ])
    expect(
      (
        await ledger.sql(
          'SELECT span_id, cost, input_tokens, output_tokens, unpriced FROM calls ORDER BY span_id',
        )
      ).rows,
    ).toEqual([
      { span_id: hex(1, 16), cost: '0', input_tokens: 0, output_tokens: null, unpriced: null },
      { span_id: hex(2, 16), cost: null, input_tokens: null, output_tokens: null, unpriced: 'no_usage' },
    ])
  })

  test('an amount beyond what the column holds makes the call unpriced, not wrong', async () => {
    const ledger = await temporaryLedger([call({ cost: '1000000' }), call({ cost: '999999.999999999999' })])
    expect(await ledger.total()).toEqual({ cost: '999999.999999999999', calls: 2, unpriced_calls: 1 })
    expect((await ledger.sql('SELECT unpriced FROM calls WHERE cost IS NULL')).rows).toEqual([
      { unpriced: 'amount_out_of_range' },
    ])
  })

  test('a number of tokens beyond what is exact is unknown, and keeps no other span out', async () => {
    const ledger = await temporaryLedger([
      { ...call({}), usage: { inputTokens: 1e300, outputTokens: Number.NaN } },
      { ...call({}), usage: { inputTokens: 2 ** 53 - 1, outputTokens: 0 } },
    ])
    expect((await ledger.sql('SELECT input_tokens, output_tokens FROM calls ORDER BY 1')).rows).toEqual([
      { input_tokens: 2 ** 53 - 1, output_tokens: 0 },
      { input_tokens: null, output_tokens: null },
    ])
  })
})

test('copies of a span that start years apart, in a cycle of parents, end soon', {
  timeout: 15_000,
}, async () => {
  const ledger = await temporaryLedger()
  const cycle = (year: number) => [
    call({ trace: 7, span: 1, parent: 2, at: `${year}-01-01T00:00:00Z`, cost: '1' }),
    call({ trace: 7, span: 2, parent: 1, at: `${year}-01-01T00:00:01Z`, cost: '1' }),
  ]
  for (let year = 2000; year < 2006; year++) await ledger.append(cycle(year))
  // Beneath a span that starts the trace, so that it is seen in its tree.
  await ledger.append([call({ trace: 7, span: 4, at: '1999-01-01T00:00:00Z', cost: '1' })])
  await ledger.append([
    ...cycle(2006),
    ...[2007, 2010].map((year) =>
      call({ trace: 7, span: 5, parent: 4, at: `${year}-01-01T00:00:00Z`, cost: '1' }),
    ),
    ...[2008, 2012].map((year) =>
      call({ trace: 7, span: 6, parent: 5, at: `${year}-01-01T00:00:00Z`, cost: '1' }),
    ),
    call({ trace: 7, span: 3, parent: 1, at: '1999-01-01T00:00:00Z', cost: '1' }),
  ])
  const trace = await ledger.trace(hex(7, 32))
  expect(trace?.spans.map((span) => span.span_id)).toEqual([4, 5, 6].map((id) => hex(id, 16)))
})

test('twenty thousand copies of a span, a day apart each, are no more work than so many spans', {
  timeout: 20_000,
}, async () => {
  const stored = call({ trace: 7, span: 1, parent: 2, at: '1970-01-02T00:00:00Z', cost: '1' })
  const ledger = await ledgerOfCopies(stored, 20_000, 'started + to_days(number) AS started')
  const above = call({ trace: 7, span: 2, at: '1970-01-01T00:00:00Z', cost: '0' })
  await ledger.append([above, call({ trace: 7, span: 3, parent: 2, at: '2024-01-01T00:00:00Z', cost: '1' })])
  // A span with a call beneath it is a wrapper.
  expect(await ledger.total()).toEqual({ cost: '20001', calls: 20_001, unpriced_calls: 0 })
})

test('a trace of more than fifty thousand spans is not settled again, and what comes after stands beside it', async () => {
  const stored = call({ trace: 7, span: 1, at: '2026-10-01T00:00:00Z', cost: '1' })
  const ledger = await ledgerOfCopies(
    stored,
    50_001,
    'span_id + number AS span_id, started + to_seconds(number) AS started',
  )
  await ledger.append([stored, call({ trace: 7, span: 100_000, at: '2026-10-01T14:00:00Z', cost: '0.5' })])
  expect(await ledger.total()).toEqual({ cost: '50001.5', calls: 50_002, unpriced_calls: 0 })
  const { rows } = await ledger.view('traces', {})
  expect(rows.map(({ trace_id, cost, calls }) => ({ trace_id, cost, calls }))).toEqual([
    { trace_id: hex(7, 32), cost: '1', calls: 1 },
    { trace_id: hex(7, 32), cost: '0.5', calls: 1 },
  ])
})

/** A ledger with a span and copies of it, each changed by its `number` from 1: faster than as many batches. */
async function ledgerOfCopies(span: LedgerSpan, spans: number, change: string): Promise<Ledger> {
  const path = temporaryPath()
  const ledger = await openLedger({ path })
  await ledger.append([span])
  await ledger.close()
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(
    `INSERT INTO storage.calls SELECT calls.* REPLACE (${change}, 0 AS trace_calls)
    FROM storage.calls, (SELECT range::INTEGER AS number FROM range(1, ${spans}))`,
  )
  connection.closeSync()
  instance.closeSync()
  const again = await openLedger({ path })
  onTestFinished(() => again.close())
  return again
}
