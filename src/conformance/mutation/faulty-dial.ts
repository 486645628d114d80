import type { Dial } from '../../ocpp/dial.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { type FaultMemory, FrameRelay } from './frame-relay.ts'
import type { Fault, UpgradeFault } from './mutant.ts'

/** Ways to a CSMS that is right, as if it were wrong in one thing. */
export function faultyDial(dial: Dial, fault: Fault, memory: FaultMemory): Dial {
  switch (fault.in) {
    case 'setup':
      memory.shown += 1
      return dial
    case 'frames':
      return (request, result) =>
        dial(request, {
          opened: (socket, tls) => result.opened(new FrameRelay(socket, fault, memory), tls),
          failed: (failure, detail, status) => result.failed(failure, detail, status),
        })
    case 'upgrade':
      return faultyUpgrade(dial, fault, memory)
  }
}

function faultyUpgrade(dial: Dial, { wrong }: UpgradeFault, memory: FaultMemory): Dial {
  return (request, result) =>
    dial(request, {
      opened(socket, tls) {
        memory.met += 1
        if ('refuses' in wrong || ('onlyOnce' in wrong && memory.met > 1)) {
          memory.shown += 1
          const status = 'refuses' in wrong ? wrong.refuses : 403
          socket.terminate()
          result.failed('http', `HTTP ${status}`, status)
          return
        }
        if ('admits' in wrong) {
          result.opened(socket, tls)
          return
        }
        memory.shown += 1
        result.opened(wronged(socket, wrong), tls)
      },
      failed(failure, detail, status) {
        if (!('admits' in wrong)) {
          result.failed(failure, detail, status)
          return
        }
        memory.shown += 1
        result.opened(deafSocket(request.protocols[0] ?? ''))
      },
    })
}

function wronged(socket: Socket, wrong: UpgradeFault['wrong']): Socket {
  return {
    protocol: 'subprotocol' in wrong ? wrong.subprotocol : socket.protocol,
    bare: socket.bare,
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    listen: (listener) => socket.listen(listener),
    ping(answered) {
      if (!('pongs' in wrong)) socket.ping(answered)
    },
  }
}

/** Of somebody who should not be in. */
function deafSocket(protocol: string): Socket {
  let closed: ((code: number) => void) | undefined
  return {
    protocol,
    send: () => undefined,
    ping: () => undefined,
    listen(listener) {
      closed = (code) => listener.closed(code, '')
    },
    close: (code = 1005) => closed?.(code),
    terminate: () => closed?.(1006),
  }
}
