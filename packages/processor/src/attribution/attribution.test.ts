import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPriceBook } from '@spanmeter/pricing'
import { afterAll, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { requestOf, spanAttributes, type TestSpan } from '../../test/support/otlp-messages.ts'
import { matchesGlob } from '../glob.ts'
import { createProcessTraces } from '../process-traces.ts'
import { createAllocate } from './allocate.ts'
import { checkSpans } from './check-spans.ts'
import { parseCsv } from './csv.ts'
import { type AttributionConfig, loadAttribution } from './load-attribution.ts'
import type { Violation } from './types.ts'

const directory = temporaryDirectory(afterAll)
const priceBook = loadPriceBook()

const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 10,
}

function business(
  config: AttributionConfig,
  attributes: Readonly<Record<string, unknown>>,
  { resource = {}, tenant, ...span }: TestSpan & { resource?: Record<string, unknown>; tenant?: string } = {},
): Record<string, unknown> {
  const allocate = createAllocate(loadAttribution(config, directory))
  const body = requestOf(
    [{ ...span, attributes: { ...call, ...attributes } }],
    resource as Record<string, unknown>,
  )
  const { bytes } = createProcessTraces({ priceBook, allocate })(
    body,
    'protobuf',
    tenant === undefined ? {} : { tenant },
  )
  const [result] = spanAttributes(bytes)
  return Object.fromEntries(Object.entries(result!).filter(([name]) => name.startsWith('business.')))
}

function file(name: string, content: string): string {
  writeFileSync(join(directory, name), content)
  return name
}

