import type { Provider } from './types.ts'

/** Whether a host is that domain or lies beneath it. No allocation. */
export function isWithin(host: string, domain: string): boolean {
  if (!host.endsWith(domain)) return false
  const before = host.length - domain.length - 1
  return before === -1 || host.charCodeAt(before) === 0x2e
}

/** A provider that is known by its domains alone, as most are. */
export function atDomains(name: string, ...domains: readonly string[]): Provider {
  return { name, matches: ({ host }) => domains.some((domain) => isWithin(host, domain)) }
}

/** Whether the first label of a host is that name, as of a service in a container network: `ollama`, `vllm.models.svc`. */
export function isServiceNamed(host: string, name: string): boolean {
  return host.startsWith(name) && (host.length === name.length || /[.-]/.test(host.charAt(name.length)))
}

/**
 * Hugging Face's router, which passes requests on to the provider named at the beginning of the path:
 * https://huggingface.co/docs/inference-providers
 */
export const HUGGINGFACE_ROUTER = 'router.huggingface.co'

/**
 * Whether Cloudflare's AI gateway passes a request on to the provider to which this segment of the path belongs,
 * https://developers.cloudflare.com/ai-gateway/usage/providers/
 */
export function isPassedOnTo(host: string, path: string, segment: string): boolean {
  return host === 'gateway.ai.cloudflare.com' && path.includes(segment)
}
