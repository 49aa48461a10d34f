import { describe, expect, test } from 'vitest'
import { observeWhole } from '../../observation/body-recorder.ts'
import { TextBody } from '../../observation/text-body.ts'
import type { ObservedBody } from '../../wire/types.ts'
import { readRequestMembers } from './request-members.ts'

const read = (body: ObservedBody): ReturnType<typeof readRequestMembers> =>
  readRequestMembers({
    method: 'POST',
    protocol: 'https:',
    host: 'h',
    port: undefined,
    path: '/',
    query: '',
    header: () => undefined,
    body,
  })

const turn = (content: string): object => ({ role: 'user', content })

describe('the members of a request', () => {
  test.each([
    ['a short one', 1, 'Hi'],
    ['one of 50 KB', 50, `He said: "${'word '.repeat(200)}"`],
    ['one of 50 KB that is not ASCII', 50, `Er sagte: „${'Wörter “'.repeat(125)}“`],
    ['one of 500 KB', 500, `{"model":"of the text","stream":false} ${'word '.repeat(200)}`],
  ])('are the same of a text as of its bytes: %s', (_, count, content) => {
    for (const messages of [Array.from({ length: count }, () => turn(content)), turn(content)]) {
      for (const request of [
        { model: 'm', temperature: 0.5, messages, stream: true, stream_options: { include_usage: true } },
        { messages, model: 'm', max_tokens: 7 },
        { model: 'm', messages },
      ]) {
        const text = JSON.stringify(request)
        const members = read(new TextBody(text))
        expect(members).toMatchObject({ ...request, messages: members?.messages })
        const bytes = read(observeWhole(Buffer.from(text)))
        expect({ ...members, messages: undefined }).toEqual({ ...bytes, messages: undefined })
      }
    }
  })
})
