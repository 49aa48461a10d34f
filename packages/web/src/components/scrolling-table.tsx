import type { ComponentChildren, JSX } from 'preact'

interface ScrollingTableProps {
  label: string
  /** `even`: several of them, one above the other, line up; `names`: columns of names, a line each. */
  layout?: 'even' | 'names'
  children: ComponentChildren
}

/** A table that scrolls sideways if it is wider than the screen. */
export function ScrollingTable({ label, layout, children }: ScrollingTableProps): JSX.Element {
  const look = layout ? `ledger-table ledger-table-${layout}` : 'ledger-table'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class={look} tabIndex={0} aria-label={label}>
      <table>{children}</table>
    </section>
  )
}
