import { expect, test } from 'vitest'
import { readExchange } from './support/exchange.ts'

test("ElevenLabs' sounds and music", () => {
  const sound = readExchange({
    call: 'POST https://api.elevenlabs.io/v1/sound-generation',
    request: { text: 'rain', duration_seconds: 4, model_id: 'eleven_text_to_sound_v2' },
    responseHeaders: { 'content-type': 'audio/mpeg', 'character-cost': '160' },
    response: 'ID3',
  })
  expect(sound.request).toEqual({
    operation: 'generate_content',
    model: 'eleven_text_to_sound_v2',
    seconds: 4,
  })
  expect(sound.response).toEqual({ usage: { seconds: 4, characters: 160 } })
  const music = readExchange({
    call: 'POST https://api.elevenlabs.io/v1/music',
    request: { prompt: 'a waltz', music_length_ms: 30_000, model_id: 'music_v1' },
    responseHeaders: { 'song-id': 's1' },
    response: 'ID3',
  })
  expect(music.request).toMatchObject({ model: 'music_v1', seconds: 30 })
  expect(music.response).toEqual({ id: 's1', usage: { seconds: 30 } })
})

test("Ideogram's images, now and before", () => {
  const form = readExchange({
    call: 'POST https://api.ideogram.ai/v1/ideogram-v3/generate',
    requestHeaders: { 'content-type': 'multipart/form-data; boundary=b' },
    request: [
      '--b',
      'Content-Disposition: form-data; name="prompt"',
      '',
      'a cat',
      '--b',
      'Content-Disposition: form-data; name="num_images"',
      '',
      '2',
      '--b--',
      '',
    ].join('\r\n'),
    response: { created: 'x', data: [{ url: 'u' }, { url: 'v' }] },
  })
  expect(form.request).toEqual({
    operation: 'generate_content',
    outputType: 'image',
    model: 'ideogram-v3',
    choiceCount: 2,
  })
  expect(form.response).toEqual({ usage: { images: 2 } })
  const before = readExchange({
    call: 'POST https://api.ideogram.ai/generate',
    request: { image_request: { prompt: 'a cat', model: 'V_2' } },
    response: { data: [{ url: 'u' }] },
  })
  expect(before.request).toMatchObject({ model: 'V_2', choiceCount: 1 })
  expect(before.response).toEqual({ usage: { images: 1 } })
})

test("Kling's videos are billed by the length that is asked for", () => {
  const { request, response } = readExchange({
    call: 'POST https://api-singapore.klingai.com/v1/videos/text2video',
    request: { model_name: 'kling-v2-1', prompt: 'a cat', duration: '10' },
    response: { code: 0, message: 'ok', request_id: 'r', data: { task_id: 't1', task_status: 'submitted' } },
  })
  expect(request).toEqual({
    operation: 'generate_content',
    background: true,
    model: 'kling-v2-1',
    seconds: 10,
  })
  expect(response).toEqual({ id: 't1', status: 'submitted', usage: { seconds: 10 } })
})

test("Luma's answers name the model", () => {
  const { request, response } = readExchange({
    call: 'POST https://api.lumalabs.ai/dream-machine/v1/generations/image/reframe',
    request: { model: 'photon-1', media: { url: 'u' } },
    response: { id: 'g1', state: 'queued', model: 'photon-1' },
  })
  expect(request).toMatchObject({ model: 'photon-1', outputType: 'image' })
  expect(response).toEqual({ id: 'g1', model: 'photon-1', status: 'queued', usage: { images: 1 } })
})

test('what Amazon Polly counts of speech that is made later', () => {
  const { request, response } = readExchange({
    call: 'POST https://polly.us-east-1.amazonaws.com/v1/synthesisTasks',
    request: { Text: 'hello', VoiceId: 'Joanna', Engine: 'neural', OutputS3BucketName: 'b' },
    response: { SynthesisTask: { TaskId: 't', RequestCharacters: 5 } },
  })
  expect(request).toMatchObject({ model: 'neural' })
  expect(response).toEqual({ usage: { characters: 5 } })
})

test('Bytez: chats and whatever else a model does', () => {
  const chat = readExchange({
    call: 'POST https://api.bytez.com/models/v2/microsoft/Phi-3-mini-4k-instruct',
    request: { messages: [], stream: false, params: { max_new_tokens: 20, temperature: 0.5 } },
    response: { error: null, output: { role: 'assistant', content: 'x' } },
  })
  expect(chat.request).toEqual({
    operation: 'chat',
    model: 'microsoft/Phi-3-mini-4k-instruct',
    stream: false,
    maxTokens: 20,
    temperature: 0.5,
  })
  expect(chat.response).toEqual({})
  const failed = readExchange({
    call: 'POST https://api.bytez.com/models/v2/openai-community/gpt2',
    request: { text: 'x' },
    response: { error: 'out of memory', output: null },
  })
  expect(failed.request).toMatchObject({ operation: 'generate_content' })
  expect(failed.response).toEqual({ error: { message: 'out of memory' } })
})

test("Alibaba's speech is counted by the character", () => {
  const { request, response } = readExchange({
    call: 'POST https://dashscope.aliyuncs.com/api/v1/services/audio/tts/SpeechSynthesizer',
    request: { model: 'cosyvoice-v3-flash', input: { text: 'hello', voice: 'v' } },
    response: { output: { audio: { url: 'u' } }, usage: { characters: 5 }, request_id: 'r1' },
  })
  expect(request).toEqual({
    operation: 'generate_content',
    model: 'cosyvoice-v3-flash',
    outputType: 'speech',
  })
  expect(response).toEqual({ id: 'r1', usage: { characters: 5 } })
})
