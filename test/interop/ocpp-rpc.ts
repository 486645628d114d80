import type { Server } from 'node:http'
import { createRequire } from 'node:module'

/** As much of the independent implementation `ocpp-rpc` as the tests use; its own types are loose. */
export interface RpcPeer {
  readonly identity: string
  readonly protocol: string
  handle(
    action: string,
    fn: (call: { readonly params: Record<string, unknown> }) => object | Promise<object>,
  ): void
  handle(fn: (call: { readonly method: string }) => object): void
  call(action: string, params: object): Promise<Record<string, unknown>>
  /** A frame, in either direction, that does not pass the peer's own validation. */
  on(event: 'strictValidationFailure', fn: (failure: { readonly error: unknown }) => void): void
  close(): Promise<unknown>
}

export interface RpcClient extends RpcPeer {
  connect(): Promise<void>
}

export interface RpcServer {
  on(event: 'client', fn: (client: RpcPeer) => void): void
  auth(fn: (accept: () => void, reject: (code: number) => void) => void): void
  listen(port: number, host: string): Promise<Server>
  close(options?: { readonly force?: boolean }): Promise<void>
}

interface OcppRpc {
  readonly RPCClient: new (options: {
    readonly endpoint: string
    readonly identity: string
    readonly protocols: readonly string[]
    readonly strictMode: boolean
    readonly reconnect?: boolean
    readonly password?: string
  }) => RpcClient
  readonly RPCServer: new (options: {
    readonly protocols: readonly string[]
    readonly strictMode: boolean
    readonly callTimeoutMs?: number
  }) => RpcServer
}

export const { RPCClient, RPCServer } = createRequire(import.meta.url)('ocpp-rpc') as OcppRpc
