// node packages/instrumentation/scripts/fetch-nodes.mjs
// Puts the Node.js versions that the register tests run on into .cache/nodes, from the npm registry.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'

export const NODE_VERSIONS = ['18.20.8', '20.18.0', '22.15.0', '26.10.0']
const cache = path.join(import.meta.dirname, '..', '.cache', 'nodes')

for (const version of NODE_VERSIONS) {
  const folder = path.join(cache, version)
  if (existsSync(path.join(folder, 'package', 'bin', 'node'))) continue
  mkdirSync(folder, { recursive: true })
  const name = `node-${process.platform}-${process.arch}@${version}`
  const archive = execFileSync('npm', ['pack', name, '--silent'], { cwd: folder, encoding: 'utf8' }).trim()
  execFileSync('tar', ['xzf', archive, 'package/bin/node'], { cwd: folder })
  rmSync(path.join(folder, archive))
  console.log(`Node ${version}`)
}
