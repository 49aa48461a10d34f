import { describe, expect, test } from 'vitest'
import {
  areThere,
  type Exchange,
  readExchanges,
  requestBytes,
  responseBytes,
  wholeBody,
} from './exchanges.ts'
import { faultsOf, read } from './judgement.ts'

type Rewrite = (text: string) => string

/** Numbers that JavaScript would print otherwise: such texts are left as they are. */
const INEXACT = /\d{16}/

const DATA = /^data: ?(.*)$/

/** Rewrites every JSON text of a body: the body itself, a line of it, or the data of a server-sent event. */
function eachDocument(rewrite: (document: unknown) => string): Rewrite {
  const rewritten = (text: string): string | undefined => {
    try {
      return INEXACT.test(text) ? undefined : rewrite(JSON.parse(text))
    } catch {
      return undefined
    }
  }
  const rewriteLine = (line: string): string => {
    const data = DATA.exec(line)?.[1]
    if (data === undefined) return rewritten(line) ?? line
    return `data: ${rewritten(data)?.replaceAll('\n', ' ') ?? data}`
  }
  return (text) => rewritten(text) ?? text.split('\n').map(rewriteLine).join('\n')
}

/** Rewrites the framing of server-sent events, and leaves other bodies alone. */
function eachEvent(rewrite: Rewrite): Rewrite {
  return (text) => (/^(data|event|id|:)/.test(text) ? rewrite(text) : text)
}

function withObjects(
  value: unknown,
  rewrite: (members: [string, unknown][]) => [string, unknown][],
): unknown {
  if (Array.isArray(value)) return value.map((item) => withObjects(item, rewrite))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    withObjects(member, rewrite),
  ])
  return Object.fromEntries(rewrite(members))
}

const rewrites: Record<string, Rewrite> = {
  'members in the opposite order': eachDocument((document) =>
    JSON.stringify(withObjects(document, (members) => members.reverse())),
  ),
  'members that nobody knows': eachDocument((document) =>
    JSON.stringify(
      withObjects(document, (members) => [
        ['extension', { list: [1, null] }],
        ...members,
        ['extended', 'text'],
      ]),
    ),
  ),
  'members left out that are null': eachDocument((document) =>
    JSON.stringify(withObjects(document, (members) => members.filter(([, member]) => member !== null))),
  ),
  'indented JSON': eachDocument((document) => JSON.stringify(document, null, 2)),
  'escaped characters': eachDocument((document) =>
    JSON.stringify(document)
      .replaceAll('/', '\\/')
      .replace(
        /[\u0080-\uffff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
  ),
  'events whose lines end in CRLF': eachEvent((text) => text.replace(/\r?\n/g, '\r\n')),
  'events whose lines end in CR': eachEvent((text) => text.replace(/\r?\n/g, '\r')),
  'events without a space after the colon': eachEvent((text) => text.replace(/^data: /gm, 'data:')),
  'events with ids and comments between them': eachEvent((text) =>
    text.replace(/^data:/gm, 'id: 7\ndata:').replace(/\n\n/g, '\n\n: keep-alive\n\n'),
  ),
  'events without a last [DONE]': eachEvent((text) => text.replace(/^data: ?\[DONE\]\s*$/m, '')),
}

function rewriteBody(bytes: Buffer, rewrite: Rewrite): Buffer {
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? Buffer.from(rewrite(text)) : bytes
}

describe.skipIf(!areThere)(
  'recorded traffic (skipped where there are no recordings), written in another way',
  () => {
    const exchanges: Exchange[] = areThere ? readExchanges() : []

    test.each(Object.entries(rewrites))('every judged field is right with %s', (_, rewrite) => {
      let rewritten = 0
      const faults = exchanges.flatMap((exchange) => {
        const received = responseBytes(exchange)
        const response = rewriteBody(received, rewrite)
        if (!response.equals(received)) rewritten++
        const request = rewriteBody(requestBytes(exchange), rewrite)
        return faultsOf(exchange, read(exchange, wholeBody(response), wholeBody(request)))
      })
      expect(faults).toEqual([])
      // Of streams there are some 220, of which 130 end in [DONE].
      expect(rewritten).toBeGreaterThan(100)
    })
  },
)
