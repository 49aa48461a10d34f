/**
 * The segment behind `marker` in a path, decoded: `/openai/deployments/my%20gpt/chat/completions` behind
 * `/deployments/` is `my gpt`.
 */
export function segmentAfter(path: string, marker: string): string | undefined {
  const start = path.indexOf(marker)
  if (start === -1) return undefined
  const from = start + marker.length
  const end = path.indexOf('/', from)
  return decoded(path.slice(from, end === -1 ? undefined : end))
}

/** Whether behind `marker` stands one segment, and nothing behind that. */
export function endsOneAfter(path: string, marker: string): boolean {
  const start = path.indexOf(marker)
  return start !== -1 && !path.includes('/', start + marker.length)
}

/** `my-gpt` in Azure's `/openai/deployments/my-gpt/...`, and in what Cloudflare's gateway makes of it: `/azure-openai/resource/my-gpt/...`. */
export function deploymentOf(path: string): string | undefined {
  const resource = segmentAfter(path, '/azure-openai/')
  return segmentAfter(path, '/deployments/') ?? (resource && segmentAfter(path, `/azure-openai/${resource}/`))
}

/**
 * OpenRouter keeps what a request to `/api/v1/presets/name/chat/completions` asks for, and carries out nothing:
 * https://openrouter.ai/docs/guides/features/presets
 */
export function isPreset(path: string): boolean {
  return path.includes('/api/v1/presets/')
}

/** Completions of chats by other names than `/chat/completions`: Mistral's agents, Inception's edits of code. */
export const CHATS: readonly string[] = ['/agents/completions', '/edit/completions', '/apply/completions']

/** What stands behind the last slash, as it is. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether the path ends in one of these. No allocation. */
export function endsWithAny(path: string, ends: readonly string[]): boolean {
  for (const end of ends) if (path.endsWith(end)) return true
  return false
}

/**
 * Whether a path ends in a method of Google's, behind a colon: `.../models/gemini-2.5-flash:generateContent`. Clients that encode
 * the last segment as a whole write `%3A`. No allocation.
 */
export function endsInMethod(path: string, method: string): boolean {
  if (!path.endsWith(method)) return false
  const colon = path.length - method.length - 1
  return path.charCodeAt(colon) === 0x3a || path.startsWith('%3A', colon - 2)
}

/** Percent-decoded; as it is where it can't be. Empty is `undefined`. */
export function decoded(text: string): string | undefined {
  if (text === '') return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
