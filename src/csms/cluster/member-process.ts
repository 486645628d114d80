import { Server, Socket } from 'node:net'
import { serveParent } from '../../platform/parent-process.ts'
import { CsmsError, messageOf } from '../../shared/errors.ts'
import { Member } from './member.ts'
import type { FromMember, MemberStart, ToMember } from './messages.ts'

/*
 * A member of a cluster in a process of its own, for `child_process.fork`. It lives no longer than
 * the front that forked it.
 */

let member: Member | undefined

const parent = serveParent<ToMember, FromMember>((message, handle) => {
  switch (message.kind) {
    case 'start':
      void start(message.start)
      break
    case 'upgrade':
      member?.arrive(message, handle instanceof Socket ? handle : undefined)
      break
    case 'share':
      if (handle instanceof Server) member?.share(handle)
      break
    case 'decided':
      member?.decided(message.id, message.decision)
      break
    case 'yours':
      member?.take(message.id)
      break
    case 'want':
      member?.want(message.wanted)
      break
    case 'ask':
      void member?.answer(message)
      break
    case 'claimed':
      member?.claimed(message.id, message.granted)
      break
    case 'close':
      void close(message)
  }
})

async function start(settings: MemberStart): Promise<void> {
  try {
    member = await Member.start(settings, parent.send)
  } catch (error) {
    const code = error instanceof CsmsError ? error.code : 'CSMS_INTERNAL'
    const reason = messageOf(error)
    parent.send({ kind: 'failed', code, message: reason })
    parent.leave()
  }
}

async function close(message: Extract<ToMember, { kind: 'close' }>): Promise<void> {
  await member?.close(message)
  parent.leave()
}
