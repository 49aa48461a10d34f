import type { ModelIdRule } from './types.ts'

/** Fine-tuned models have the price of their base's fine-tuned rate: `ft:gpt-4o-2024-08-06:org::id`, Azure's `gpt-4o-2024-08-06.ft-id`. */
export const fineTuned: ModelIdRule = {
  name: 'fine-tuned',
  read(form) {
    const openai = /^ft:([^:]+):.*$/.exec(form.id)
    if (openai !== null) return { ...form, id: `ft:${openai[1]}` }
    const azure = /^(.+)\.ft-.+$/.exec(form.id)
    return azure === null ? undefined : { ...form, id: `ft:${azure[1]}` }
  },
}
