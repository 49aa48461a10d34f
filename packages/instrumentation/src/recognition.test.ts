import { describe, expect, test } from 'vitest'
import { type MeteringOptions, resolveConfiguration } from './configuration.ts'
import { createRecognition, type Recognised } from './recognition.ts'
import { requestHeadFromUrl } from './request-head.ts'

function recognise(method: string, url: string, options: MeteringOptions = {}): Recognised | undefined {
  return createRecognition(resolveConfiguration(options, {}))(requestHeadFromUrl(method, url)!)
}

const described = (recognised: Recognised | undefined): unknown =>
  recognised && { provider: recognised.provider, flavor: recognised.flavor.name }

describe('createRecognition', () => {
  test.each([
    ['https://api.groq.com/openai/v1/chat/completions', 'groq', 'openai-chat-completions'],
    ['https://api.deepseek.com/anthropic/v1/messages', 'deepseek', 'anthropic-messages'],
    ['https://llm.corp.example/v1/chat/completions', 'openai', 'openai-chat-completions'],
    ['https://llm.corp.example/v1/chat/completions/', 'openai', 'openai-chat-completions'],
    ['http://localhost:3000/router/anthropic/v1/messages', 'anthropic', 'anthropic-messages'],
    ['http://localhost:3000/v1beta/models/m:generateContent', 'gcp.gen_ai', 'google-generate-content'],
    ['http://localhost:8080/model/m/converse', 'aws.bedrock', 'bedrock-converse'],
    ['http://localhost/api/chat', 'ollama', 'ollama-chat'],
  ])('%s is of %s, in %s', (url, provider, flavor) => {
    expect(described(recognise('POST', url))).toEqual({ provider, flavor })
  })

  test('takes the word of the configuration for a host, in whichever case it is written', () => {
    const options = { hosts: { 'LLM.corp.example': 'mistral_ai' } }
    const recognised = recognise('POST', 'https://llm.corp.example/v1/chat/completions', options)
    expect(described(recognised)).toEqual({ provider: 'mistral_ai', flavor: 'openai-chat-completions' })
  })

  test('leaves alone what is switched off', () => {
    const url = 'https://api.groq.com/openai/v1/chat/completions'
    expect(recognise('POST', url, { disabledProviders: ['groq'] })).toBeUndefined()
    expect(recognise('POST', url, { disabledFlavors: ['openai-chat-completions'] })).toBeUndefined()
    expect(recognise('POST', url, { ignoreRequestHook: () => true })).toBeUndefined()
  })

  test('tells servers apart that differ in their port', () => {
    const recogniseHead = createRecognition(resolveConfiguration({}, {}))
    const providers = [11434, 1234, 11434].map(
      (port) =>
        recogniseHead(requestHeadFromUrl('POST', `http://localhost:${port}/v1/chat/completions`)!)?.provider,
    )
    expect(providers).toEqual(['ollama', 'lm_studio', 'ollama'])
  })

  test('keeps no more addresses than it is asked for again', () => {
    const recogniseHead = createRecognition(resolveConfiguration({}, {}))
    const described = (): unknown[] =>
      Array.from(
        { length: 2000 },
        (_, id) =>
          recogniseHead(requestHeadFromUrl('POST', `https://x.example/${id}/chat/completions`)!)?.provider,
      )
    expect(new Set([...described(), ...described()])).toEqual(new Set(['openai']))
  })

  test('costs less, for what is no LLM call, than parsing its URL eight times', () => {
    const recogniseHead = createRecognition(resolveConfiguration({}, {}))
    const urls = [
      'https://api.stripe.com/v1/payment_intents',
      'https://bucket.s3.amazonaws.com/a/long/key.json',
      'https://app.example/api/v1/users/123/orders',
      'https://app.example/api/images',
      'https://app.example/api/responses/1',
    ]
    const heads = urls.map((url) => requestHeadFromUrl('POST', url)!)
    const timed = (work: () => void): number => {
      const started = performance.now()
      for (let round = 0; round < 100; round++) work()
      return performance.now() - started
    }
    // In turns, each for less than the machine gives a process at a time, and the best of many.
    const rounds = Array.from({ length: 400 }, () => ({
      recognised: timed(() => heads.forEach((head) => void recogniseHead(head))),
      parsed: timed(() => urls.forEach((url) => void new URL(url))),
    }))
    const recognised = Math.min(...rounds.map((round) => round.recognised))
    expect(recognised).toBeLessThan(8 * Math.min(...rounds.map(({ parsed }) => parsed)))
  })
})