describe('attribution', () => {
  test('takes keys from the span, copied baggage, other metadata and the resource, the nearest first', () => {
    expect(
      business(
        {},
        {
          'business.feature': 'faq',
          'baggage.tenant': 'acme',
          'traceloop.association.properties.team': 'search',
          user: 17,
          tenant: 'not this one',
        },
        { resource: { team: 'platform', environment: 'staging', 'business.workflow': 'support' } },
      ),
    ).toEqual({
      'business.feature': 'faq',
      'business.tenant': 'acme',
      'business.team': 'search',
      'business.user': '17',
      'business.workflow': 'support',
      'business.environment': 'staging',
    })
  })

  test('takes the id of who a key names, where nothing names them', () => {
    expect(business({}, { 'user.id': 'ada', 'team.id': 'search', 'workflow.id': 'run-17' })).toEqual({
      'business.user': 'ada',
      'business.team': 'search',
    })
    expect(
      business(
        {},
        {
          'traceloop.association.properties.user_id': 'ada',
          'ai.telemetry.metadata.tenantId': '17',
          'ai.telemetry.metadata.tenant': 'acme',
        },
      ),
    ).toEqual({ 'business.user': 'ada', 'business.tenant': 'acme' })
    expect(business({}, { 'enduser.id': 'ada' })).toEqual({ 'business.user': 'ada' })
    expect(
      business(
        {},
        {
          'lmnr.association.properties.user_id': 'ada',
          'lmnr.association.properties.metadata.tenant': 'acme',
        },
      ),
    ).toEqual({ 'business.user': 'ada', 'business.tenant': 'acme' })
  })

  test('takes the team and the user that LiteLLM states, and whom a call was for before whose the key is', () => {
    const version1 = {
      'metadata.user_api_key_team_alias': '',
      'metadata.user_api_key_team_id': 'team-7',
      'metadata.user_api_key_end_user_id': 'ada',
      'metadata.user_api_key_user_id': 'bob',
    }
    const version2 = {
      'litellm.team.alias': 'search',
      'litellm.team.id': 'team-7',
      'litellm.metadata.user_api_key_user_id': 'bob',
    }
    expect(business({}, version1)).toEqual({ 'business.team': 'team-7', 'business.user': 'ada' })
    expect(business({}, version2)).toEqual({ 'business.team': 'search', 'business.user': 'bob' })
    expect(business({}, { 'llm.user': 'ada' })).toEqual({ 'business.user': 'ada' })
  })

  test('takes text that is written as JSON without its quotes', () => {
    const quoted = { 'langfuse.trace.metadata.tenant': '"acme \\"inc\\""', team: '"', feature: '""' }
    expect(business({}, quoted)).toEqual({ 'business.tenant': 'acme "inc"', 'business.team': '"' })
  })

  test('lets the first rule that fits decide a key, and never overrules the span', () => {
    const rules = [
      { when: { 'http.route': '/v1/faq/*' }, set: { feature: 'faq-bot', team: 'support' } },
      {
        when: { 'service.name': ['billing', 'shop-*'], 'span.name': 'chat*' },
        set: { feature: 'shop', team: 'shop' },
      },
      { when: { route: '*' }, set: { workflow: 'web' } },
    ]
    const resource = { 'service.name': 'shop-eu' }
    expect(business({ rules }, { 'http.route': '/v1/faq/7' }, { name: 'chat gpt', resource })).toEqual({
      'business.feature': 'faq-bot',
      'business.team': 'support',
      'business.workflow': 'web',
    })
    expect(business({ rules }, { 'business.team': 'mine' }, { name: 'chat gpt', resource })).toEqual({
      'business.feature': 'shop',
      'business.team': 'mine',
    })
    expect(business({ rules }, {}, { name: 'other', resource })).toEqual({})
  })

  test('joins look-ups by key, one feeding the next, and fills in defaults last', () => {
    const lookups = [
      {
        file: file('tenants.csv', 'tenant,team,plan\nacme,"sales, emea",gold\nglobex,search,\n'),
        on: 'tenant',
      },
      {
        file: file('teams.yaml', '"sales, emea": { owner: ada, cost_center: 7 }\nsearch: { owner: bob }\n'),
        on: 'team',
      },
    ]
    expect(business({ lookups, defaults: { plan: 'free' } }, { 'business.tenant': 'acme' })).toEqual({
      'business.tenant': 'acme',
      'business.team': 'sales, emea',
      'business.plan': 'gold',
      'business.owner': 'ada',
      'business.cost_center': '7',
    })
    expect(business({ lookups, defaults: { plan: 'free' } }, { 'business.tenant': 'globex' })).toMatchObject({
      'business.plan': 'free',
      'business.owner': 'bob',
    })
  })

  test('takes the environment to which a tenant belongs for no statement of where a call was made', () => {
    const lookups = [
      { file: file('belongs.csv', 'tenant,environment,plan\nacme,production,gold\n'), on: 'tenant' },
    ]
    expect(business({ lookups }, { 'business.tenant': 'acme' })).toEqual({
      'business.tenant': 'acme',
      'business.plan': 'gold',
    })
  })

  test('forces the tenant of a token on every span, whatever it says itself', () => {
    const body = requestOf([
      { id: 2, parent: 1, attributes: { ...call, 'business.tenant': 'somebody else' } },
      { id: 1, attributes: { 'business.tenant': 'somebody else', 'http.route': '/' } },
    ])
    const { bytes, calls } = createProcessTraces({ priceBook })(body, 'protobuf', { tenant: 'acme' })
    expect(spanAttributes(bytes).map((span) => span['business.tenant'])).toEqual(['acme', 'acme'])
    expect(Buffer.from(bytes).includes('somebody else')).toBe(false)
    expect(calls[0]!.business).toEqual({ tenant: 'acme' })
  })

  test('counts what breaks the tag contract, and production tenants used elsewhere', () => {
    const violations: Violation[] = []
    const options = loadAttribution(
      {
        contract: {
          required: ['feature', 'team', 'environment'],
          allowed: { feature: ['faq'], region: ['eu', 'us'], plan: ['gold'] },
        },
        lookups: [
          { file: file('owners.json', '[{"tenant":"acme","environment":"production"}]'), on: 'tenant' },
        ],
      },
      directory,
    )
    const keeps = { 'business.feature': 'faq', 'business.team': 'search' }
    const breaks = { 'business.feature': 'fun', 'business.tenant': 'acme', 'business.region': 'us' }
    const body = requestOf(
      [
        { id: 1, attributes: { ...call, ...breaks } },
        { id: 2, attributes: { ...call, ...keeps } },
      ],
      { 'deployment.environment.name': 'dev', 'service.name': 'shop' },
    )
    const process = createProcessTraces({
      priceBook,
      allocate: createAllocate(options),
      onViolations: (found) => violations.push(...found),
    })
    process(body, 'protobuf')
    const expected = [
      { key: 'team', kind: 'missing' },
      { key: 'feature', kind: 'not_allowed', value: 'fun' },
      { key: 'tenant', kind: 'environment_leak', value: 'acme' },
    ]
    expect(violations).toEqual(expected)
    expect(checkSpans(body, 'protobuf', options)).toEqual([
      {
        traceId: '01'.repeat(16),
        spanId: '0000000000000001',
        spanName: 'span',
        serviceName: 'shop',
        violations: expected,
      },
    ])
  })

  test.each([
    [{}, 'dev', ['acme']],
    [{}, 'production', []],
    [{}, 'prod', []],
    [{}, undefined, []],
    [{ production_environments: ['live'] }, 'production', ['initech']],
    [{ production_environments: ['live'] }, 'live', []],
  ])('with %j, calls from %s leak what belongs to production: %j', (config, environment, leaked) => {
    const rows = 'tenant,environment\nacme,prod\nglobex,staging\ninitech,live\numbrella,\n'
    const lookups = [{ file: file('belongings.csv', rows), on: 'tenant' }]
    const tenants = ['acme', 'globex', 'initech', 'umbrella', 'unlisted', '']
    const body = requestOf(
      tenants.map((tenant, index) => ({ id: index + 1, attributes: { ...call, 'business.tenant': tenant } })),
      environment === undefined ? {} : { 'deployment.environment': environment },
    )
    const problems = checkSpans(body, 'protobuf', loadAttribution({ ...config, lookups }, directory))
    expect(problems.flatMap(({ violations }) => violations)).toEqual(
      leaked.map((value) => ({ key: 'tenant', kind: 'environment_leak', value })),
    )
  })

  test('takes CSV as spreadsheets write it: a mark of its encoding, capitals in its name, columns without one', () => {
    const lookups = [
      { file: file('Tenants.CSV', '\ufeff"tenant",team,,\nacme,search,,see below\n'), on: 'tenant' },
    ]
    expect(business({ lookups }, { 'business.tenant': 'acme' })).toEqual({
      'business.tenant': 'acme',
      'business.team': 'search',
    })
  })

  test.each([
    ['a record without the key', 'bad1.csv', 'tenant,team\n,x\n', 'record 1 has no "tenant"'],
    ['another separator', 'bad5.csv', 'tenant;team\na;x\n', 'has no column "tenant"'],
    [
      'a line that is cut',
      'bad6.csv',
      'tenant,team\na,x\nb',
      'record 2 has 1 fields; the header has 2 columns',
    ],
    ['a column that is there twice', 'bad7.csv', 'tenant,team,team\na,x,y\n', 'has two columns "team"'],
    ['a key that is there twice', 'bad2.csv', 'tenant,team\na,x\na,y\n', '"a" is there twice'],
    ['a record that lacks the key', 'bad8.yaml', '- team: x\n', 'record 1 has no "tenant"'],
    ['a list in a list', 'bad9.yaml', '- [acme]\n', 'must be a list of records'],
    ['a scalar', 'bad3.yaml', '17\n', 'must be a list of records'],
    [
      'a quote that never closes',
      'bad4.csv',
      'tenant,team\n"a,x\n',
      'line 2: a stray quote, or one that is never closed',
    ],
  ])('refuses a look-up file with %s', (_title, name, content, message) => {
    const lookups = [{ file: file(name, content), on: 'tenant' }]
    expect(() => loadAttribution({ lookups }, directory)).toThrow(message)
  })
})

