/**
 * The segment after `marker` in a path, decoded: `my gpt` for `/deployments/` in
 * `/openai/deployments/my%20gpt/chat/completions`.
 */
export function segmentAfter(path: string, marker: string): string | undefined {
  const start = path.indexOf(marker)
  if (start === -1) return undefined
  const from = start + marker.length
  const end = path.indexOf('/', from)
  return decoded(path.slice(from, end === -1 ? undefined : end))
}

/** Whether exactly one segment follows `marker`. */
export function endsOneAfter(path: string, marker: string): boolean {
  const start = path.indexOf(marker)
  return start !== -1 && !path.includes('/', start + marker.length)
}

/**
 * `my-gpt` in Azure's `/openai/deployments/my-gpt/...` or, on Cloudflare's gateway,
 * `/azure-openai/resource/my-gpt/...`.
 */
export function deploymentOf(path: string): string | undefined {
  const resource = segmentAfter(path, '/azure-openai/')
  return segmentAfter(path, '/deployments/') ?? (resource && segmentAfter(path, `/azure-openai/${resource}/`))
}

/**
 * A request to `/api/v1/presets/name/chat/completions` makes OpenRouter store its settings, and call no model:
 * https://openrouter.ai/docs/guides/features/presets
 */
export function isPreset(path: string): boolean {
  return path.includes('/api/v1/presets/')
}

/** What follows the last slash, not decoded. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether the path ends in one of these. No allocation. */
export function endsWithAny(path: string, ends: readonly string[]): boolean {
  for (const end of ends) if (path.endsWith(end)) return true
  return false
}

/** Percent-decoded, or unchanged if that fails; `undefined` if empty. */
export function decoded(text: string): string | undefined {
  if (text === '') return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
