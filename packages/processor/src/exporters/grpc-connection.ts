import type { Socket } from 'node:net'
import type { ExporterConfig } from '../config/types.ts'
import type { ClientConnection } from '../http2/client-connection.ts'
import { tunnelTo } from '../network/environment-proxy.ts'
import { clientTls } from './client-tls.ts'
import { connectHttp2 } from './connect-http2.ts'
import { openTunnel } from './proxy-tunnel.ts'

/** The connection to one server: opened when it is first needed, and replaced when it can't be used any more. */
export class GrpcConnection {
  readonly #server: URL
  readonly #proxy: URL | undefined
  readonly #config: Pick<ExporterConfig, 'tls' | 'timeout'>
  #open: ClientConnection | undefined
  #opening: Promise<ClientConnection> | undefined
  #isClosed = false

  /** @throws ProxyError */
  constructor(server: URL, config: Pick<ExporterConfig, 'tls' | 'timeout'>) {
    this.#server = server
    this.#proxy = server.protocol === 'https:' ? tunnelTo(server) : undefined
    this.#config = config
  }

  get(): ClientConnection | Promise<ClientConnection> {
    if (this.#open?.isUsable === true) return this.#open
    if (this.#proxy === undefined) return this.#connect()
    this.#opening ??= openTunnel(this.#proxy, this.#server, this.#config.timeout)
      .then((tunnel) => this.#connect(tunnel))
      .finally(() => {
        this.#opening = undefined
      })
    return this.#opening
  }

  #connect(tunnel?: Socket): ClientConnection {
    this.#open = connectHttp2(this.#server, clientTls(this.#config.tls), tunnel)
    if (this.#isClosed) this.#open.destroy()
    return this.#open
  }

  close(): void {
    this.#isClosed = true
    this.#open?.destroy()
  }
}
