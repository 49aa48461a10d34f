import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles } from '../../collector-config/scripts/generated-files.ts'

const directory = join(import.meta.dirname, '../../collector-config')

describe('generated files', () => {
  it.each([...generatedFiles()])(
    '%s is what its source makes; npm run generate:backends',
    (path, content) => {
      expect(readFileSync(join(directory, path), 'utf8')).toBe(content)
    },
  )

  it('has no dashboard without a source', () => {
    const made = [...generatedFiles().keys()].filter((path) => path.startsWith('grafana/dashboards/'))
    expect(
      readdirSync(join(directory, 'grafana/dashboards'))
        .map((name) => `grafana/dashboards/${name}`)
        .sort(),
    ).toEqual(made.sort())
  })

  it('shows no message content on any dashboard', () => {
    for (const [path, content] of generatedFiles()) {
      expect(content, path).not.toMatch(
        /messages|prompt\b.*select|gen_ai\.(prompt|completion)|system_instructions/,
      )
    }
  })
})
