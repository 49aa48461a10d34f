/** From what emitters call providers, reduced to letters and digits, to `gen_ai.provider.name`. */
const standardNames: Readonly<Record<string, string>> = {
  alibaba: 'alibaba_cloud',
  alibabacloud: 'alibaba_cloud',
  amazon: 'aws.bedrock',
  amazonbedrock: 'aws.bedrock',
  amazonbedrockconverse: 'aws.bedrock',
  anthropicbedrock: 'aws.bedrock',
  anthropicfoundry: 'azure.ai.inference',
  anthropicmantle: 'aws.bedrock',
  anthropicmessages: 'anthropic',
  anthropicvertex: 'gcp.vertex_ai',
  ark: 'volcengine',
  aws: 'aws.bedrock',
  awsbedrock: 'aws.bedrock',
  azaiinference: 'azure.ai.inference',
  azaiopenai: 'azure.ai.openai',
  azure: 'azure.ai.openai',
  azaiagents: 'azure.ai.inference',
  azureai: 'azure.ai.inference',
  azureaiagents: 'azure.ai.inference',
  azureaifoundry: 'azure.ai.inference',
  azureaiinference: 'azure.ai.inference',
  azureaiopenai: 'azure.ai.openai',
  azureopenai: 'azure.ai.openai',
  azureopenairesponses: 'azure.ai.openai',
  baiduqianfan: 'baidu',
  bedrock: 'aws.bedrock',
  bedrockconverse: 'aws.bedrock',
  bedrockmantle: 'aws.bedrock',
  bigmodel: 'z_ai',
  claude: 'anthropic',
  claudecli: 'anthropic',
  codestral: 'mistral_ai',
  codex: 'openai',
  codexcli: 'openai',
  dashscope: 'alibaba_cloud',
  doubao: 'volcengine',
  fireworks: 'fireworks_ai',
  fireworksai: 'fireworks_ai',
  gateway: 'vercel_ai_gateway',
  gcpgemini: 'gcp.gemini',
  gcpgenai: 'gcp.gen_ai',
  gcpvertexai: 'gcp.vertex_ai',
  gcpvertexanthropic: 'gcp.vertex_ai',
  gcpvertexgemini: 'gcp.vertex_ai',
  gemini: 'gcp.gemini',
  google: 'gcp.gemini',
  googleai: 'gcp.gemini',
  googleaistudio: 'gcp.gemini',
  googleaistudiogemini: 'gcp.gemini',
  googleanthropicvertex: 'gcp.vertex_ai',
  googlegemini: 'gcp.gemini',
  googlegeminicli: 'gcp.gemini',
  googlegeminiai: 'gcp.gemini',
  googlegenai: 'gcp.gemini',
  googlegenaiai: 'gcp.gemini',
  googlegenerativeai: 'gcp.gemini',
  googlegla: 'gcp.gemini',
  googlevertex: 'gcp.vertex_ai',
  googlevertexai: 'gcp.vertex_ai',
  googlevertexanthropic: 'gcp.vertex_ai',
  grok: 'x_ai',
  huggingface: 'huggingface',
  huggingfaceapi: 'huggingface',
  huggingfacehub: 'huggingface',
  hunyuan: 'tencent',
  ibm: 'ibm.watsonx.ai',
  ibmwatsonai: 'ibm.watsonx.ai',
  ibmwatsonx: 'ibm.watsonx.ai',
  ibmwatsonxai: 'ibm.watsonx.ai',
  jina: 'jina_ai',
  jinaai: 'jina_ai',
  microsoftfoundry: 'azure.ai.inference',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  novitaai: 'novita',
  oci: 'oracle',
  ocigenai: 'oracle',
  ocigenerativeai: 'oracle',
  openaicodex: 'openai',
  openaimantle: 'aws.bedrock',
  openairesponses: 'openai',
  perplexityai: 'perplexity',
  pplx: 'perplexity',
  qianfan: 'baidu',
  qwen: 'alibaba_cloud',
  sagemaker: 'aws.sagemaker',
  together: 'together_ai',
  togetherai: 'together_ai',
  tongyi: 'alibaba_cloud',
  vertex: 'gcp.vertex_ai',
  vertexai: 'gcp.vertex_ai',
  googleaigemini: 'gcp.gemini',
  googlevertexaianthropic: 'gcp.vertex_ai',
  googlevertexaigemini: 'gcp.vertex_ai',
  vertexaianthropic: 'gcp.vertex_ai',
  vertexaigemini: 'gcp.vertex_ai',
  vertexaibeta: 'gcp.vertex_ai',
  voyage: 'voyage_ai',
  voyageai: 'voyage_ai',
  watsonx: 'ibm.watsonx.ai',
  watsonxai: 'ibm.watsonx.ai',
  workersai: 'cloudflare',
  x: 'x_ai',
  xai: 'x_ai',
  zai: 'z_ai',
  zhipu: 'z_ai',
  zhipuai: 'z_ai',
}

