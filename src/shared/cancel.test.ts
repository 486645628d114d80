import { describe, expect, test } from 'vitest'
import { Cancel, Cancelled } from './cancel.ts'

describe('Cancel', () => {
  test('tells its listeners once, also those who come late', () => {
    const cancel = new Cancel()
    const heard: string[] = []
    cancel.onCancel((reason) => heard.push(`a ${reason}`))
    const stop = cancel.onCancel((reason) => heard.push(`b ${reason}`))
    stop()
    cancel.cancel('enough')
    cancel.cancel('again')
    cancel.onCancel((reason) => heard.push(`c ${reason}`))
    expect(heard).toEqual(['a enough', 'c enough'])
    expect(() => cancel.throwIfCancelled()).toThrow(Cancelled)
  })

  test('a child ends with its parent, and alone', () => {
    const parent = new Cancel()
    const first = parent.child()
    const second = parent.child()
    first.cancel('alone')
    expect([parent.cancelled, second.cancelled]).toEqual([false, false])
    parent.cancel('all')
    expect(second.cancelled).toBe(true)
  })

  test('a child that was released goes on without its parent', () => {
    const parent = new Cancel()
    const child = parent.child()
    child.release()
    parent.cancel('all')
    expect(child.cancelled).toBe(false)
    child.cancel('alone')
    expect(child.cancelled).toBe(true)
  })
})
