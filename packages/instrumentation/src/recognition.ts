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
  /** No provider is known for the host: it is taken to be the one whose API this is. */
  readonly isAssumed?: boolean
}

/** What calls to one path of one host have been found to be. */
interface Remembered {
  readonly port: number | undefined
  readonly recognised: Recognised
}

export type Recognise = (head: RequestHead) => Recognised | undefined

/** How many addresses are remembered. An app calls few, unless their paths contain ids. */
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

  // Who bills depends on the address alone, and there are hundreds of providers to ask.
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

/** The provider that a response names in its headers, where the address didn't tell. */
export function signerOf(
  { isAssumed }: Recognised,
  response: ObservedResponse | undefined,
): string | undefined {
  if (isAssumed !== true || response === undefined) return undefined
  signing ??= loadFamilies().providers.filter(({ signer }) => signer !== undefined)
  for (const { signer } of signing) {
    const name = signer?.(response.header)
    if (name !== undefined) return name
  }
  return undefined
}

type CandidatesFor = (path: string) => readonly ApiFlavor[]

/** The flavors that may be spoken at paths with a given ending. */
interface Candidates {
  /** For paths that contain any marker. */
  readonly withMarked: readonly ApiFlavor[]
  readonly others: readonly ApiFlavor[]
}

/**
 * The end of a path rules out most flavors, and most others need a marker that isn't in it. Only those that are left
 * are asked, in order.
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

/** What follows the last slash or colon; a colon may be percent-encoded. */
function endingOf(path: string): string {
  const encoded = path.lastIndexOf('%3A')
  const behind = Math.max(path.lastIndexOf('/'), path.lastIndexOf(':'), encoded === -1 ? -1 : encoded + 2)
  return path.slice(behind + 1)
}

/** Apps call the same address again and again: the result for the last path is kept. */
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

/** One expression takes a tenth of the time of searching for each text in turn. */
function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(texts.map((text) => text.replace(/\W/g, '\\$&')).join('|'))
}

function firstMatch(candidates: readonly ApiFlavor[], head: RequestHead): ApiFlavor | undefined {
  for (const candidate of candidates) if (candidate.matches(head)) return candidate
  return undefined
}
