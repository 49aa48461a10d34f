import { readFileSync } from 'node:fs'
import type { AuthConfig } from '../config/types.ts'
import { basicCredential, bearerCredential, type Credential } from './authentication.ts'

/** Credentials from files; `reload` reads them again, and keeps the old ones if that fails. */
export interface CredentialStore {
  current(): readonly Credential[]
  reload(): void
}

/** @throws if a file can't be read or holds no token. */
export function createCredentialStore(config: AuthConfig | undefined): CredentialStore {
  let credentials = config === undefined ? [] : read(config)
  return {
    current: () => credentials,
    reload() {
      credentials = config === undefined ? [] : read(config)
    },
  }
}

function read({ bearerTokenFile, basic, tenants }: AuthConfig): readonly Credential[] {
  return [
    ...(bearerTokenFile === undefined
      ? []
      : readLines(bearerTokenFile).map((token) => bearerCredential(token))),
    ...(basic === undefined
      ? []
      : readLines(basic.passwordFile).map((password) => basicCredential(basic.username, password))),
    ...tenants.flatMap(({ tenant, bearerTokenFile: file }) =>
      readLines(file).map((token) => bearerCredential(token, { tenant })),
    ),
  ]
}

/** Several lines allow for rotation: the old and the new secret side by side for a while. */
function readLines(path: string): string[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0) throw new Error(`${path} holds no secret; put one on each line`)
  return lines
}
