import { prometheusAlertRules } from './alert-rules.ts'
import { dashboards } from './dashboards/index.ts'

/** Every file of collector-config/ that is made from code, by its path there. */
export function generatedFiles(): Map<string, string> {
  const files = new Map([['prometheus/rules/alerts.yml', prometheusAlertRules()]])
  for (const [name, dashboard] of Object.entries(dashboards)) {
    files.set(`grafana/dashboards/${name}.json`, `${JSON.stringify(dashboard, null, 2)}\n`)
  }
  return files
}
