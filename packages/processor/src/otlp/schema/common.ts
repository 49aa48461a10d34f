import { MessageType } from './types.ts'

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto

const anyValue: MessageType = new MessageType()

export const keyValue: MessageType = new MessageType().field(1, 'key', 'string').field(2, 'value', anyValue)

anyValue
  .oneof(1, 'stringValue', 'string')
  .oneof(2, 'boolValue', 'bool')
  .oneof(3, 'intValue', 'int64')
  .oneof(4, 'doubleValue', 'double')
  .oneof(5, 'arrayValue', new MessageType().repeated(1, 'values', anyValue))
  .oneof(6, 'kvlistValue', new MessageType().repeated(1, 'values', keyValue))
  .oneof(7, 'bytesValue', 'bytes')

export { anyValue }

export const scope: MessageType = new MessageType()
  .field(1, 'name', 'string')
  .field(2, 'version', 'string')
  .repeated(3, 'attributes', keyValue)
  .field(4, 'droppedAttributesCount', 'uint32')

const entityRef = new MessageType()
  .field(1, 'schemaUrl', 'string')
  .field(2, 'type', 'string')
  .repeated(3, 'idKeys', 'string')
  .repeated(4, 'descriptionKeys', 'string')

export const resource: MessageType = new MessageType()
  .repeated(1, 'attributes', keyValue)
  .field(2, 'droppedAttributesCount', 'uint32')
  .repeated(3, 'entityRefs', entityRef)
