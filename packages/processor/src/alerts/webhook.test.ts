import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { postAlerts } from './webhook.ts'

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return await listenLocally(server)
}

function post(url: string): Promise<void> {
  return postAlerts({ webhook: { url, format: 'slack' } }, [], new AbortController().signal)
}

test('what a webhook says to alerts that it takes is not waited for', async () => {
  const port = await serve((_request, response) => response.writeHead(200).flushHeaders())
  await post(`http://127.0.0.1:${port}/`)
})

test('a webhook whose refusal breaks off has not been told', async () => {
  const port = await serve((_request, response) => {
    response.writeHead(503, { 'content-length': 100 })
    response.write('sorry', () => response.destroy())
  })
  await expect(post(`http://127.0.0.1:${port}/`)).rejects.toThrow(/^the alerts webhook did not answer: /)
})

test('a webhook without TLS is no reason to look at an exporter', async () => {
  const port = await serve((_request, response) => response.end())
  const error = await post(`https://127.0.0.1:${port}/hush`).catch(({ message }: Error) => message)
  expect(error).toContain('WRONG_VERSION_NUMBER')
  expect(error).not.toMatch(/endpoint|hush/)
})

test('a user and a password in the address of a webhook are sent as what they are', async () => {
  const authorizations: (string | undefined)[] = []
  const port = await serve(({ headers }, response) => {
    authorizations.push(headers.authorization)
    response.end()
  })
  await post(`http://ann:hush@127.0.0.1:${port}/`)
  expect(authorizations).toEqual([`Basic ${Buffer.from('ann:hush').toString('base64')}`])
})

test('that the proxy on the way to a webhook is none is a reason why it was not told', async () => {
  vi.stubEnv('HTTPS_PROXY', 'ftp://proxy')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(post('https://hooks.invalid/hush')).rejects.toThrow(
    /^the alerts webhook did not answer: HTTPS_PROXY is not a proxy/,
  )
})
