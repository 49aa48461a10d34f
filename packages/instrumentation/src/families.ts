/** What requests are recognised by: hundreds of small parts, which an app loads only when it needs them. */
export { findFlavor } from './flavors/find-flavor.ts'
export { findProvider } from './providers/find-provider.ts'
export { signerOf } from './providers/signer.ts'
