import type { ObservedResponse } from '../wire/types.ts'

/** Portkey's names for providers, where they aren't ours with a hyphen. */
const NAMES: Readonly<Record<string, string>> = {
  'azure-ai': 'azure.ai.inference',
  'azure-openai': 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  dashscope: 'alibaba_cloud',
  google: 'gcp.gemini',
  jina: 'jina_ai',
  'lemonfox-ai': 'lemonfox',
  moonshot: 'moonshot_ai',
  'novita-ai': 'novita',
  'perplexity-ai': 'perplexity',
  'reka-ai': 'reka',
  sagemaker: 'aws.sagemaker',
  'vertex-ai': 'gcp.vertex_ai',
  voyage: 'voyage_ai',
  'workers-ai': 'cloudflare',
  zhipu: 'z_ai',
}

/** The provider that the headers of a response name; asked where no provider is known for the address. */
export function signerOf({ header }: ObservedResponse): string | undefined {
  if (header('server') === 'llama.cpp') return 'llamacpp'
  // The gateway, where users run it themselves, says which provider it asked, with the user's own key.
  const name = header('x-portkey-provider')
  return name ? (NAMES[name] ?? name.replaceAll('-', '_')) : undefined
}
