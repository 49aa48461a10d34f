import { reasonOf } from '../network/connection-failure.ts'
import { createProxyAgent, mayHaveProxy } from '../network/environment-proxy.ts'
import { undici } from '../network/undici.ts'
import { trustSystemAuthorities } from '../security/system-authorities.ts'
import { withCredentials, withoutCredentials } from '../security/url-credentials.ts'
import type { Alert, AlertsConfig } from './types.ts'
import { alertmanagerBody, slackBody } from './webhook-bodies.ts'

const TIMEOUT_MS = 10_000

/** Alerts could not be posted. The message leaves out its address, as anyone who knows that of a chat can post to it. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

type Webhook = AlertsConfig['webhook']

/** Posts alerts to the webhook. @throws WebhookError if it doesn't accept them, or `cut` aborts before it has. */
export async function postAlerts(
  { webhook, external_url: externalUrl = '' }: AlertsConfig,
  alerts: readonly Alert[],
  cut: AbortSignal,
): Promise<void> {
  const isSlack = webhook.format === 'slack'
  const body = isSlack ? slackBody(alerts, externalUrl) : alertmanagerBody(alerts, externalUrl)
  try {
    await post(webhook, body, cut)
  } catch (thrown) {
    if (thrown instanceof WebhookError) throw thrown
    const { cause } = thrown as Error
    const reason = reasonOf(cause instanceof Error ? cause : (thrown as Error))
    throw new WebhookError(`the alerts webhook did not answer: ${reason}`)
  }
}

async function post({ url, headers = {} }: Webhook, body: object, cut: AbortSignal): Promise<void> {
  if (url.startsWith('https:')) trustSystemAuthorities()
  const proxy = mayHaveProxy(url) ? createProxyAgent() : undefined
  try {
    const response = await undici().fetch(withoutCredentials(url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withCredentials(new URL(url), headers) },
      body: JSON.stringify(body),
      signal: AbortSignal.any([cut, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(proxy && { dispatcher: proxy }),
    })
    if (!response.ok) throw refusal(response.status, await response.text())
    await response.body?.cancel()
  } finally {
    await proxy?.destroy()
  }
}

function refusal(status: number, words: string): WebhookError {
  const said = words === '' ? '' : `: ${words.slice(0, 200)}`
  return new WebhookError(`the alerts webhook answered ${status}${said}`)
}
