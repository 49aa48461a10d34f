import { createProgram } from './index.ts'

/**
 * Runs the command line.
 *
 * @param argv as `process.argv`.
 */
export async function main(argv: readonly string[]): Promise<void> {
  await createProgram().parseAsync([...argv])
}
