const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Where the server of a URL listens; IPv6 without brackets. */
export function addressOf({ protocol, hostname, port }: URL): {
  readonly host: string
  readonly port: number
} {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || PORTS[protocol]) }
}
