import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

type Choice = 'auto' | 'light' | 'dark'

const KEY = 'spanmeter.colour-scheme'
const CHANGED = 'spanmeter:colour-scheme'
const NEXT: Record<Choice, Choice> = { auto: 'light', light: 'dark', dark: 'auto' }
const LABEL: Record<Choice, string> = { auto: 'Auto', light: 'Light', dark: 'Dark' }

function readChoice(): Choice {
  const stored = document.documentElement.dataset.theme
  return stored === 'light' || stored === 'dark' ? stored : 'auto'
}

function apply(choice: Choice): void {
  if (choice === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
}

/** Puts back what was chosen in this browser before. Storage may be forbidden: then it is as the system says. */
export function restoreColourScheme(): void {
  try {
    const stored = localStorage.getItem(KEY)
    if (stored === 'light' || stored === 'dark') apply(stored)
  } catch {
    apply('auto')
  }
}

/** Changes whenever the colours of the page do, by choice or by the system. */
export function useColourScheme(): string {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const read = (): string => `${readChoice()} ${dark.matches}`
  const [scheme, setScheme] = useState(read)
  useEffect(() => {
    const update = (): void => setScheme(read())
    dark.addEventListener('change', update)
    addEventListener(CHANGED, update)
    return () => {
      dark.removeEventListener('change', update)
      removeEventListener(CHANGED, update)
    }
  })
  return scheme
}

export function ColourSchemeButton(): JSX.Element {
  useColourScheme()
  const choice = readChoice()
  const choose = (): void => {
    const next = NEXT[choice]
    apply(next)
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // The choice holds for this visit.
    }
    dispatchEvent(new Event(CHANGED))
  }
  return (
    <button type="button" class="control control-quiet" onClick={choose}>
      <span aria-hidden="true">◐</span> <span class="out-of-sight">Colors: </span>
      {LABEL[choice]}
    </button>
  )
}
