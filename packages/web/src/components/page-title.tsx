import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { usePageState } from '../navigation/address.tsx'

/** The view whose title was shown last. A title may be drawn several times, before and after its data come. */
let titled: string | undefined

/** The name of the page. Takes the focus when another view opens, so that a screen reader starts there. */
export function PageTitle({ children }: { children: string }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  const { view, by, trace } = usePageState()
  useEffect(() => {
    document.title = `${children} · Spanmeter`
    const shown = `${view} ${by} ${trace}`
    if (titled !== undefined && titled !== shown) heading.current?.focus({ preventScroll: true })
    titled = shown
  }, [children, view, by, trace])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
