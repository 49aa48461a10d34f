import { expect, test } from 'vitest'
import type { Alert, AlertRule } from './types.ts'
import { alertmanagerBody, slackBody } from './webhook-bodies.ts'

const rule: AlertRule = {
  name: 'SpanmeterTest',
  severity: 'ticket',
  for: '0m',
  summary: '{feature} & {team} at {value}.',
  cause: 'a < b, {feature} > c',
  look: 'Dashboard',
  unit: 'ratio',
  contributors: { by: 'tenant', of: 'cost' },
  prometheus: '',
}
const firing: Alert = {
  rule,
  labels: { feature: 'faq', environment: 'dev' },
  value: 1 / 3,
  status: 'firing',
  startsAt: new Date('2026-10-20T12:00:00Z'),
  contributors: ['acme 5.00 USD/h', 'globex 1.00 USD/h'],
}
const resolved: Alert = {
  ...firing,
  labels: { feature: 'shop', team: 'red', environment: 'dev' },
  status: 'resolved',
  endsAt: new Date('2026-10-20T13:00:00Z'),
  contributors: [],
}

test('a chat is told why an alert fires, and of one that is over only that', () => {
  expect(slackBody([firing, resolved], 'http://spanmeter')).toEqual({
    text: [
      ':rotating_light: *SpanmeterTest* faq &amp; unknown at 33.33%.',
      '> Likely cause: a &lt; b, faq &gt; c',
      '> By tenant: acme 5.00 USD/h; globex 1.00 USD/h',
      '> Look at: Dashboard',
      ':white_check_mark: *SpanmeterTest* shop &amp; red at 33.33%.',
      '<http://spanmeter|Spend page>',
    ].join('\n'),
  })
})

test('Alertmanager is told when alerts began and ended, each under a fingerprint of its own', () => {
  const bodyOf = (...alerts: Alert[]) =>
    alertmanagerBody(alerts, 'http://spanmeter') as { status: string; alerts: Record<string, unknown>[] }
  const both = bodyOf(resolved, firing)
  expect(both).toMatchObject({ version: '4', status: 'firing', truncatedAlerts: 0 })
  expect(bodyOf(resolved).status).toBe('resolved')
  expect(both.alerts.map(({ status, startsAt, endsAt }) => [status, startsAt, endsAt])).toEqual([
    ['resolved', '2026-10-20T12:00:00.000Z', '2026-10-20T13:00:00.000Z'],
    ['firing', '2026-10-20T12:00:00.000Z', '0001-01-01T00:00:00Z'],
  ])
  const again = { ...firing, labels: { environment: 'dev', feature: 'faq' }, value: 2, contributors: [] }
  const prints = bodyOf(firing, again, resolved).alerts.map(({ fingerprint }) => fingerprint)
  expect(prints[1]).toBe(prints[0])
  expect(prints[2]).not.toBe(prints[0])
})

test.each([
  ['ratio', 1.5, '150%'],
  ['ratio', 0.123456, '12.35%'],
  ['times', 14.44, '14.4 times'],
  ['tokens', 2000.4, '2000 tokens'],
  ['calls', 3, '3 calls'],
  ['USD/h', 6.754, '6.75 USD/h'],
] as const)('a value of the unit %s, %d, is told as %s', (unit, value, told) => {
  const body = slackBody([{ ...resolved, rule: { ...rule, unit, summary: '{value}' }, value }], '')
  expect(body).toMatchObject({ text: expect.stringContaining(` ${told}\n`) })
})
