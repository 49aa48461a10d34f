import { expect, test } from 'vitest'
import { withCredentials } from './url-credentials.ts'

test('a password with a percent sign that begins nothing is sent as it is', () => {
  const { authorization } = withCredentials(new URL('https://ann:100%@otlp.example'), {})
  expect(authorization).toBe(`Basic ${Buffer.from('ann:100%').toString('base64')}`)
})

test('a header of the same name goes before', () => {
  const headers = { Authorization: 'Bearer hush' }
  expect(withCredentials(new URL('https://ann:secret@otlp.example'), headers)).toEqual(headers)
})
