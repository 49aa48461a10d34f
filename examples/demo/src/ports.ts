import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** The port itself if it is free on loopback, else one that is. */
export async function freePort(preferred: number): Promise<number> {
  const server = createServer()
  try {
    server.listen(preferred, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
