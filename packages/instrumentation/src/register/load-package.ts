/** Loads what few apps use when it is wanted: the start of the others isn't to wait for it. */
export function loadPackage<T>(name: string): T {
  // An app's bundler neither follows this nor warns of it.
  const { createRequire } = process.getBuiltinModule('node:module')
  try {
    return createRequire(import.meta.url)(name) as T
  } catch (cause) {
    // An app that is bundled may have no packages beside it.
    throw new Error(`${name} can't be loaded`, { cause })
  }
}