test('a rule may ask for the first of listed messages, and is refused where it asks for another', () => {
  const rules = (name: string) => [{ when: { [name]: '*refund*' }, set: { feature: 'refunds' } }]
  expect(
    business({ rules: rules('gen_ai.prompt.0.content') }, { 'gen_ai.prompt.0.content': 'a refund, please' }),
  ).toEqual({ 'business.feature': 'refunds' })
  expect(() => loadAttribution({ rules: rules('gen_ai.prompt.3.content') }, directory)).toThrow(
    `a rule can't use "gen_ai.prompt.3.content": of attributes for each message, tool or document, only those of the first`,
  )
})

test('globs match with * and ?, and take no time on patterns made to be slow', () => {
  expect(matchesGlob('/v1/*/items', '/v1/a/b/items')).toBe(true)
  expect(matchesGlob('gpt-?', 'gpt-4')).toBe(true)
  expect(matchesGlob('gpt-?', 'gpt-41')).toBe(false)
  expect(matchesGlob('*'.repeat(50), 'x')).toBe(true)
  expect(matchesGlob(`${'a*'.repeat(30)}b`, 'a'.repeat(3000))).toBe(false)
})

test('CSV keeps quoted commas, quotes and line breaks', () => {
  expect(parseCsv('\ufeffa,b\r\n"x, ""y""\nz", 2 \n\n,\n')).toEqual([
    ['a', 'b'],
    ['x, "y"\nz', '2'],
    ['', ''],
  ])
})

test('CSV keeps a last field that is empty, also where no line break follows it', () => {
  const rows = [
    ['tenant', 'team', 'plan'],
    ['acme', 'growth', ''],
  ]
  for (const end of ['', '\n', '\r\n']) expect(parseCsv(`tenant,team,plan\nacme,growth,${end}`)).toEqual(rows)
  expect(parseCsv('')).toEqual([])
})