/** Names, reduced to letters and digits, of frameworks that state themselves as provider, and words for no provider. */
const notProviders = new Set([
  'ag2',
  'agentframework',
  'agno',
  'autogen',
  'claudeagentsdk',
  'crewai',
  'dspy',
  'eino',
  'embabel',
  'fallback',
  'function',
  'gcpvertexagent',
  'genericaiprovider',
  'googleadk',
  'haystack',
  'koog',
  'langchain',
  'langchain4j',
  'langchaingo',
  'langgraph',
  'litellm',
  'llamaindex',
  'microsoftagentframework',
  'none',
  'openaiagents',
  'other',
  'pydanticai',
  'semantickernel',
  'smolagents',
  'springai',
  'strandsagents',
  'undefined',
  'unknown',
])

export function isFramework(name = ''): boolean {
  return notProviders.has(squashed(name.toLowerCase()))
}

/**
 * `gen_ai.provider.name` for what an emitter calls a provider; an unknown name is kept, in lower case. `undefined` for the
 * name of a framework, and for Pydantic AI's fallback models. The AI SDK and Mirascope append the API (`openai.responses`,
 * `openai:completions`), LiveKit names the host (`api.openai.com`), Dify prepends publisher and plugin
 * (`langgenius/openai/openai`), Sentry appends LangChain's kind of model (`anthropic-chat`).
 */
function standardProvider(name: string): string | undefined {
  if (prose.test(name)) return undefined
  const lower = name
    .toLowerCase()
    .replace(/^api\.(.+?)(\.com)?$/, '$1')
    .replace(/^[\w-]+\/[\w-]+\//, '')
  if (notProviders.has(squashed(lower)) || lower.startsWith('fallback:')) return undefined
  for (
    let head = lower;
    head !== '';
    head = head.slice(0, Math.max(head.lastIndexOf('.'), head.lastIndexOf(':'), 0))
  ) {
    if (apis.has(head)) return head
    const letters = squashed(head)
    const standard = knownNames[letters] ?? knownNames[letters.replace(kindOfModel, '')]
    if (standard !== undefined) return standard
  }
  return lower.replace(apiSuffix, '')
}

/** Text that can be no name: Mirascope 1 writes the prompt template as provider. */
const prose = /[{}\n]|^(\S+ +){4}|^.{65}/

/** Reduced to letters and digits: emitters separate words by a hyphen, an underscore, a dot, a space, or not at all. */
function squashed(name: string): string {
  return name.replace(/[^a-z0-9]/g, '')
}

/** What LangChain and LiteLLM add to the name of a provider: `AzureChatOpenAI`, `text-completion-openai`, `watsonx_text`. */
const kindOfModel = /chat|llm$|textcompletion|text$/

/** What the AI SDK appends to the name of any provider: `deepinfra.chat`, `vercel.image`. */
const apiSuffix =
  /\.(chat|completion|responses|messages|embedding|image|speech|transcription|video|reranking)$/

/** Standard names of providers, of which nothing after them is part: `openai.responses` is `openai`. */
const apis = new Set([
  'openai',
  'anthropic',
  'cohere',
  'deepseek',
  'groq',
  'perplexity',
  'openrouter',
  'cerebras',
  'aws.bedrock',
  'aws.sagemaker',
  'azure.ai.openai',
  'azure.ai.inference',
  'gcp.gemini',
  'gcp.vertex_ai',
  'gcp.gen_ai',
  'ibm.watsonx.ai',
  'ollama',
])

const knownNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...apis].map((name) => [squashed(name), name])),
  ...standardNames,
}

const standardProviders: ReadonlySet<string> = new Set(Object.values(knownNames))

