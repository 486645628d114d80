import { describe, expect, test } from 'vitest'
import { ListVersion } from './list-version.ts'

const incoming = (action: string, payload: object) => ({ id: 'x', action, payload, frame: 0 })

describe('the version of the list that a case took', () => {
  test('is told to who asks for it, in the words of the version', () => {
    const old = new ListVersion()
    old.answered(incoming('SendLocalList', { listVersion: 4 }), { status: 'Accepted' })
    expect(old.answerTo(incoming('GetLocalListVersion', {}))).toEqual({ listVersion: 4 })
    const list = new ListVersion()
    list.answered(incoming('SendLocalList', { versionNumber: 7 }), { status: 'Accepted' })
    expect(list.answerTo(incoming('GetLocalListVersion', {}))).toEqual({ versionNumber: 7 })
  })

  test('is nothing where no list was taken, and no answer to anything else', () => {
    const list = new ListVersion()
    list.answered(incoming('SendLocalList', { versionNumber: 7 }), { status: 'Failed' })
    expect(list.answerTo(incoming('GetLocalListVersion', {}))).toBeUndefined()
    list.answered(incoming('SendLocalList', { versionNumber: 8 }), { status: 'Accepted' })
    expect(list.answerTo(incoming('GetVariables', {}))).toBeUndefined()
  })
})
