import type { JSX } from 'preact'
import { api, dimensionsAddress } from '../api/client.ts'
import { useResource } from '../api/use-resource.ts'
import { usePageState } from '../navigation/address.tsx'

/** The options of a `select`: every dimension of the ledger, and the chosen one, which a link may have made up. */
export function DimensionOptions({ chosen }: { chosen: string }): JSX.Element {
  const { data } = useResource(api.dimensions, dimensionsAddress(usePageState()), 'dimensions')
  const known = data?.dimensions ?? []
  const isKnown = known.some(({ name }) => name === chosen)
  return (
    <>
      {[...(isKnown ? [] : [{ name: chosen, title: chosen }]), ...known].map(({ name, title }) => (
        <option key={name} value={name} selected={name === chosen}>
          {title}
        </option>
      ))}
    </>
  )
}