/** Ids that only Bedrock uses: with their maker in front, of an inference profile, or an ARN. */
const bedrockId =
  /^(arn:aws[\w-]*:bedrock:|((us|us-gov|eu|apac|au|jp|ca|global)\.)?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|stability|writer|twelvelabs|luma)\.)/

/** The end of Bedrock's ids, also if an emitter has cut off their maker. */
const bedrockRevision = /-v\d+:\d+(:|$)/

/** Most ids contain neither a dot nor a colon, and need no pattern. */
function isBedrockId(model: string): boolean {
  if (model.includes(':') && (model.startsWith('arn:') ? bedrockId : bedrockRevision).test(model)) return true
  return model.includes('.') && bedrockId.test(model)
}

/** Ids that only Vertex AI uses: a path, or a version after an `@`. */
const vertexId = /^(projects|publishers)\/|^[\w.-]+@(\d+|default|latest)$/

/** Beginnings of model ids that only one provider uses. */
const modelBeginnings: readonly (readonly [RegExp, string])[] = [
  // Without maker and revision: ids of Bedrock's first years, or as OpenLLMetry cuts them.
  [/^(titan-|command-(light-)?text-v\d|claude-.*-v\d+$)/, 'aws.bedrock'],
  [vertexId, 'gcp.vertex_ai'],
  [/^(text-embedding-\d{3}|textembedding-gecko|text-multilingual-embedding)/, 'gcp.vertex_ai'],
  [/^(ft:)?(gpt-(?!oss)|o\d(-|$)|chatgpt-|text-embedding-|davinci|dall-e|whisper-1|tts-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^(models\/)?(gemini-|gemma-|imagen-|veo-)/, 'gcp.gemini'],
  [/^(mistral-|ministral-|codestral|magistral|pixtral)/, 'mistral_ai'],
  // Cohere's rerank models have a `v` before the number, except for 3.5.
  [/^(voyage-|rerank-(?!3\.5)(lite-)?\d)/, 'voyage_ai'],
  [/^(command|embed-|rerank-)/, 'cohere'],
  [/^deepseek-/, 'deepseek'],
  [/^grok-/, 'x_ai'],
  [/^(sonar)/, 'perplexity'],
  [/^qwen(3(\.\d)?)?-(max|plus|turbo|flash|long)/, 'alibaba_cloud'],
  [/^(kimi-k2-(\d|turbo)|kimi-latest|moonshot-v1)/, 'moonshot_ai'],
]

/** The provider of a span that names none, as far as its model id shows it. */
function providerOfModel(model: string): string | undefined {
  if (isBedrockId(model)) return 'aws.bedrock'
  const [, prefix = ''] = /^([\w.-]+)[/:]/.exec(model) ?? []
  return knownProvider(prefix) ?? modelBeginnings.find(([beginning]) => beginning.test(model))?.[1]
}

/** The standard name of a provider, if what may be its name is that of a known one. */
export function knownProvider(name: string): string | undefined {
  const standard = standardProvider(name)
  return standard !== undefined && standardProviders.has(standard) ? standard : undefined
}

/**
 * Who bills, by what the span calls the provider and the model. Instrumentations of a maker's SDK name the maker even if the
 * call goes to Bedrock or Vertex AI, which the model id shows. Many other providers are called with OpenAI's client.
 */
export function billingProvider(name: string | undefined, model: string | undefined): string | undefined {
  const provider = name === undefined ? undefined : standardProvider(name)
  if (model === undefined) return provider
  if (provider === undefined || (provider === 'openai' && ofOthers.test(model)))
    return providerOfModel(model) ?? provider
  if (!makers.has(provider)) return provider
  return isBedrockId(model) ? 'aws.bedrock' : vertexId.test(model) ? 'gcp.vertex_ai' : provider
}

/**
 * Whether an id names a provider other than Google, as LiteLLM writes it (`openai/gpt-4o`): frameworks for Google state Google
 * as the provider of all calls. Google's own ids may be paths, too.
 */
export function isOfAnotherThanGoogle(model = ''): boolean {
  return /^(?!models\/|tunedModels\/|projects\/|publishers\/)[\w-]+\//.test(model)
}

/** Models that OpenAI doesn't have, whatever client is used. */
const ofOthers = /^([\w.-]+[/:])?(claude-|gemini-|grok-|sonar(-|$)|deepseek-(chat|reasoner)$)/

const makers = new Set(['ai21', 'anthropic', 'cohere', 'deepseek', 'meta', 'mistral_ai', 'openai'])
