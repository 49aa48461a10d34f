import { asBuffer } from '../otlp/as-buffer.ts'
import { countItems } from '../protocol/count-items.ts'
import { messageField } from '../protocol/protobuf-fields.ts'
import { type ProtobufField, readFields } from '../protocol/protobuf-message.ts'
import { LEVEL_FIELDS, LEVEL_NAMES } from '../protocol/request-levels.ts'
import type { QueueRecord } from '../queue/record.ts'

/**
 * Splits a record into two with about half of the items each: between resources if there are several, otherwise between
 * scopes, otherwise between items. What both halves share, such as the resource, is repeated.
 *
 * @returns `undefined` if there is only one item.
 */
export function splitRecord(record: QueueRecord): [QueueRecord, QueueRecord] | undefined {
  const halves =
    record.encoding === 'protobuf' ? splitMessage(asBuffer(record.payload), 0) : splitJson(record)
  if (halves === undefined) return undefined
  return [withPayload(record, halves[0]), withPayload(record, halves[1])]
}

function withPayload(record: QueueRecord, payload: Buffer): QueueRecord {
  return { ...record, payload, itemCount: countItems(payload, record.encoding, record.signal) }
}

function splitMessage(message: Buffer, level: number): [Buffer, Buffer] | undefined {
  const childField = LEVEL_FIELDS[level]
  if (childField === undefined) return undefined
  const fields = readFields(message)
  const children = fields.filter(({ number }) => number === childField)
  const shared = fields.filter(({ number }) => number !== childField).map(({ whole }) => whole)
  if (children.length > 1) {
    const middle = children.length >> 1
    const part = (list: readonly ProtobufField[]) =>
      Buffer.concat([...shared, ...list.map(({ whole }) => whole)])
    return [part(children.slice(0, middle)), part(children.slice(middle))]
  }
  const only = children[0]
  const halves = only && splitMessage(only.content, level + 1)
  if (halves === undefined) return undefined
  const wrap = (half: Buffer) => Buffer.concat([...shared, messageField(childField, half)])
  return [wrap(halves[0]), wrap(halves[1])]
}

type JsonObject = Record<string, unknown>

/** Every Node version that we support has it, but TypeScript's library doesn't yet. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON(text: string): unknown }

function splitJson({ payload, signal }: QueueRecord): [Buffer, Buffer] | undefined {
  const request = JSON.parse(asBuffer(payload).toString('utf8'), keepNumberText) as JsonObject
  const halves = splitObject(request, LEVEL_NAMES[signal])
  return halves && [Buffer.from(JSON.stringify(halves[0])), Buffer.from(JSON.stringify(halves[1]))]
}

function splitObject(node: JsonObject, keys: readonly string[]): [JsonObject, JsonObject] | undefined {
  const [key, ...rest] = keys
  if (key === undefined) return undefined
  const children = (node[key] ?? []) as JsonObject[]
  if (children.length > 1) {
    const middle = children.length >> 1
    return [
      { ...node, [key]: children.slice(0, middle) },
      { ...node, [key]: children.slice(middle) },
    ]
  }
  const halves = children[0] ? splitObject(children[0], rest) : undefined
  return (
    halves && [
      { ...node, [key]: [halves[0]] },
      { ...node, [key]: [halves[1]] },
    ]
  )
}

/** Keeps the text of numbers: 64-bit integers that a sender wrote as numbers would lose digits as doubles. */
function keepNumberText(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined ? rawJson(context.source) : value
}
