/** What emitters call providers, in lower case, to `gen_ai.provider.name`. A name that isn't here is kept as it is. */
const standardNames: Readonly<Record<string, string>> = {
  vertex_ai: 'gcp.vertex_ai',
  gemini: 'gcp.gemini',
  'az.ai.inference': 'azure.ai.inference',
  'az.ai.openai': 'azure.ai.openai',
  xai: 'x_ai',
}

export function standardProvider(name: string): string {
  const lower = name.toLowerCase()
  return Object.hasOwn(standardNames, lower) ? standardNames[lower]! : lower
}
