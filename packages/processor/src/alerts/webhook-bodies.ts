import type { Alert, AlertRule } from './types.ts'

/** https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export function alertmanagerBody(alerts: readonly Alert[], externalUrl: string): object {
  const status = alerts.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved'
  return {
    version: '4',
    groupKey: '{}:{}',
    truncatedAlerts: 0,
    status,
    receiver: 'spanmeter',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: externalUrl,
    alerts: alerts.map((alert) => ({
      status: alert.status,
      labels: { alertname: alert.rule.name, severity: alert.rule.severity, ...alert.labels },
      annotations: annotations(alert),
      startsAt: alert.startsAt.toISOString(),
      endsAt: alert.endsAt?.toISOString() ?? '0001-01-01T00:00:00Z',
      generatorURL: externalUrl,
      fingerprint: fingerprint(alert),
    })),
  }
}

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export function slackBody(alerts: readonly Alert[], externalUrl: string): object {
  const lines = alerts.map((alert) => {
    const { summary, cause, look, contributors } = annotations(alert)
    const head = `${alert.status === 'firing' ? ':rotating_light:' : ':white_check_mark:'} *${alert.rule.name}* ${escapeSlack(summary)}`
    if (alert.status === 'resolved') return head
    const details = [
      `Likely cause: ${cause}`,
      ...(contributors === undefined ? [] : [contributors]),
      `Look at: ${look}`,
    ]
    return [head, ...details.map((detail) => `> ${escapeSlack(detail)}`)].join('\n')
  })
  return { text: [...lines, `<${externalUrl}|Spend page>`].join('\n') }
}

interface Annotations {
  summary: string
  cause: string
  look: string
  contributors?: string
  runbook: string
}

function annotations({ rule, labels, value, contributors }: Alert): Annotations {
  const filledIn = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === 'value' ? formatValue(value, rule.unit) : (labels[name] ?? 'unknown'),
    )
  return {
    summary: filledIn(rule.summary),
    cause: filledIn(rule.cause),
    look: rule.look,
    ...(contributors.length > 0
      ? { contributors: `By ${rule.contributors?.by}: ${contributors.join('; ')}` }
      : {}),
    runbook: `docs/alerts.md#${rule.name.toLowerCase()}`,
  }
}

function formatValue(value: number, unit: AlertRule['unit']): string {
  switch (unit) {
    case 'ratio':
      return `${Number((value * 100).toPrecision(4))}%`
    case 'times':
      return `${value.toFixed(1)} times`
    case 'tokens':
    case 'calls':
      return `${value.toFixed(0)} ${unit}`
    default:
      return `${value.toFixed(2)} ${unit}`
  }
}

/** FNV-1a over name and labels, so that an alert always has the same fingerprint. */
function fingerprint({ rule, labels }: Alert): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of Buffer.from(JSON.stringify([rule.name, Object.entries(labels).sort()]))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
