import type { MeteringConfiguration } from './configuration.ts'
import { loadFamilies } from './families.ts'
import type { ApiFlavor } from './flavors/types.ts'
import type { Provider } from './providers/types.ts'
import type { ObservedResponse, RequestHead } from './wire/types.ts'

/** What a request's method and address tell: which API it speaks and who will bill for it. */
export interface Recognised {
  readonly flavor: ApiFlavor
  /** `gen_ai.provider.name`. */
  readonly provider: string
  /** Nobody claims the address: the provider is whose API it is. */
  readonly isAssumed?: boolean
}

/** What calls to one path of one host have been found to be. */
interface Remembered {
  readonly port: number | undefined
  readonly recognised: Recognised
}

export type Recognise = (head: RequestHead) => Recognised | undefined

/** How many addresses of calls are remembered: an app has few, but for deployments and ids in their paths. */
const MAX_REMEMBERED = 500

/** Called for every outgoing request of the app: what isn't an LLM call must cost well under a microsecond. */
export function createRecognition(configuration: MeteringConfiguration): Recognise {
  const { hosts, disabledProviders, ignoreRequestHook } = configuration
  let candidatesFor: CandidatesFor | undefined
  const byHost = new Map<string, Map<string, Remembered>>()
  let remembered = 0

  function recall(flavor: ApiFlavor, { host, path, port }: RequestHead): Recognised | undefined {
    const known = byHost.get(host)?.get(path)
    return known?.port === port && known?.recognised.flavor === flavor ? known.recognised : undefined
  }

  // Who bills is told by the address alone; there are many to ask.
  function remember(flavor: ApiFlavor, head: RequestHead): Recognised {
    const { host, path, port } = head
    const billing = loadFamilies().providers.find((candidate) => candidate.matches(head))
    const provider = hosts[host] ?? billing?.name
    const recognised = { flavor, provider: provider ?? flavor.provider, isAssumed: provider === undefined }
    if (remembered++ === MAX_REMEMBERED) {
      byHost.clear()
      remembered = 1
    }
    const paths = byHost.get(host) ?? new Map<string, Remembered>()
    byHost.set(host, paths.set(path, { port, recognised }))
    return recognised
  }

  return (head) => {
    candidatesFor ??= indexByPath(
      loadFamilies().flavors.filter(({ name }) => !configuration.disabledFlavors.includes(name)),
    )
    const flavor = firstMatch(candidatesFor(head.path), head)
    if (flavor === undefined) return undefined
    const recognised = recall(flavor, head) ?? remember(flavor, head)
    if (disabledProviders.includes(recognised.provider) || ignoreRequestHook?.(head) === true)
      return undefined
    return recognised
  }
}

let signing: readonly Provider[] | undefined

/** Who an answer says that it is of, where the address didn't tell. */
export function signerOf(
  { isAssumed }: Recognised,
  response: ObservedResponse | undefined,
): string | undefined {
  if (isAssumed !== true || response === undefined) return undefined
  signing ??= loadFamilies().providers.filter(({ signs }) => signs !== undefined)
  return signing.find(({ signs }) => signs?.(response.header) === true)?.name
}

type CandidatesFor = (path: string) => readonly ApiFlavor[]

/** Who may speak at paths of one ending. */
interface Candidates {
  /** Where the path has a marker in it. */
  readonly withMarked: readonly ApiFlavor[]
  readonly others: readonly ApiFlavor[]
}

/**
 * Most flavors can be told by the end of a path not to be spoken there, and most others by what isn't in it: only those that
 * are left are asked, in their order.
 */
function indexByPath(flavors: readonly ApiFlavor[]): CandidatesFor {
  const marked = anyOf(flavors.flatMap(({ markers = [] }) => markers))
  const endingIn = (ending: string | undefined): Candidates => {
    const withMarked = flavors.filter(
      ({ endings }) => endings === undefined || (ending !== undefined && endings.includes(ending)),
    )
    return { withMarked, others: withMarked.filter(({ markers }) => markers === undefined) }
  }
  const anywhere = endingIn(undefined)
  const byEnding = new Map<string, Candidates>()
  for (const ending of new Set(flavors.flatMap(({ endings }) => endings ?? [])))
    byEnding.set(ending, endingIn(ending))
  return keepLast((path) => {
    const { withMarked, others } = byEnding.get(endingOf(path)) ?? anywhere
    return marked.test(path) ? withMarked : others
  })
}

/** What stands behind the last slash or colon, also behind one that is encoded. */
function endingOf(path: string): string {
  const encoded = path.lastIndexOf('%3A')
  const behind = Math.max(path.lastIndexOf('/'), path.lastIndexOf(':'), encoded === -1 ? -1 : encoded + 2)
  return path.slice(behind + 1)
}

/** An app calls the same address again and again: who may speak there is found once. */
function keepLast(find: CandidatesFor): CandidatesFor {
  let lastPath: string | undefined
  let last: readonly ApiFlavor[] = []
  return (path) => {
    if (path !== lastPath) {
      last = find(path)
      lastPath = path
    }
    return last
  }
}

/** One expression finds all of them in a tenth of the time that looking for one after the other takes. */
function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(texts.map((text) => text.replace(/\W/g, '\\$&')).join('|'))
}

function firstMatch(candidates: readonly ApiFlavor[], head: RequestHead): ApiFlavor | undefined {
  for (const candidate of candidates) if (candidate.matches(head)) return candidate
  return undefined
}
