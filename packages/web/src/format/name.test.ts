import { expect, it } from 'vitest'
import { formatName } from './name.ts'

it.each([
  ['faq-bot', 'faq-bot'],
  ['team 👩‍👩‍👧', 'team 👩‍👩‍👧'],
  [null, 'untagged'],
  [' ', '" "'],
  ['end ', '"end "'],
  ['two\nlines', 'two\\nlines'],
  ['abc\u202edef', 'abc\\u{202e}def'],
  ['\u001b[31m', '\\u{1b}[31m'],
])('%j is shown as %s', (value, name) => {
  expect(formatName(value)).toBe(name)
})
