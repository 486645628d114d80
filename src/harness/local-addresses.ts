import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { csmsError } from '../shared/errors.ts'

/**
 * Whether connections can leave from these addresses, found out before the first one tries: binding
 * a datagram socket asks the system the same question and opens nothing. Throws `CSMS_USAGE`.
 */
export async function checkLocalAddresses(addresses: readonly string[]): Promise<void> {
  for (const address of new Set(addresses)) {
    const code = await bindFailure(address)
    if (code === undefined) continue
    const known = Object.values(networkInterfaces()).flatMap((all) => all ?? [])
    const own = [...new Set(known.map((one) => one.address))].join(', ')
    const message = `error: --local-address ${address}: no connection can leave from there (${code}). This machine has ${own}.`
    throw csmsError('CSMS_USAGE', { message })
  }
}

/** Resolves to the error's code; undefined: it can be bound. */
function bindFailure(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    const done = (code: string | undefined): void => {
      socket.close()
      resolve(code)
    }
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    socket.bind({ address, port: 0, exclusive: true }, () => done(undefined))
  })
}
