/** OpenAI's answer to a chat, of 11 and 7 tokens. */
export const chatAnswer: string = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  model: 'm-1',
  choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 11, completion_tokens: 7 },
})
