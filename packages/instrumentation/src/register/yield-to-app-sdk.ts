/**
 * The global that every copy of `@opentelemetry/api` 1.x keeps its registrations in.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/api/src/internal/global-utils.ts
 */
const API = Symbol.for('opentelemetry.js.api.1')

type ApiRegistrations = Record<string, unknown> & { readonly version: string }
type Globals = { [API]?: ApiRegistrations }

/** Whether the app, or another preload, has registered a tracer provider. */
export function hasSdk(): boolean {
  return (globalThis as Globals)[API]?.trace !== undefined
}

/**
 * Lets an app that sets up OpenTelemetry itself, later, do so: ours steps back the moment another is registered, where
 * it would be refused as a duplicate.
 *
 * A registration first assigns the global, which a look-up never does, and then looks whether its own place is taken.
 */
export function yieldToAppSdk(): void {
  const globals = globalThis as Globals
  const registered = globals[API]
  if (registered === undefined) return
  const ours: Record<string, unknown> = { ...registered }
  let registering = false

  const stepBack = (): undefined => {
    const left: ApiRegistrations = { version: registered.version }
    for (const [name, value] of Object.entries(shared))
      if (ours[name] !== value) Object.assign(left, { [name]: value })
    for (const name of Object.keys(ours)) delete shared[name]
    Object.assign(shared, left)
    Object.defineProperty(globals, API, {
      value: shared,
      writable: true,
      configurable: true,
      enumerable: true,
    })
    return undefined
  }

  const shared: Record<string, unknown> = {}
  for (const name of Object.keys(ours)) {
    Object.defineProperty(shared, name, {
      configurable: true,
      enumerable: true,
      get() {
        const asked = registering
        registering = false
        return asked && name !== 'version' && name !== 'diag' ? stepBack() : ours[name]
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
      registering = true
    },
  })
}
