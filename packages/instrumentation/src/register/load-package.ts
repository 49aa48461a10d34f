/** Loads a package that few apps need, when it is needed, so that the start of the others doesn't wait for it. */
export function loadPackage<T>(name: string): T {
  // An app's bundler neither follows this nor warns of it.
  const { createRequire } = process.getBuiltinModule('node:module')
  try {
    return createRequire(import.meta.url)(name) as T
  } catch (cause) {
    // A bundled app may have no packages beside it.
    throw new Error(`${name} can't be loaded`, { cause })
  }
}
