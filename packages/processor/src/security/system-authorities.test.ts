import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import { expect, test, vi } from 'vitest'
import { hasOpenssl, makeCertificate } from '../../../../test/conformance/support/certificates.ts'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { trustSystemAuthorities } from './system-authorities.ts'

test.skipIf(!hasOpenssl || process.platform !== 'linux')(
  'who signed for this machine is trusted, beside those that Node brings along',
  async () => {
    const directory = temporaryDirectory()
    const { cert, key } = makeCertificate(directory, 'server')
    process.env.SSL_CERT_FILE = cert
    const server = createServer(
      { cert: readFileSync(cert), key: readFileSync(key) },
      (_request, response) => {
        response.end()
      },
    )
    const port = await listenLocally(server)
    const status = () =>
      new Promise((resolve) => {
        request({ host: '127.0.0.1', port, agent: false }, (response) => resolve(response.statusCode))
          .on('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
          .end()
      })
    expect(await status()).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    trustSystemAuthorities()
    expect(await status()).toBe(200)
    await new Promise((resolve) => server.close(resolve))
  },
)

test('where Node cannot be told whom to trust, before 22.19, it is left as it is', async () => {
  vi.doMock('node:tls', () => ({ default: { getCACertificates: () => [] } }))
  vi.resetModules()
  const older = await import('./system-authorities.ts')
  vi.doUnmock('node:tls')
  expect(older.trustSystemAuthorities).not.toThrow()
})
