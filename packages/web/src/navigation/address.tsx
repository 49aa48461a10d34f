import type { ComponentChildren, JSX } from 'preact'
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { type PageState, parseSearch, printSearch } from './page-state.ts'

const Address = createContext<PageState>(parseSearch(''))

/** Gives the state in the address to every component below. */
export function AddressProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const [search, setSearch] = useState(location.search)
  useEffect(() => {
    const read = (): void => setSearch(location.search)
    addEventListener('popstate', read)
    return () => removeEventListener('popstate', read)
  }, [])
  return <Address value={parseSearch(search)}>{children}</Address>
}

export function usePageState(): PageState {
  return useContext(Address)
}

/** Goes to a state as a click on its link would: the back button returns. */
export function navigate(state: PageState): void {
  if (printSearch(state) === printSearch(parseSearch(location.search))) return
  history.pushState(null, '', printSearch(state))
  dispatchEvent(new PopStateEvent('popstate'))
}

interface LinkProps {
  to: PageState
  children: ComponentChildren
  class?: string
  title?: string
  'aria-label'?: string
  'aria-current'?: 'page' | 'true' | undefined
  /** Called as well when the link is followed, for example to close the sheet that it is in. */
  onFollow?: () => void
}

/** A real link, so that it can be copied, opened in a new tab and reached by keyboard. */
export function Link({ to, onFollow, ...rest }: LinkProps): JSX.Element {
  return (
    <a
      {...rest}
      href={printSearch(to)}
      onClick={(event) => {
        const isPlain =
          event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
        if (!isPlain) return
        event.preventDefault()
        navigate(to)
        onFollow?.()
      }}
    />
  )
}
