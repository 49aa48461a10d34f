/** A text as an SQL literal. */
export function sqlString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** A time as an SQL literal; the ledger has times in UTC. */
export function sqlTime(moment: Date): string {
  return `TIMESTAMP '${moment.toISOString().replace('T', ' ').replace('Z', '')}'`
}
