/** Long texts that prompts carry, so that calls have a realistic size. */
function text(topic: string, paragraphs: number): string {
  return Array.from(
    { length: paragraphs },
    (_, index) =>
      `${index + 1}. ${topic}: a customer who asks about this is entitled to a clear answer, the reason behind it, ` +
      `and the next step. Quote the paragraph you rely on, say what it does not cover, and never promise a date.`,
  ).join('\n')
}

export const SUPPORT_HANDBOOK: string = text('Returns and refunds', 120)
export const CODING_GUIDELINES: string = text('Service conventions', 80)
export const TRIAGE_RULES: string = text('Ticket triage', 60)
export const contract = (name: string): string => text(`Master agreement with ${name}`, 400)
