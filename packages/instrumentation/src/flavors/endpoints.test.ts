import { describe, expect, test } from 'vitest'
import { requestHeadFromUrl } from '../request-head.ts'
import { flavorFinder } from './endpoints.ts'
import { flavors } from './find-flavor.ts'
import type { ApiFlavor } from './types.ts'

/** Flavors that are named after their only endpoint. */
function foundAmong(endpoints: readonly string[], method: string, url: string): string | undefined {
  const named = endpoints.map((name) => ({ name, endpoints: [name] }) as Partial<ApiFlavor> as ApiFlavor)
  return flavorFinder(named)(requestHeadFromUrl(method, url)!)?.name
}

describe('endpoints', () => {
  test.each([
    ['POST /v1/chat', 'https://x.example/behind/a/gateway/v1/chat'],
    ['POST api.x.example/chat', 'https://api.x.example/chat'],
    ['POST *.x.example/chat', 'https://x.example/chat'],
    ['POST *.x.example/chat', 'https://eu.api.x.example/chat'],
    ['POST api-*.x.example/chat', 'https://api-eu.x.example/chat'],
    ['POST /models/{model}/chat', 'https://x.example/models/m/chat'],
    ['POST /models/{model...}:chat', 'https://x.example/models/a/b%3Achat'],
  ])('%s is at %s', (endpoint, url) => {
    expect(foundAmong([endpoint], 'POST', url)).toBe(endpoint)
    expect(foundAmong([endpoint], 'GET', url)).toBeUndefined()
  })

  test.each([
    ['POST api.x.example/chat', 'https://x.example/chat'],
    ['POST api.x.example/chat', 'https://api.x.example/v1/chat'],
    ['POST *.x.example/chat', 'https://notx.example/chat'],
    ['POST /models/{model}/chat', 'https://x.example/models/a/b/chat'],
  ])('%s is not at %s', (endpoint, url) => {
    expect(foundAmong([endpoint], 'POST', url)).toBeUndefined()
  })

  test('of several, the one of a host counts, then the one with most fixed characters, in whichever order they are listed', () => {
    const endpoints = [
      'POST /chat',
      'POST /v1/{version}/chat',
      'POST /v1/beta/chat',
      'POST *.x.example/{any...}',
    ]
    for (const listed of [endpoints, endpoints.toReversed()]) {
      const found = (path: string): unknown => foundAmong(listed, 'POST', `https://y.example${path}`)
      expect(['/chat', '/v1/2/chat', '/v1/beta/chat'].map(found)).toEqual(endpoints.slice(0, 3))
      expect(foundAmong(listed, 'POST', 'https://x.example/v1/beta/chat')).toBe(endpoints[3])
    }
  })

  test('no two flavors have the same', () => {
    const endpoints = flavors.flatMap((flavor) => flavor.endpoints)
    expect(endpoints).toEqual([...new Set(endpoints)])
  })
})
