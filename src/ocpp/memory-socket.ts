import type { Socket, SocketListener } from './socket.ts'

/**
 * Two sockets joined without a network. Frames are delivered one at a time in order, in a later
 * microtask: as on a network, a sender never finds its peer's reaction inside its own call.
 */
export function memorySockets(protocol: string): readonly [Socket, Socket] {
  const left = new MemorySocket(protocol)
  const right = new MemorySocket(protocol)
  left.join(right)
  right.join(left)
  return [left, right]
}

class MemorySocket implements Socket {
  readonly protocol: string
  #peer: MemorySocket | undefined
  #listener: SocketListener | undefined
  #open = true
  readonly #inbox: ((listener: SocketListener) => void)[] = []
  #draining = false

  constructor(protocol: string) {
    this.protocol = protocol
  }

  join(peer: MemorySocket): void {
    this.#peer = peer
  }

  send(text: string): void {
    if (this.#open) this.#peer?.deliver((listener) => listener.text(text))
  }

  close(code = 1005, reason = ''): void {
    this.#end(code, reason)
  }

  terminate(): void {
    this.#end(1006, '')
  }

  ping(answered?: () => void): void {
    if (this.#open && answered) void Promise.resolve().then(answered)
  }

  listen(listener: SocketListener): void {
    this.#listener = listener
    this.#drain()
  }

  deliver(event: (listener: SocketListener) => void): void {
    this.#inbox.push(event)
    this.#drain()
  }

  #end(code: number, reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.deliver((listener) => listener.closed(code, reason))
    this.#peer?.ended(code, reason)
  }

  ended(code: number, reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.deliver((listener) => listener.closed(code, reason))
  }

  #drain(): void {
    if (this.#draining || !this.#listener || this.#inbox.length === 0) return
    this.#draining = true
    void Promise.resolve().then(() => {
      this.#draining = false
      const event = this.#inbox.shift()
      if (event && this.#listener) event(this.#listener)
      this.#drain()
    })
  }
}
