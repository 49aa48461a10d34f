import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alertRules } from '../../packages/processor/src/alerts/rules/index.ts'
import { havePrograms, runProgram } from './support/programs.ts'

const directory = join(import.meta.dirname, '../../collector-config/prometheus')
const rules = globSync(join(directory, 'rules/*.yml'))
const tests = globSync('tests/*.test.yml', { cwd: directory })

describe.skipIf(!havePrograms('promtool'))('Prometheus rules', () => {
  it('are valid, and of good style', async () => {
    await runProgram('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', ...rules])
  })

  it.each(tests)('%s passes', async (test) => {
    await runProgram('promtool', ['test', 'rules', join(directory, test)])
  })

  it('are each tested', () => {
    const tested = tests.map((test) => readFileSync(join(directory, test), 'utf8')).join('')
    expect(alertRules.map((rule) => rule.name).filter((name) => !tested.includes(name))).toEqual([])
  })
})
