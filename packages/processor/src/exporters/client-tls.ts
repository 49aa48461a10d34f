import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsClientConfig } from '../config/types.ts'
import { certificateError } from '../security/certificate-error.ts'

/** TLS towards a destination: its certificate is checked unless told otherwise. */
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

/** @throws where a file can't be read, or a key is not its certificate's: only one of the two may have been replaced yet. */
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
