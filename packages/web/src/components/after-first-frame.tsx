import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

let hasFrame = false

interface AfterFirstFrameProps {
  /** What stands there in the first frame. */
  meanwhile: JSX.Element
  children: ComponentChildren
}

/** Leaves the first frame that has figures to what stands above; once that is seen, everything is drawn at once. */
export function AfterFirstFrame({ meanwhile, children }: AfterFirstFrameProps): JSX.Element {
  const [isDue, setIsDue] = useState(hasFrame)
  // Effects run once the frame is on the screen.
  useEffect(() => {
    hasFrame = true
    setIsDue(true)
  }, [])
  return <>{isDue ? children : meanwhile}</>
}
