/** A text as an SQL literal. */
export function sqlString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** A moment as an SQL literal; the ledger keeps times in UTC. */
export function sqlTime(moment: Date): string {
  return `TIMESTAMP '${moment.toISOString().replace('T', ' ').replace('Z', '')}'`
}
