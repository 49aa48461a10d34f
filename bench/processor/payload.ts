import {
  attributes,
  encodeTraces,
  type Message,
} from '../../packages/processor/test/support/otlp-messages.ts'

const models = ['gpt-4.1', 'gpt-4o-mini', 'claude-sonnet-4-5', 'gemini-2.5-flash', 'o4-mini']
const providers = ['openai', 'openai', 'anthropic', 'gcp.gemini', 'openai']
const content = 'The quick brown fox, having read the manual, jumps over the lazy dog once more. '.repeat(26)

/**
 * A realistic export request: one span in five is an LLM call of 20 attributes (half of them with 2 KB of content in
 * and out), the others are HTTP and database spans; 4 resources of 3 scopes; events, links and a status here and there.
 */
export function payload(spanCount: number, seed = 0): Buffer {
  const random = numbers(spanCount * 31 + seed)
  const resources = Math.min(4, spanCount)
  const resourceSpans: Message[] = []
  for (let resource = 0; resource < resources; resource++) {
    const share = Math.floor(spanCount / resources) + (resource < spanCount % resources ? 1 : 0)
    const scopes = Math.min(3, share)
    resourceSpans.push({
      resource: {
        attributes: attributes({
          'service.name': `service-${resource}`,
          'service.version': '1.4.2',
          'service.instance.id': id(random, 16).toString('hex'),
          'deployment.environment.name': 'production',
          'telemetry.sdk.name': 'opentelemetry',
          'telemetry.sdk.language': 'nodejs',
          'telemetry.sdk.version': '3.1.1',
          'host.name': `host-${resource}.example.internal`,
          'process.pid': 4000 + resource,
        }),
      },
      scopeSpans: Array.from({ length: scopes }, (_, scope) => ({
        scope: { name: `scope-${scope}`, version: '0.301.0' },
        spans: spansOf(Math.floor(share / scopes) + (scope < share % scopes ? 1 : 0), random),
      })),
    })
  }
  return encodeTraces({ resourceSpans })
}

function spansOf(count: number, random: () => number): Message[] {
  return Array.from({ length: count }, (_, index) =>
    index % 5 === 0 ? llmSpan(random) : otherSpan(random, index),
  )
}

function llmSpan(random: () => number): Message {
  const model = random() % models.length
  const input = 200 + (random() % 20_000)
  return span(random, `chat ${models[model]}`, 3, {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': providers[model],
    'gen_ai.request.model': models[model],
    'gen_ai.response.model': models[model],
    'gen_ai.response.id': `chatcmpl-${id(random, 12).toString('hex')}`,
    'gen_ai.request.temperature': 0.7,
    'gen_ai.request.max_tokens': 1024,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': 10 + (random() % 1200),
    'gen_ai.usage.cache_read.input_tokens': random() % 3 === 0 ? input >> 1 : 0,
    'gen_ai.conversation.id': id(random, 8).toString('hex'),
    'server.address': 'api.example.com',
    'server.port': 443,
    'app.feature': `feature-${random() % 12}`,
    'business.feature': `feature-${random() % 12}`,
    'business.tenant': `tenant-${random() % 200}`,
    'gen_ai.output.type': 'text',
    'gen_ai.request.stream': false,
    ...(random() % 2 === 0 ? { 'gen_ai.input.messages': content, 'gen_ai.output.messages': content } : {}),
  })
}

function otherSpan(random: () => number, index: number): Message {
  const values =
    index % 2 === 0
      ? {
          'http.request.method': 'POST',
          'http.route': '/v1/orders/{id}',
          'http.response.status_code': 200,
          'url.path': `/v1/orders/${random() % 100_000}`,
          'url.scheme': 'https',
          'server.address': 'shop.example.com',
          'server.port': 443,
          'client.address': `10.0.${random() % 256}.${random() % 256}`,
          'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
          'network.protocol.version': '1.1',
          'network.peer.address': '10.1.2.3',
          'network.peer.port': 40000 + (random() % 20_000),
          'http.request.body.size': random() % 4096,
          'http.response.body.size': random() % 65_536,
          'thread.id': 1,
        }
      : {
          'db.system.name': 'postgresql',
          'db.namespace': 'shop',
          'db.operation.name': 'SELECT',
          'db.collection.name': 'orders',
          'db.query.text':
            'SELECT id, status, total FROM orders WHERE customer_id = $1 ORDER BY created_at DESC',
          'db.response.returned_rows': random() % 50,
          'server.address': 'db.internal',
          'server.port': 5432,
          'network.transport': 'tcp',
          'network.type': 'ipv4',
          'thread.id': 1,
          'thread.name': 'main',
          'code.function.name': 'OrderRepository.findByCustomer',
          'code.file.path': '/srv/app/src/orders/repository.ts',
          'code.line.number': 118,
        }
  return span(
    random,
    index % 2 === 0 ? 'POST /v1/orders/{id}' : 'SELECT orders',
    index % 2 === 0 ? 2 : 3,
    values,
  )
}

function span(random: () => number, name: string, kind: number, values: Record<string, unknown>): Message {
  const start = 1_780_000_000_000_000_000n + BigInt(random()) * 1000n
  return {
    traceId: id(random, 16),
    spanId: id(random, 8),
    parentSpanId: id(random, 8),
    flags: 257,
    name,
    kind,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(random() % 3_000_000_000)),
    attributes: attributes(values),
    ...(random() % 10 === 0 && {
      events: [
        {
          timeUnixNano: String(start),
          name: 'retry',
          attributes: attributes({ attempt: 1, reason: 'timeout' }),
        },
      ],
    }),
    ...(random() % 20 === 0 && { links: [{ traceId: id(random, 16), spanId: id(random, 8) }] }),
    status: random() % 10 === 0 ? { code: 2, message: 'upstream failed' } : {},
  }
}

function id(random: () => number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length; index += 4) bytes.writeUInt32LE(random(), index)
  return bytes
}

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return (value ^ (value >>> 14)) >>> 0
  }
}
