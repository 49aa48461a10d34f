/** A response format as the SDK's own zod helper makes them, without zod. */
export const zodlessFormat: {
  type: 'json_schema'
  json_schema: { name: string; strict: boolean; schema: Record<string, unknown> }
} = {
  type: 'json_schema',
  json_schema: {
    name: 'answer',
    strict: true,
    schema: {
      type: 'object',
      properties: { answer: { type: 'string' } },
      required: ['answer'],
      additionalProperties: false,
    },
  },
}
