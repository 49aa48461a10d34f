import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsClientConfig } from '../config/types.ts'
import { certificateError } from '../security/certificate-error.ts'

/** TLS options for a destination. Its certificate is checked unless the configuration says otherwise. */
export function clientTls({
  caFile,
  certFile,
  keyFile,
  insecureSkipVerify,
}: TlsClientConfig): SecureContextOptions & { rejectUnauthorized: boolean } {
  return {
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
    rejectUnauthorized: !insecureSkipVerify,
  }
}

/** @throws if a file can't be read, or key and certificate don't match, as when only one of them has been replaced yet. */
export function checkClientTls(config: TlsClientConfig): void {
  const options = clientTls(config)
  try {
    createSecureContext(options)
  } catch (error) {
    throw certificateError(clientTlsFiles(config), error)
  }
}

export function clientTlsFiles({ caFile, certFile, keyFile }: TlsClientConfig): string[] {
  return [caFile, certFile, keyFile].filter((file) => file !== undefined)
}
