import { createServer } from 'node:net'
import { listenLocally } from './listen-locally.ts'

/** Ports that were free a moment ago, for programs that can't say which one they took. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(servers.map(listenLocally))
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  return ports
}
