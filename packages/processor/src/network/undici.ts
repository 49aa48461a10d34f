import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The library, loaded where it is first needed: 20 MB and a tenth of a second that who has no TLS and no proxy is spared. */
export function undici(): typeof import('undici') {
  return require('undici')
}
