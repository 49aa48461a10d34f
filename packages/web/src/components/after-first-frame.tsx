import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

let hasFrame = false

interface AfterFirstFrameProps {
  /** What is shown in the first frame. */
  meanwhile: JSX.Element
  children: ComponentChildren
}

/** Delays its children by one frame, so that the figures above them are seen first. Later they are drawn at once. */
export function AfterFirstFrame({ meanwhile, children }: AfterFirstFrameProps): JSX.Element {
  const [isDue, setIsDue] = useState(hasFrame)
  // Effects run after the frame is on the screen.
  useEffect(() => {
    hasFrame = true
    setIsDue(true)
  }, [])
  return <>{isDue ? children : meanwhile}</>
}
