import { asName } from '../../wire/json.ts'
import { decoded } from './paths.ts'

const MARKERS = ['/models/', '/tunedModels/', '/endpoints/']

/**
 * The model in `.../publishers/google/models/gemini-2.5-flash:generateContent`; on a Vertex endpoint, the endpoint's
 * id. Clients generated from the API's description write `models%2Fgemini-2.5-flash`.
 */
export function googleModelOf(address: string): string | undefined {
  const path = decoded(address) ?? ''
  for (const marker of MARKERS) {
    const start = path.lastIndexOf(marker)
    if (start === -1) continue
    const end = path.indexOf(':', start)
    return asName(path.slice(start + marker.length, end === -1 ? undefined : end))
  }
  return undefined
}
