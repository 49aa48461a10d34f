import type { AuthConfig, TlsServerConfig } from '../config/types.ts'
import { type Authenticate, createAuthenticate } from './authentication.ts'
import { createCredentialStore } from './credentials.ts'
import { createServerTls, type ReloadableTls } from './tls.ts'

/** Who may use one listening address, and how the connection is protected. */
export interface Access {
  readonly authenticate: Authenticate
  /** No credentials are asked for. */
  readonly isOpen: boolean
  readonly tls: ReloadableTls | undefined
  /** Reads certificates and secrets again. @throws if one can't be read; the old ones then stay. */
  reload(): void
}

/** @throws if a certificate or secret can't be read. */
export function createAccess(config: {
  readonly auth: AuthConfig | undefined
  readonly tls: TlsServerConfig | undefined
}): Access {
  const credentials = createCredentialStore(config.auth)
  const tls = config.tls && createServerTls(config.tls)
  return {
    authenticate: createAuthenticate(() => credentials.current()),
    isOpen: config.auth === undefined,
    tls,
    reload() {
      credentials.reload()
      tls?.reload()
    },
  }
}
