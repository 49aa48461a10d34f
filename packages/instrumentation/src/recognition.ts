import type { MeteringConfiguration } from './configuration.ts'
import { loadFamilies } from './families.ts'
import type { ApiFlavor } from './flavors/types.ts'
import type { RequestHead } from './wire/types.ts'

/** What a request's method and address tell: which API it speaks and who will bill for it. */
export interface Recognised {
  readonly flavor: ApiFlavor
  /** `gen_ai.provider.name`. */
  readonly provider: string
}

export type Recognise = (head: RequestHead) => Recognised | undefined

/** How many addresses of calls are remembered: an app has few, but for deployments and ids in their paths. */
const MAX_REMEMBERED = 500

/** Called for every outgoing request of the app: what isn't an LLM call must cost well under a microsecond. */
export function createRecognition(configuration: MeteringConfiguration): Recognise {
  const { hosts, disabledProviders, ignoreRequestHook } = configuration
  let candidatesFor: CandidatesFor | undefined
  const remembered = new Map<string, Recognised>()
  return (head) => {
    candidatesFor ??= indexByEnding(
      loadFamilies().flavors.filter(({ name }) => !configuration.disabledFlavors.includes(name)),
    )
    const flavor = firstMatch(candidatesFor(head.path), head)
    if (flavor === undefined) return undefined
    // Who bills is told by host and path alone; there are many to ask.
    const address = `${flavor.name} ${head.host}${head.path}`
    let recognised = remembered.get(address)
    if (recognised === undefined) {
      const billing = loadFamilies().providers.find((candidate) => candidate.matches(head))
      const provider = hosts[head.host] ?? billing?.name ?? flavor.provider
      recognised = { flavor, provider }
      if (remembered.size === MAX_REMEMBERED) remembered.clear()
      remembered.set(address, recognised)
    }
    if (disabledProviders.includes(recognised.provider) || ignoreRequestHook?.(head) === true)
      return undefined
    return recognised
  }
}

type CandidatesFor = (path: string) => readonly ApiFlavor[]

/** Most flavors can be told by the end of a path not to be spoken there: only the others are asked, in their order. */
function indexByEnding(flavors: readonly ApiFlavor[]): CandidatesFor {
  const anywhere = flavors.filter(({ endings }) => endings === undefined)
  const byEnding = new Map<string, ApiFlavor[]>()
  for (const ending of new Set(flavors.flatMap(({ endings }) => endings ?? [])))
    byEnding.set(
      ending,
      flavors.filter(({ endings }) => endings?.includes(ending) ?? true),
    )
  return (path) => {
    const ending = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1)
    return byEnding.get(ending) ?? anywhere
  }
}

function firstMatch(candidates: readonly ApiFlavor[], head: RequestHead): ApiFlavor | undefined {
  for (const candidate of candidates) if (candidate.matches(head)) return candidate
  return undefined
}
