import { alertDocs } from './alert-docs.ts'
import { prometheusAlertRules } from './alert-rules.ts'
import { dashboards } from './dashboards/index.ts'
import { metricDocs } from './metric-docs.ts'

/** Every file that is made from code here, by its path from collector-config/. */
export function generatedFiles(): Map<string, string> {
  const files = new Map([
    ['prometheus/rules/alerts.yml', prometheusAlertRules()],
    ['../docs/alerts.md', alertDocs()],
    ['../docs/metrics.md', metricDocs()],
  ])
  for (const [name, dashboard] of Object.entries(dashboards)) {
    files.set(`grafana/dashboards/${name}.json`, `${JSON.stringify(dashboard, null, 2)}\n`)
  }
  return files
}
