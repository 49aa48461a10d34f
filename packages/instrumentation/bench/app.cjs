const OpenAI = require('openai').default

new OpenAI({ apiKey: 'sk-bench' })
process.stdout.write(
  JSON.stringify({ millis: performance.now(), cpu: process.cpuUsage(), rss: process.memoryUsage().rss }),
  () => process.exit(0),
)
