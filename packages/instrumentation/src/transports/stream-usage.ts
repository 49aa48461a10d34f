/**
 * `SPANMETER_STREAM_USAGE=inject`: a stream that would not tell its usage is asked for it, and the chunk that tells it
 * is withheld from the app, which wouldn't expect one without choices.
 * https://platform.openai.com/docs/api-reference/chat/create#chat-create-stream_options
 */

/** @returns the same JSON with usage asked for; `undefined` where that can't be done. */
export function askForUsage(body: string): string | undefined {
  const request: unknown = JSON.parse(body)
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return undefined
  const options = (request as { stream_options?: unknown }).stream_options
  const given = typeof options === 'object' && options !== null ? options : {}
  return JSON.stringify({ ...request, stream_options: { ...given, include_usage: true } })
}

/** @returns a response that is as `response` in all but that chunk. */
export function withholdUsage(response: Response): Response {
  const { body, status, statusText, headers } = response
  if (body === null || !/event-stream/.test(headers.get('content-type') ?? '')) return response
  const withheld = new Response(body.pipeThrough(usageFilter()), { status, statusText, headers })
  for (const name of ['url', 'redirected', 'type'] as const) {
    Object.defineProperty(withheld, name, { value: response[name], configurable: true, enumerable: true })
  }
  return withheld
}

/** Passes whole events on; the last of them may be held until its end has come. */
function usageFilter(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let pending = ''
  const pass = (controller: TransformStreamDefaultController<Uint8Array>, text: string): void => {
    if (text !== '') controller.enqueue(encoder.encode(text))
  }
  return new TransformStream({
    transform(chunk, controller) {
      pending += decoder.decode(chunk, { stream: true })
      const events = pending.split(/(?<=\r?\n\r?\n)/)
      const last = events.at(-1) ?? ''
      pending = /\r?\n\r?\n$/.test(last) ? '' : (events.pop() ?? '')
      pass(controller, events.filter((event) => !tellsUsageAlone(event)).join(''))
    },
    flush(controller) {
      pass(controller, pending + decoder.decode())
    },
  })
}

function tellsUsageAlone(event: string): boolean {
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
