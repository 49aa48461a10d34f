import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from './generated-files.ts'

// npm run generate:backends
for (const [path, content] of generatedFiles()) writeFileSync(join(import.meta.dirname, '..', path), content)
