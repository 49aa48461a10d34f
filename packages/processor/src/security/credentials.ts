import { readFileSync } from 'node:fs'
import type { AuthConfig } from '../config/types.ts'
import { basicCredential, bearerCredential, type Credential } from './authentication.ts'

class SecretFileError extends Error {
  override readonly name = 'SecretFileError'
}

/** Credentials from files. */
export interface CredentialStore {
  current(): readonly Credential[]
  /** Reads the files again, and returns what takes them over. @throws if one is wrong. */
  prepareReload(): () => void
}

/** @throws if a file can't be read or holds no token. */
export function createCredentialStore(config: AuthConfig | undefined): CredentialStore {
  let credentials = config === undefined ? [] : read(config)
  return {
    current: () => credentials,
    prepareReload() {
      const next = config === undefined ? [] : read(config)
      return () => {
        credentials = next
      }
    },
  }
}

export function credentialFiles({ bearerTokenFile, basic, tenants }: AuthConfig): string[] {
  const files = [bearerTokenFile, basic?.passwordFile, ...tenants.map((pin) => pin.bearerTokenFile)]
  return files.filter((file) => file !== undefined)
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

/** There may be several secrets, for rotation: the old and the new one are valid side by side for a while. */
function readLines(path: string): string[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0) throw new SecretFileError(`${path} contains no secret; write one in each line`)
  return lines
}
