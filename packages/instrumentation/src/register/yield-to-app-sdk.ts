import { callingApiVersion } from './calling-api-version.ts'

/**
 * The global that every copy of `@opentelemetry/api` 1.x keeps its registrations in.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const API = Symbol.for('opentelemetry.js.api.1')

type ApiRegistrations = Record<string, unknown> & { readonly version: string }
type Globals = { [API]?: ApiRegistrations }

/** Whether the app, or another preload, has registered its own. */
export function isRegistered(name: 'trace' | 'diag'): boolean {
  return (globalThis as Globals)[API]?.[name] !== undefined
}

/**
 * Lets an app that sets up OpenTelemetry itself, later, do so: ours steps back the moment another is registered, where
 * it would be refused as a duplicate. An app with metrics of its own, say, still gets our spans; one with traces of its
 * own gets nothing of ours any more.
 *
 * To register something, a copy of the API first assigns the global (which a look-up never does), then checks whether
 * the name is taken, and last whether the global has its own version. If that were ours, most apps' own set-up would be
 * refused.
 *
 * @param onYield called with the name of each registration that is given up: `trace`, `metrics`, ...
 */
export function yieldToAppSdk(onYield: (name: string) => void): void {
  const globals = globalThis as Globals
  const registered = globals[API]
  if (registered === undefined) return
  const ours: Record<string, unknown> = { ...registered }
  const shared: Record<string, unknown> = {}
  let registering: string | undefined

  const isOurs = (name: string): boolean => Object.getOwnPropertyDescriptor(shared, name)?.get !== undefined

  const stepBack = (name: string): undefined => {
    const given = name === 'trace' ? Object.keys(ours) : [name]
    for (const each of given.filter(isOurs)) {
      delete shared[each]
      onYield(each)
    }
    if (name !== 'trace') return
    shared.version = registering ?? registered.version
    Object.defineProperty(globals, API, {
      value: shared,
      writable: true,
      configurable: true,
      enumerable: true,
    })
  }

  for (const name of Object.keys(ours)) {
    Object.defineProperty(shared, name, {
      configurable: true,
      enumerable: true,
      get() {
        if (registering === undefined) return ours[name]
        if (name !== 'version') return name === 'diag' ? ours[name] : stepBack(name)
        const version = registering
        registering = undefined
        return version
      },
      set(value) {
        Object.defineProperty(shared, name, { value, writable: true, configurable: true, enumerable: true })
      },
    })
  }
  Object.defineProperty(globals, API, {
    configurable: true,
    enumerable: true,
    get: () => shared,
    set() {
      registering = callingApiVersion() ?? registered.version
    },
  })
}
