const OURS = /^(?:OTEL|SPANMETER)_/

/**
 * In its cluster mode PM2 sets the variables of an app as it loads the app, which is after what flags load. Those that are
 * read here are set as they are about to be anyway.
 * https://github.com/Unitech/pm2/blob/master/lib/ProcessContainer.js
 */
export function setVariablesOfPm2(): void {
  const { pm2_env: variables } = process.env
  if (variables === undefined) return
  for (const [name, value] of Object.entries(JSON.parse(variables)))
    if (OURS.test(name)) process.env[name] = String(value)
}
