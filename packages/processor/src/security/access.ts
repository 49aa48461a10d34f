import type { AuthConfig, TlsServerConfig } from '../config/types.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { type Authenticate, createAuthenticate } from './authentication.ts'
import { createCredentialStore, credentialFiles } from './credentials.ts'
import { reloadOnChange } from './reload-on-change.ts'
import { createServerTls, type ReloadableTls, tlsFiles } from './tls.ts'

/** Who may use an endpoint, and how its connections are protected. */
export interface Access {
  readonly authenticate: Authenticate
  /** Whether no credentials are required. */
  readonly isOpen: boolean
  readonly tls: ReloadableTls | undefined
  /** Reads certificates and secrets again, and returns what takes them over. @throws if one is wrong. */
  prepareReload(): () => void
  /** Takes over files that change from now on, within their `reload_interval`. If a file is wrong, nothing changes. */
  watch(log: RateLimitedLogger): { close(): void }
}

interface AccessConfig {
  readonly auth: AuthConfig | undefined
  readonly tls: TlsServerConfig | undefined
}

/** @throws if a certificate or secret can't be read. */
export function createAccess({ auth, tls: tlsConfig }: AccessConfig): Access {
  const credentials = createCredentialStore(auth)
  const tls = tlsConfig && createServerTls(tlsConfig)
  const prepareReload = (): (() => void) => {
    const takeOver = [credentials.prepareReload(), tls?.prepareReload()]
    return () => {
      for (const one of takeOver) one?.()
    }
  }
  return {
    authenticate: createAuthenticate(() => credentials.current()),
    isOpen: auth === undefined,
    tls,
    prepareReload,
    watch(log) {
      const onWrong = (error: unknown): void => {
        const message = 'a changed certificate or secret cannot be used; the previous one stays in use'
        log.warn('reload', { err: error }, message)
      }
      const watchers = [
        reloadOnChange(auth ? credentialFiles(auth) : [], auth?.reloadInterval ?? 0, prepareReload, onWrong),
        reloadOnChange(
          tlsConfig ? tlsFiles(tlsConfig) : [],
          tlsConfig?.reloadInterval ?? 0,
          prepareReload,
          onWrong,
        ),
      ]
      return {
        close() {
          for (const watcher of watchers) watcher.close()
        },
      }
    },
  }
}
