import { decoded } from './paths.ts'

const MARKERS = ['/models/', '/tunedModels/', '/endpoints/']

/** The model in `.../publishers/google/models/gemini-2.5-flash:generateContent`; a Vertex endpoint's id stands for one. */
export function googleModelOf(path: string): string | undefined {
  for (const marker of MARKERS) {
    const start = path.lastIndexOf(marker)
    if (start === -1) continue
    const end = path.indexOf(':', start)
    return decoded(path.slice(start + marker.length, end === -1 ? undefined : end))
  }
  return undefined
}
