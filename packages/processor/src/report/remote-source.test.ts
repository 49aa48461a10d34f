import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { createRemoteSource } from './remote-source.ts'

afterEach(() => vi.unstubAllEnvs())

test.each([
  ['nothing', '', undefined, undefined],
  ['the token of the environment', '', 'hush', 'Bearer hush'],
  ['rather the user and the password of the address', 'ann:100%25@', 'hush', `Basic ${btoa('ann:100%')}`],
])('a running processor is asked with %s', async (_what, user, token, expected) => {
  vi.stubEnv('SPANMETER_TOKEN', token)
  let authorization: string | undefined
  const server = createServer((request, response) => {
    authorization = request.headers.authorization
    response.end('{}')
  })
  const port = await listenLocally(server)
  await createRemoteSource(`http://${user}127.0.0.1:${port}`).view('spend', {})
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  expect(authorization).toBe(expected)
})
