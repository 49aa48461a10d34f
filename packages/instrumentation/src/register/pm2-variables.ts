const OURS = /^(?:OTEL|SPANMETER)_/

/**
 * In cluster mode, PM2 sets the variables of an app when it loads the app, which is after what flags load. This sets
 * the ones we read, to what they are about to be anyway.
 * https://github.com/Unitech/pm2/blob/master/lib/ProcessContainer.js
 */
export function setVariablesOfPm2(): void {
  const { pm2_env: variables } = process.env
  if (variables === undefined) return
  for (const [name, value] of Object.entries(JSON.parse(variables)))
    if (OURS.test(name)) process.env[name] = String(value)
}
