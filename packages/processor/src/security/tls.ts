import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsServerConfig } from '../config/types.ts'
import { certificateError } from './certificate-error.ts'

/** Certificates that can change under a running server. */
export interface ReloadableTls {
  options(): SecureContextOptions & { requestCert?: boolean; rejectUnauthorized?: boolean }
  onReload(listener: (options: SecureContextOptions) => void): void
  /** Reads the files again, and returns what takes them over. @throws if they can't be used. */
  prepareReload(): () => void
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
    prepareReload() {
      const next = read(config)
      return () => {
        current = next
        for (const listener of listeners) listener(next)
      }
    },
  }
}

export function tlsFiles({ certFile, keyFile, clientCaFile }: TlsServerConfig): string[] {
  return [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])]
}

function read({ certFile, keyFile, clientCaFile, minVersion }: TlsServerConfig): SecureContextOptions {
  const options: SecureContextOptions = {
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    minVersion,
    ...(clientCaFile === undefined ? {} : { ca: readFileSync(clientCaFile) }),
  }
  // Finds errors before the new files are taken over, such as a key that doesn't match because only one file has been replaced.
  try {
    createSecureContext(options)
  } catch (error) {
    throw certificateError([certFile, keyFile, clientCaFile], error)
  }
  return options
}
