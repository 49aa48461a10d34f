import type { DataSourceRef } from '@grafana/schema'

// Chosen by the dashboard's own variables, so that a dashboard works wherever it is imported.
export const prometheus: DataSourceRef = { type: 'prometheus', uid: `\${prometheus}` }
export const tempo: DataSourceRef = { type: 'tempo', uid: `\${tempo}` }
