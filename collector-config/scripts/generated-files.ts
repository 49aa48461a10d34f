import { prometheusAlertRules } from './alert-rules.ts'

/** Every file in this folder that is made from code, by its path. */
export function generatedFiles(): Map<string, string> {
  return new Map([['prometheus/rules/alerts.yml', prometheusAlertRules()]])
}
