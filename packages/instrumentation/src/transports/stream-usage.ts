import { Buffer } from 'node:buffer'
import type { Attempt } from '../call/attempt.ts'
import type { MeteringConfiguration } from '../configuration.ts'
import type { Recognised } from '../recognition.ts'
import { safely } from '../safely.ts'

/** Providers that always state the usage, and reject an option they don't know. */
const ALWAYS_STATED: ReadonlySet<string> = new Set(['mistral_ai', 'perplexity'])

/**
 * `SPANMETER_STREAM_USAGE=inject`: requests the usage of a stream where the app doesn't, and withholds the chunk that
 * states it, as the app expects none without choices.
 * https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options
 */
export function mayInject({ streamUsage }: MeteringConfiguration, { provider }: Recognised): boolean {
  return streamUsage === 'inject' && !ALWAYS_STATED.has(provider)
}

/** @returns the same JSON with the usage requested; `undefined` where that can't be done, or isn't wanted. */
export function withUsageRequested(
  configuration: MeteringConfiguration,
  attempt: Attempt,
  body: string | Uint8Array | undefined,
): string | undefined {
  if (body === undefined || !mayInject(configuration, attempt.start.recognised)) return undefined
  if (attempt.call?.request.streamUsageRequested !== false) return undefined
  return safely('stream usage', () => {
    const request: unknown = JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString())
    if (typeof request !== 'object' || request === null || Array.isArray(request)) return undefined
    const options = (request as { stream_options?: unknown }).stream_options
    const given = typeof options === 'object' && options !== null ? options : {}
    return JSON.stringify({ ...request, stream_options: { ...given, include_usage: true } })
  })
}

/** @returns the same response without the chunk that states the usage. */
export function withholdUsage(response: Response): Response {
  const { body, status, statusText, headers } = response
  if (body === null || !isEventStream(headers.get('content-type'))) return response
  const filter = new UsageFilter()
  const filtered = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => enqueue(controller, filter.pass(chunk)),
      flush: (controller) => enqueue(controller, filter.end()),
    }),
  )
  const withheld = new Response(filtered, { status, statusText, headers })
  for (const name of ['url', 'redirected', 'type'] as const) {
    Object.defineProperty(withheld, name, { value: response[name], configurable: true, enumerable: true })
  }
  return withheld
}

function enqueue(controller: TransformStreamDefaultController<Uint8Array>, bytes: Buffer): void {
  if (bytes.length > 0) controller.enqueue(bytes)
}

export function isEventStream(contentType: string | null | undefined): boolean {
  return contentType?.includes('event-stream') === true
}

/** Passes on whole events, except the one with the usage. The last event is held until its end has come. */
export class UsageFilter {
  readonly #decoder = new TextDecoder()
  readonly #onWithheld: ((event: Buffer) => void) | undefined
  #pending = ''

  constructor(onWithheld?: (event: Buffer) => void) {
    this.#onWithheld = onWithheld
  }

  /** @returns what can be passed on now, possibly nothing. */
  pass(chunk: Uint8Array): Buffer {
    this.#pending += this.#decoder.decode(chunk, { stream: true })
    const events = this.#pending.split(/(?<=\r?\n\r?\n)/)
    const last = events.at(-1) ?? ''
    this.#pending = /\r?\n\r?\n$/.test(last) ? '' : (events.pop() ?? '')
    return Buffer.from(events.filter((event) => !this.#withholds(event)).join(''))
  }

  /** @returns what is left. */
  end(): Buffer {
    const left = this.#pending + this.#decoder.decode()
    this.#pending = ''
    return Buffer.from(left)
  }

  #withholds(event: string): boolean {
    if (!statesOnlyUsage(event)) return false
    this.#onWithheld?.(Buffer.from(event))
    return true
  }
}

function statesOnlyUsage(event: string): boolean {
  if (!event.includes('"usage"') || !/"choices"\s*:\s*\[\s*\]/.test(event)) return false
  try {
    const { choices, usage } = JSON.parse(event.replace(/^data: ?/, '')) as {
      choices?: unknown[]
      usage?: unknown
    }
    return choices?.length === 0 && typeof usage === 'object' && usage !== null
  } catch {
    return false
  }
}
