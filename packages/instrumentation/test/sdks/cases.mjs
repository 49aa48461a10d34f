// One call by each SDK, as its documentation shows it, at the stand-in that `url` is. Imported by ESM, required by CommonJS.
import { Readable } from 'node:stream'

const openaiMessages = [{ role: 'user', content: 'Hello' }]

/** What a request's body may be given as. */
const forms = {
  'a text': (text) => text,
  'a Blob': (text) => new Blob([text]),
  'a stream': (text) => Readable.from([Buffer.from(text)]),
  'an iterable': (text) => [Buffer.from(text)].values(),
}

/** @returns [name, () => Promise] of everything that can be called in this module system, `load` being its import. */
export function cases(load, { url, http2Url }) {
  const chat = { model: 'm', messages: openaiMessages }
  const body = JSON.stringify(chat)
  const address = `${url}/v1/chat/completions`
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body }

  const openai = async (name) => {
    const { default: OpenAI } = await load(name)
    await new OpenAI({ apiKey: 'sk', baseURL: `${url}/v1` }).chat.completions.create(chat)
  }
  const anthropic = async (name) => {
    const { default: Anthropic } = await load(name)
    const client = new Anthropic({ apiKey: 'sk', baseURL: url, logLevel: 'off' })
    await client.messages.create({ model: 'm', max_tokens: 5, messages: openaiMessages })
  }
  const groq = async (name) => {
    const { default: Groq } = await load(name)
    await new Groq({ apiKey: 'k', baseURL: url }).chat.completions.create(chat)
  }
  const together = async (name) => {
    const { default: Together } = await load(name)
    await new Together({ apiKey: 'k', baseURL: `${url}/v1` }).chat.completions.create(chat)
  }
  const mistral = async (name) => {
    const { Mistral } = await load(name)
    await new Mistral({ apiKey: 'k', serverURL: url }).chat.complete(chat)
  }
  const cohere = async (name) => {
    const { CohereClientV2 } = await load(name)
    await new CohereClientV2({ token: 'k', environment: url }).chat(chat)
  }
  const ollama = async (name) => {
    const { Ollama } = await load(name)
    await new Ollama({ host: url }).chat(chat)
  }
  const google = async (name) => {
    const { GoogleGenAI } = await load(name)
    const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url } })
    await client.models.generateContent({ model: 'm', contents: 'Hello' })
  }
  const bedrock = async (name) => {
    const { BedrockRuntimeClient, ConverseCommand } = await load(name)
    const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
    const client = new BedrockRuntimeClient({ region: 'us-east-1', endpoint: http2Url, credentials })
    await client.send(
      new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }),
    )
  }
  const aiSdk = async (name, provider) => {
    const { generateText } = await load(name)
    const { createOpenAI, createAnthropic } = await load(provider)
    const options = { apiKey: 'k', baseURL: `${url}/v1` }
    const model = createOpenAI === undefined ? createAnthropic(options)('m') : createOpenAI(options).chat('m')
    await generateText({ model, prompt: 'Hello' })
  }
  const langchainOpenai = async (name) => {
    const { ChatOpenAI } = await load(name)
    await new ChatOpenAI({ model: 'm', apiKey: 'k', configuration: { baseURL: `${url}/v1` } }).invoke('Hello')
  }
  const langchainAnthropic = async (name) => {
    const { ChatAnthropic } = await load(name)
    await new ChatAnthropic({ model: 'm', apiKey: 'k', anthropicApiUrl: url }).invoke('Hello')
  }
  const agents = async (name) => {
    const { Agent, OpenAIChatCompletionsModel, run, setTracingDisabled } = await load(name)
    const { default: OpenAI } = await load('openai7')
    setTracingDisabled(true)
    const client = new OpenAI({ apiKey: 'sk', baseURL: `${url}/v1` })
    await run(new Agent({ name: 'a', model: new OpenAIChatCompletionsModel(client, 'm') }), 'Hello')
  }
  const llamaindex = async (name) => {
    const { Settings } = await load('llamaindex')
    const { OpenAI } = await load(name)
    Settings.llm = new OpenAI({ model: 'm', apiKey: 'k', baseURL: `${url}/v1` })
    await Settings.llm.chat({ messages: openaiMessages })
  }
  const axios = async (name) => {
    const { default: client } = await load(name)
    await client.post(address, chat)
  }
  const got = async (name) => {
    const { default: client } = await load(name)
    await client.post(address, { json: chat }).json()
  }
  const ky = async (name) => {
    const { default: client } = await load(name)
    await client.post(address, { json: chat }).json()
  }
  const nodeFetch = async (name) => {
    const { default: fetchOfNode } = await load(name)
    await (await fetchOfNode(address, post)).json()
  }
  const undiciFetch = async (name) => {
    const undici = await load(name)
    await (await undici.fetch(address, { ...post, dispatcher: agentOf(undici) })).json()
  }
  const streamingFetch = async (name) => {
    const undici = await load(name)
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(body)
        controller.close()
      },
    })
    await (
      await undici.fetch(address, {
        ...post,
        body: stream,
        duplex: 'half',
        dispatcher: agentOf(undici),
      })
    ).json()
  }
  const redirectedFetch = async (name) => {
    const undici = await load(name)
    const moved = `${url}/moved/v1/chat/completions`
    await (await undici.fetch(moved, { ...post, dispatcher: agentOf(undici) })).json()
  }
  const undiciRequest = (form) => async (name) => {
    const undici = await load(name)
    const response = await undici.request(address, {
      ...post,
      body: form(body),
      dispatcher: agentOf(undici),
    })
    await response.body.json()
  }

  return [
    ...of(['openai4', 'openai5', 'openai6', 'openai7'], openai),
    ...of(['@anthropic-ai/sdk', 'anthropic-previous'], anthropic),
    ...of(['groq-sdk', 'groq-previous'], groq),
    ...of(['together-ai'], together),
    ...of(['@mistralai/mistralai', 'mistralai-previous'], mistral),
    ...of(['cohere-ai', 'cohere-previous'], cohere),
    ...of(['ollama'], ollama),
    ...of(['@google/genai', 'google-genai-previous'], google),
    ...of(['@aws-sdk/client-bedrock-runtime'], bedrock),
    ['ai with @ai-sdk/openai', () => aiSdk('ai', '@ai-sdk/openai')],
    ['ai with @ai-sdk/anthropic', () => aiSdk('ai', '@ai-sdk/anthropic')],
    ['ai-previous with @ai-sdk/openai', () => aiSdk('ai-previous', 'ai-sdk-openai-previous')],
    ['ai-previous with @ai-sdk/anthropic', () => aiSdk('ai-previous', 'ai-sdk-anthropic-previous')],
    ...of(['@langchain/openai', 'langchain-openai-previous'], langchainOpenai),
    ...of(['@langchain/anthropic'], langchainAnthropic),
    ...of(['@openai/agents'], agents),
    ...of(['@llamaindex/openai'], llamaindex),
    ...of(['axios', 'axios-previous'], axios),
    ...of(['got', 'got-previous'], got),
    ...of(['ky'], ky),
    ...of(['node-fetch', 'node-fetch2'], nodeFetch),
    ...of(['undici', 'undici7', 'undici6'], undiciFetch).map(([name, call]) => [`${name}, its fetch`, call]),
    ...of(['undici', 'undici7', 'undici6'], streamingFetch).map(([name, call]) => [
      `${name}, its fetch, of a stream of strings`,
      call,
    ]),
    ...of(['undici', 'undici7', 'undici6'], redirectedFetch).map(([name, call]) => [
      `${name}, its fetch, redirected`,
      call,
    ]),
    ...Object.entries(forms).flatMap(([form, make]) =>
      of(['undici', 'undici7', 'undici6'], undiciRequest(make)).map(([name, call]) => [
        `${name}, its request of ${form}`,
        call,
      ]),
    ),
    ['fetch', async () => (await fetch(address, post)).json()],
  ]
}

/** Without one of its own, an undici sends by that of whichever was loaded first. */
function agentOf({ Agent }) {
  return new Agent()
}

function of(names, call) {
  return names.map((name) => [name, () => call(name)])
}
