/** What a stand-in API answers: one JSON body, or server-sent events. */
export type Reply =
  | { status: number; headers?: Record<string, string>; json: unknown }
  | { status: 200; events: readonly ServerSentEvent[] }

export interface ServerSentEvent {
  event?: string
  data: unknown
}

export function encodeEvent({ event, data }: ServerSentEvent): string {
  const payload = typeof data === 'string' ? data : JSON.stringify(data)
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${payload}\n\n`
}

/** The words of a streamed answer. */
export const ANSWER_WORDS =
  'Here is what I found in the documents you gave me, in short and with its sources .'.split(' ')

export const ANSWER: string = ANSWER_WORDS.join(' ')
