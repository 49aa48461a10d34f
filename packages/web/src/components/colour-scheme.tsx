import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type ColourChoice, chooseColours, readColourChoice } from './colour-choice.ts'

const CHANGED = 'spanmeter:colour-scheme'
const NEXT: Record<ColourChoice, ColourChoice> = { auto: 'light', light: 'dark', dark: 'auto' }
const LABEL: Record<ColourChoice, string> = { auto: 'Auto', light: 'Light', dark: 'Dark' }

/** A value that changes whenever the page's colours do, by the user's choice or by the system. */
export function useColourScheme(): string {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const read = (): string => `${readColourChoice()} ${dark.matches}`
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
  const choice = readColourChoice()
  const choose = (): void => {
    chooseColours(NEXT[choice])
    dispatchEvent(new Event(CHANGED))
  }
  return (
    <button type="button" class="control control-quiet" onClick={choose}>
      <span aria-hidden="true">◐</span> <span class="out-of-sight">Colors: </span>
      {LABEL[choice]}
    </button>
  )
}
