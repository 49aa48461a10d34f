import { describe, expect, test } from 'vitest'
import { readRequest, readResponse } from '../src/call/read-exchange.ts'
import { findFlavor, flavors } from '../src/flavors/find-flavor.ts'
import { HEAD_BYTES } from '../src/observation/body-recorder.ts'
import { edgesOf } from './support/exchange.ts'

const image = 'A'.repeat(900_000)
const vector = { statistics: { token_count: 7 }, values: Array(30_000).fill(0.1234567) }
const publisher = '/v1/projects/p/locations/l/publishers/google/models'
const canvas = { numberOfImages: 2, quality: 'premium', width: 2048, height: 1024 }

describe('images and vectors are counted in answers that are not held whole', () => {
  test.each<[string, object, object, object]>([
    [
      `${publisher}/imagen-4.0-generate-001:predict`,
      { instances: [{ prompt: 'x' }] },
      {
        predictions: [
          { mimeType: 'image/png', bytesBase64Encoded: image },
          { bytesBase64Encoded: image, mimeType: 'image/png' },
          { raiFilteredReason: 'x' },
        ],
      },
      { images: 2 },
    ],
    [
      `${publisher}/text-embedding-005:predict`,
      { instances: [] },
      {
        predictions: [{ embeddings: vector }, { embeddings: vector }],
        metadata: { billableCharacterCount: 40 },
      },
      { inputTokens: 14, characters: 40 },
    ],
    [
      '/model/amazon.nova-canvas-v1%3A0/invoke',
      {
        taskType: 'IMAGE_VARIATION',
        imageVariationParams: { images: [image] },
        imageGenerationConfig: canvas,
      },
      { images: [image, image] },
      { images: 2 },
    ],
    ['/model/stability.sd3-5-large-v1%3A0/invoke', { prompt: 'x' }, { images: [image] }, { images: 1 }],
    [
      'https://api.stability.ai/v1/generation/stable-diffusion-xl-1024-v1-0/text-to-image',
      { text_prompts: [{ text: 'x' }], samples: 2 },
      { artifacts: [{ base64: image }, { base64: image }] },
      { images: 2 },
    ],
  ])('%s', (address, request, answer, usage) => {
    const { hostname: host, pathname: path } = new URL(address, 'https://gateway.example')
    const head = { method: 'POST', protocol: 'https:', host, port: undefined, path, query: '' }
    const asked = { ...head, header: () => undefined, body: edgesOf(request, HEAD_BYTES).body }
    const flavor = findFlavor(asked)!
    const read = readRequest(flavor, asked)!
    const sum = flavor.openSum?.(read)
    sum?.write(Buffer.from(JSON.stringify(answer)))
    expect(readResponse(flavor, edgesOf(answer, HEAD_BYTES), read, sum)).toEqual({ usage })
  })

  test("size and quality of Nova Canvas's are those that are asked for", () => {
    const path = '/model/amazon.nova-canvas-v1%3A0/invoke'
    const head = { method: 'POST', protocol: 'https:', host: 'h', port: undefined, path, query: '' }
    const { body } = edgesOf({ inpainting: image, imageGenerationConfig: canvas }, HEAD_BYTES)
    const flavor = flavors.find(({ name }) => name === 'bedrock-invoke')!
    expect(flavor.readRequest({ ...head, header: () => undefined, body })).toMatchObject({
      choiceCount: 2,
      image: { size: '2048x1024', quality: 'premium' },
    })
  })
})
