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
  'gcp.vertex.agent': 'gcp.gemini',
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
  ibm: 'ibm.watsonx.ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
  moonshot: 'moonshot_ai',
  moonshotai: 'moonshot_ai',
  'openai-chat': 'openai',
  'openai-responses': 'openai',
  together: 'together_ai',
  togetherai: 'together_ai',
  vertex: 'gcp.vertex_ai',
  vertex_ai: 'gcp.vertex_ai',
  vertexai: 'gcp.vertex_ai',
  voyageai: 'voyage_ai',
  watsonx: 'ibm.watsonx.ai',
  xai: 'x_ai',
}

/** Frameworks that name themselves where the provider belongs. */
const frameworks = new Set([
  'strands-agents',
  'langchain',
  'llamaindex',
  'haystack',
  'crewai',
  'litellm',
  'function',
])

/**
 * `gen_ai.provider.name` for what an emitter calls a provider; a name that isn't known is kept as it is, in lower case.
 * `undefined` for the name of a framework. The AI SDK and Mirascope add the API: `openai.responses`, `openai:completions`.
 */
export function standardProvider(name: string): string | undefined {
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
  return lower
}

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

/** Beginnings of model ids that only one provider gives out. */
const modelBeginnings: readonly (readonly [RegExp, string])[] = [
  [/^((us|eu|apac|au|jp|global)\.)?(anthropic|amazon|meta|mistral|cohere|ai21|deepseek)\./, 'aws.bedrock'],
  [/^(gpt-|o\d(-|$)|chatgpt-|text-embedding-|davinci|dall-e|whisper|tts-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^(gemini-|imagen-|veo-)/, 'gcp.gemini'],
  [/^(mistral-|ministral-|codestral|magistral|pixtral)/, 'mistral_ai'],
  [/^(command|embed-|rerank-)/, 'cohere'],
  [/^deepseek-/, 'deepseek'],
  [/^grok-/, 'x_ai'],
  [/^(sonar)/, 'perplexity'],
  [/^voyage-/, 'voyage_ai'],
]

/** The provider of a span that names none, as far as its model id tells. */
export function providerOfModel(model: string): string | undefined {
  const slash = model.indexOf('/')
  if (slash > 0) {
    const named = standardProvider(model.slice(0, slash))
    if (named !== undefined && (apis.has(named) || Object.values(standardNames).includes(named))) return named
  }
  return modelBeginnings.find(([beginning]) => beginning.test(model))?.[1]
}
