// One call by each SDK, as its documentation shows it, at the stand-in that `url` is. Imported by ESM, required by CommonJS.
const openaiMessages = [{ role: 'user', content: 'Hello' }]

/** @returns [name, () => Promise] of everything that can be called in this module system, `load` being its import. */
export function cases(load, { url, http2Url }) {
  const openai = (name) => [
    name,
    async () => {
      const { default: OpenAI } = await load(name)
      const client = new OpenAI({ apiKey: 'sk', baseURL: `${url}/v1` })
      await client.chat.completions.create({ model: 'm', messages: openaiMessages })
    },
  ]
  const anthropic = (name) => [
    name,
    async () => {
      const { default: Anthropic } = await load(name)
      const client = new Anthropic({ apiKey: 'sk', baseURL: url, logLevel: 'off' })
      await client.messages.create({ model: 'm', max_tokens: 5, messages: openaiMessages })
    },
  ]
  return [
    openai('openai4'),
    openai('openai5'),
    openai('openai6'),
    anthropic('@anthropic-ai/sdk'),
    anthropic('anthropic-previous'),
    [
      'groq-sdk',
      async () => {
        const { default: Groq } = await load('groq-sdk')
        await new Groq({ apiKey: 'k', baseURL: url }).chat.completions.create({
          model: 'm',
          messages: openaiMessages,
        })
      },
    ],
    [
      'together-ai',
      async () => {
        const { default: Together } = await load('together-ai')
        await new Together({ apiKey: 'k', baseURL: `${url}/v1` }).chat.completions.create({
          model: 'm',
          messages: openaiMessages,
        })
      },
    ],
    [
      '@mistralai/mistralai',
      async () => {
        const { Mistral } = await load('@mistralai/mistralai')
        await new Mistral({ apiKey: 'k', serverURL: url }).chat.complete({
          model: 'm',
          messages: openaiMessages,
        })
      },
    ],
    [
      'cohere-ai',
      async () => {
        const { CohereClientV2 } = await load('cohere-ai')
        await new CohereClientV2({ token: 'k', environment: url }).chat({
          model: 'm',
          messages: openaiMessages,
        })
      },
    ],
    [
      'ollama',
      async () => {
        const { Ollama } = await load('ollama')
        await new Ollama({ host: url }).chat({ model: 'm', messages: openaiMessages })
      },
    ],
    [
      '@google/genai',
      async () => {
        const { GoogleGenAI } = await load('@google/genai')
        const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: url } })
        await client.models.generateContent({ model: 'm', contents: 'Hello' })
      },
    ],
    [
      '@aws-sdk/client-bedrock-runtime',
      async () => {
        const { BedrockRuntimeClient, ConverseCommand } = await load('@aws-sdk/client-bedrock-runtime')
        const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
        const client = new BedrockRuntimeClient({ region: 'us-east-1', endpoint: http2Url, credentials })
        await client.send(
          new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }),
        )
      },
    ],
    [
      'ai with @ai-sdk/openai',
      async () => {
        const { generateText } = await load('ai')
        const { createOpenAI } = await load('@ai-sdk/openai')
        await generateText({
          model: createOpenAI({ apiKey: 'k', baseURL: `${url}/v1` }).chat('m'),
          prompt: 'Hello',
        })
      },
    ],
    [
      'ai with @ai-sdk/anthropic',
      async () => {
        const { generateText } = await load('ai')
        const { createAnthropic } = await load('@ai-sdk/anthropic')
        await generateText({
          model: createAnthropic({ apiKey: 'k', baseURL: `${url}/v1` })('m'),
          prompt: 'Hello',
        })
      },
    ],
    [
      '@langchain/openai',
      async () => {
        const { ChatOpenAI } = await load('@langchain/openai')
        await new ChatOpenAI({ model: 'm', apiKey: 'k', configuration: { baseURL: `${url}/v1` } }).invoke(
          'Hello',
        )
      },
    ],
    [
      '@langchain/anthropic',
      async () => {
        const { ChatAnthropic } = await load('@langchain/anthropic')
        await new ChatAnthropic({ model: 'm', apiKey: 'k', anthropicApiUrl: url }).invoke('Hello')
      },
    ],
    [
      'axios',
      async () => {
        const { default: axios } = await load('axios')
        await axios.post(`${url}/v1/chat/completions`, { model: 'm', messages: openaiMessages })
      },
    ],
    [
      'got',
      async () => {
        const { default: got } = await load('got')
        await got
          .post(`${url}/v1/chat/completions`, { json: { model: 'm', messages: openaiMessages } })
          .json()
      },
    ],
  ]
}
