import { readFileSync } from 'node:fs'
import type { SecureContextOptions } from 'node:tls'
import type { TlsServerConfig } from '../config/types.ts'

/** Certificates that can change under a running server. */
export interface ReloadableTls {
  options(): SecureContextOptions & { requestCert?: boolean; rejectUnauthorized?: boolean }
  onReload(listener: (options: SecureContextOptions) => void): void
  /** Reads the files again. @throws if they can't be read; servers then keep what they have. */
  reload(): void
}

/** Server-side TLS from files; with `clientCaFile`, clients must present a certificate it signed (mTLS). */
export function createServerTls(config: TlsServerConfig): ReloadableTls {
  let current = read(config)
  const listeners: ((options: SecureContextOptions) => void)[] = []
  return {
    options: () => ({
      ...current,
      ...(config.clientCaFile === undefined ? {} : { requestCert: true, rejectUnauthorized: true }),
    }),
    onReload(listener) {
      listeners.push(listener)
    },
    reload() {
      current = read(config)
      for (const listener of listeners) listener(current)
    },
  }
}

function read({ certFile, keyFile, clientCaFile, minVersion }: TlsServerConfig): SecureContextOptions {
  return {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    minVersion,
    ...(clientCaFile === undefined ? {} : { ca: readFileSync(clientCaFile) }),
  }
}
