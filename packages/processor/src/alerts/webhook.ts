import { fetch } from 'undici'
import { describeFailure } from '../exporters/connection-failure.ts'
import { createProxyAgent, mayHaveProxy } from '../exporters/environment-proxy.ts'
import { trustSystemAuthorities } from '../security/system-authorities.ts'
import type { Alert, AlertsConfig } from './types.ts'
import { alertmanagerBody, slackBody } from './webhook-bodies.ts'

const TIMEOUT_MS = 10_000

/** Nobody has been told. The message leaves the address out: who knows a chat's may post to it. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

/** @throws WebhookError where it doesn't take them. */
export async function postAlerts(
  { webhook, external_url: externalUrl = '' }: AlertsConfig,
  alerts: readonly Alert[],
): Promise<void> {
  const { url, format, headers } = webhook
  const body = format === 'slack' ? slackBody(alerts, externalUrl) : alertmanagerBody(alerts, externalUrl)
  if (url.startsWith('https:')) trustSystemAuthorities()
  const proxy = mayHaveProxy(url) ? createProxyAgent() : undefined
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(proxy && { dispatcher: proxy }),
    }).catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause : error
      throw new WebhookError(`the alerts webhook did not answer: ${describeFailure(cause)}`)
    })
    const words = (await response.text()).slice(0, 200)
    if (!response.ok) {
      throw new WebhookError(
        `the alerts webhook answered ${response.status}${words === '' ? '' : `: ${words}`}`,
      )
    }
  } finally {
    await proxy?.destroy()
  }
}
