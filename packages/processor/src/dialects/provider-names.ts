/** What emitters call providers, in lower case, to `gen_ai.provider.name`. */
const standardNames: Readonly<Record<string, string>> = {
  'amazon-bedrock': 'aws.bedrock',
  'anthropic.messages': 'anthropic',
  aws: 'aws.bedrock',
  aws_bedrock: 'aws.bedrock',
  'az.ai.inference': 'azure.ai.inference',
  'az.ai.openai': 'azure.ai.openai',
  azure: 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  azure_openai: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  bedrock_converse: 'aws.bedrock',
  gateway: 'vercel_ai_gateway',
  gemini: 'gcp.gemini',
  google: 'gcp.gemini',
  'google-gla': 'gcp.gemini',
  'google-vertex': 'gcp.vertex_ai',
  'google.generative-ai': 'gcp.gemini',
  'google.vertex': 'gcp.vertex_ai',
  google_genai: 'gcp.gemini',
  google_vertexai: 'gcp.vertex_ai',
  googleai: 'gcp.gemini',
  grok: 'x_ai',
  'hugging face': 'huggingface',
  hugging_face: 'huggingface',
  ibm: 'ibm.watsonx.ai',
  'ibm.watson.ai': 'ibm.watsonx.ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  'oci.genai': 'oci',
  oci_genai: 'oci',
  'openai-chat': 'openai',
  'openai-responses': 'openai',
  together: 'together_ai',
  togetherai: 'together_ai',
  vertex: 'gcp.vertex_ai',
  'vertex ai': 'gcp.vertex_ai',
  vertex_ai: 'gcp.vertex_ai',
  vertex_ai_beta: 'gcp.vertex_ai',
  vertexai: 'gcp.vertex_ai',
  voyageai: 'voyage_ai',
  watsonx: 'ibm.watsonx.ai',
  xai: 'x_ai',
}

/** Frameworks that name themselves where the provider belongs. */
const frameworks = new Set([
  'ag2',
  'agent_framework',
  'agno',
  'autogen',
  'claude_agent_sdk',
  'crewai',
  'dspy',
  'function',
  'gcp.vertex.agent',
  'google_adk',
  'haystack',
  'langchain',
  'langgraph',
  'litellm',
  'llama_index',
  'llamaindex',
  'microsoft.agent_framework',
  'openai_agents',
  'pydantic_ai',
  'semantic_kernel',
  'smolagents',
  'spring_ai',
  'strands-agents',
  'strands_agents',
])

/**
 * `gen_ai.provider.name` for what an emitter calls a provider; a name that isn't known is kept as it is, in lower case.
 * `undefined` for the name of a framework. The AI SDK and Mirascope add the API: `openai.responses`, `openai:completions`.
 */
function standardProvider(name: string): string | undefined {
  const lower = name.toLowerCase()
  if (frameworks.has(lower)) return undefined
  for (
    let head = lower;
    head !== '';
    head = head.slice(0, Math.max(head.lastIndexOf('.'), head.lastIndexOf(':'), 0))
  ) {
    const standard = standardNames[head]
    if (standard !== undefined) return standard
    if (apis.has(head)) return head
  }
  return lower.replace(apiSuffix, '')
}

/** What the AI SDK says after the name of any provider: `deepinfra.chat`, `vercel.image`. */
const apiSuffix =
  /\.(chat|completion|responses|messages|embedding|image|speech|transcription|video|reranking)$/

/** Providers whose name is already the standard one, whatever API stands behind it. */
const apis = new Set([
  'openai',
  'anthropic',
  'cohere',
  'deepseek',
  'groq',
  'perplexity',
  'openrouter',
  'fireworks',
  'cerebras',
  'aws.bedrock',
  'azure.ai.openai',
  'azure.ai.inference',
  'gcp.gemini',
  'gcp.vertex_ai',
  'gcp.gen_ai',
  'ibm.watsonx.ai',
])

/** Ids that only Bedrock gives out: with their maker, of an inference profile, as an ARN. */
const bedrockId =
  /^(arn:aws[\w-]*:bedrock:|((us|us-gov|eu|apac|au|jp|ca|global)\.)?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|stability|writer|twelvelabs|luma)\.)/

/** Most ids have neither a dot nor a colon in them, and need no pattern. */
function isBedrockId(model: string): boolean {
  return (model.includes('.') || model.startsWith('arn:')) && bedrockId.test(model)
}

/** Beginnings of model ids that only one provider gives out. */
const modelBeginnings: readonly (readonly [RegExp, string])[] = [
  [/-v\d+:\d+(:|$)/, 'aws.bedrock'],
  [/^(projects|publishers)\//, 'gcp.vertex_ai'],
  [/^(ft:)?(gpt-|o\d(-|$)|chatgpt-|text-embedding-|davinci|dall-e|whisper|tts-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^(models\/)?(gemini-|gemma-|imagen-|veo-)/, 'gcp.gemini'],
  [/^(mistral-|ministral-|codestral|magistral|pixtral)/, 'mistral_ai'],
  [/^(command|embed-|rerank-)/, 'cohere'],
  [/^deepseek-/, 'deepseek'],
  [/^grok-/, 'x_ai'],
  [/^(sonar)/, 'perplexity'],
  [/^voyage-/, 'voyage_ai'],
]

/** The provider of a span that names none, as far as its model id tells. */
function providerOfModel(model: string): string | undefined {
  if (isBedrockId(model)) return 'aws.bedrock'
  const [, prefix] = /^([\w.-]+)[/:]/.exec(model) ?? []
  if (prefix !== undefined) {
    const named = standardProvider(prefix)
    if (named !== undefined && (apis.has(named) || Object.values(standardNames).includes(named))) return named
  }
  return modelBeginnings.find(([beginning]) => beginning.test(model))?.[1]
}

/**
 * Who bills, by what the span calls the provider and the model. Instrumentations of a maker's SDK name the maker also where
 * the call goes to Bedrock; its ids say so.
 */
export function billingProvider(name: string | undefined, model: string | undefined): string | undefined {
  const provider = name === undefined ? undefined : standardProvider(name)
  if (model === undefined) return provider
  if (provider === undefined) return providerOfModel(model)
  return makers.has(provider) && isBedrockId(model) ? 'aws.bedrock' : provider
}

const makers = new Set(['ai21', 'amazon', 'anthropic', 'cohere', 'deepseek', 'meta', 'mistral_ai', 'openai'])
