import { expect, test } from 'vitest'
import { detectResource } from './resource.ts'

test('what takes a while to be found out settles by itself, before anything is exported', async () => {
  const resource = detectResource()
  await expect.poll(() => resource.asyncAttributesPending).toBe(false)
  expect(resource.attributes).toMatchObject({ 'process.pid': process.pid, 'host.name': expect.any(String) })
})
