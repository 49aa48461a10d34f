import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Makes a certificate for 127.0.0.1 and its key, signed by itself or by `ca`, one made before. */
export function makeCertificate(directory: string, name: string, ca?: string): { cert: string; key: string } {
  const [cert, key] = [join(directory, `${name}.crt`), join(directory, `${name}.key`)]
  const signer =
    ca === undefined ? [] : ['-CA', join(directory, `${ca}.crt`), '-CAkey', join(directory, `${ca}.key`)]
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  execFileSync('openssl', ['req', '-x509', ...options, '-keyout', key, '-out', cert, ...subject, ...signer], {
    stdio: 'ignore',
  })
  return { cert, key }
}

export const hasOpenssl: boolean = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
