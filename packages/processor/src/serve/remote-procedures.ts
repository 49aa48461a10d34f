import type { Transferable } from 'node:worker_threads'

/** A `MessagePort`, or a `Worker` as its parent sees it. */
interface Port {
  postMessage(message: Message, transferred: readonly Transferable[]): void
  on(event: 'message', listener: (message: Message) => void): unknown
}

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly parameters: unknown[] }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: object }

type Procedure = (...parameters: never[]) => unknown

/** Calls a procedure of the other thread. Parameters and results are cloned, except for what is transferred. */
export type CallRemote<Remote extends { [Name in keyof Remote]: Procedure }> = <
  Name extends keyof Remote & string,
>(
  name: Name,
  parameters: Parameters<Remote[Name]>,
  transferred?: readonly Transferable[],
) => Promise<Awaited<ReturnType<Remote[Name]>>>

/** Lets two threads call each other's procedures. What a procedure throws, its caller gets. */
export function connectThreads<
  Own extends { [Name in keyof Own]: Procedure },
  Remote extends { [Name in keyof Remote]: Procedure },
>(port: Port, own: Own): CallRemote<Remote> {
  const procedures = own as object as Record<string, (...parameters: unknown[]) => unknown>
  const pending = new Map<number, PromiseWithResolvers<never>>()
  let calls = 0
  const answer = async (id: number, name: string, parameters: unknown[]): Promise<void> => {
    try {
      port.postMessage({ kind: 'result', id, value: await procedures[name]?.(...parameters) }, [])
    } catch (thrown) {
      port.postMessage({ kind: 'failure', id, error: fieldsOf(thrown as NodeJS.ErrnoException) }, [])
    }
  }
  port.on('message', (message) => {
    if (message.kind === 'call') {
      void answer(message.id, message.name, message.parameters)
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.kind === 'result') call?.resolve(message.value as never)
    else call?.reject(Object.assign(new Error(), message.error))
  })
  return (name, parameters, transferred = []) => {
    const call = Promise.withResolvers<never>()
    const id = ++calls
    pending.set(id, call)
    port.postMessage({ kind: 'call', id, name, parameters }, transferred)
    return call.promise
  }
}

/** Cloned as it is, an error would lose its name and its codes. */
function fieldsOf({ name, message, stack, code, errno }: NodeJS.ErrnoException): object {
  return { name, message, stack, code, errno }
}
