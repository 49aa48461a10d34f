export type ColourChoice = 'auto' | 'light' | 'dark'

const KEY = 'spanmeter.colour-scheme'

export function readColourChoice(): ColourChoice {
  const stored = document.documentElement.dataset.theme
  return stored === 'light' || stored === 'dark' ? stored : 'auto'
}

function apply(choice: ColourChoice): void {
  if (choice === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
}

export function chooseColours(choice: ColourChoice): void {
  apply(choice)
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // The choice holds for this visit.
  }
}

/** Restores what was chosen in this browser before. If storage is forbidden, the system decides. */
export function restoreColourChoice(): void {
  try {
    const stored = localStorage.getItem(KEY)
    if (stored === 'light' || stored === 'dark') apply(stored)
  } catch {
    apply('auto')
  }
}
