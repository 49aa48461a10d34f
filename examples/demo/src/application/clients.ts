import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'

/** Both read their address and key from the environment: `OPENAI_BASE_URL`, `ANTHROPIC_BASE_URL`, ... */
export const openai: OpenAI = new OpenAI()
export const anthropic: Anthropic = new Anthropic()
