import { readFileSync } from 'node:fs'
import type { SecureContextOptions } from 'node:tls'
import type { TlsClientConfig } from '../config/types.ts'

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
