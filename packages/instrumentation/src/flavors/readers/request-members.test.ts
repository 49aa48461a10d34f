import { describe, expect, test } from 'vitest'
import { edgesOf } from '../../../test/support/exchange.ts'
import { HEAD_BYTES, observeWhole } from '../../observation/body-recorder.ts'
import { TextBody } from '../../observation/text-body.ts'
import type { ObservedBody } from '../../wire/types.ts'
import { findFlavor } from '../find-flavor.ts'
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

describe('what the price depends on is read behind content that is not held whole', () => {
  const image = 'x'.repeat(300_000)
  const publisher = '/v1/projects/p/locations/l/publishers/google/models'

  test.each<[string, object, object]>([
    [
      '/v1/responses',
      { model: 'm', input: image, background: true, background_options: { completion_window: '2h' } },
      { background: true, completionWindow: '2h' },
    ],
    [
      '/v1/chat/completions',
      {
        messages: [image],
        model: 'm',
        deferred: true,
        web_search_options: { search_context_size: 'high' },
      },
      { background: true, searchContextSize: 'high' },
    ],
    [
      '/v1beta/interactions',
      { input: image, agent: 'a', background: true },
      { model: 'a', background: true },
    ],
    [
      `${publisher}/veo-3.1-generate-001:predictLongRunning`,
      { instances: [{ prompt: 'p', image }], parameters: { sampleCount: 2, durationSeconds: 6 } },
      { seconds: 6, choiceCount: 2 },
    ],
    [
      '/v1/images/edits',
      { image: { url: image }, prompt: 'p', model: 'm', n: 3, size: '1024x1024', quality: 'high' },
      { choiceCount: 3, image: { size: '1024x1024', quality: 'high' } },
    ],
    [
      'https://api.dev.runwayml.com/v1/image_to_video',
      { model: 'gen4_turbo', promptImage: image, duration: 10 },
      { seconds: 10 },
    ],
    [
      'https://api.minimax.io/v1/video_generation',
      { model: 'm', first_frame_image: image, duration: 6 },
      { seconds: 6 },
    ],
    ['/v4/ai/video-model', { prompt: 'p', image, n: 1, duration: 8 }, { seconds: 8, choiceCount: 1 }],
    [
      '/async-invoke',
      {
        modelId: 'amazon.nova-reel-v1:1',
        modelInput: { images: [image], videoGenerationConfig: { durationSeconds: 6, fps: 24 } },
        outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://bucket' } },
      },
      { seconds: 6 },
    ],
    [
      'https://bedrock-agent-runtime.us-east-1.amazonaws.com/rerank',
      {
        queries: [{}],
        sources: [image],
        rerankingConfiguration: {
          bedrockRerankingConfiguration: { modelConfiguration: { modelArn: 'cohere.rerank-v3-5:0' } },
        },
      },
      { operation: 'rerank', model: 'cohere.rerank-v3-5:0' },
    ],
    ['/v1/decisions', { model: 'm', input: image, questions: {} }, { operation: 'decision', model: 'm' }],
    [
      'https://x.us-east-1.aws.endpoints.huggingface.cloud/',
      { inputs: image, parameters: { max_new_tokens: 5 } },
      { operation: 'text_completion', maxTokens: 5 },
    ],
    [
      '/v1/chat-messages',
      { inputs: {}, query: image, response_mode: 'streaming', user: 'u' },
      { operation: 'invoke_agent', stream: true },
    ],
    [
      '/api/v3/contents/generations/tasks',
      { model: 'm', content: [image], service_tier: 'flex' },
      { serviceTier: 'flex' },
    ],
  ])('%s', (path, request, read) => {
    const { body } = edgesOf(request, HEAD_BYTES)
    const { hostname: host, pathname } = new URL(path, 'https://gateway.example')
    const head = { method: 'POST', protocol: 'https:', host, port: undefined, path: pathname, query: '' }
    const asked = { ...head, header: () => undefined, body }
    const flavor = findFlavor(asked)
    expect(flavor?.readRequest(asked)).toMatchObject(read)
  })
})
