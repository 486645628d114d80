import type { Objection, Rule } from '../rule.ts'
import { list2x, list16 } from './shown.ts'

function objection(updateType: string, version: number, before: number | undefined): Objection {
  return updateType === 'Differential' && before !== undefined && version <= before
    ? `a difference has version ${version}, the list that it is to ${before}`
    : undefined
}

export const versionRises: Rule = {
  id: 'LIST_VERSION_RISES',
  title: 'what changes a local list has a higher version than the list',
  clause: '1.6 5.15, 2.0.1 D01.FR.19',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      SendLocalList: {
        asked: ({ updateType, listVersion }, memory) =>
          objection(updateType, listVersion, memory.listVersion),
      },
    },
    breaks: [list16(), list16({ updateType: 'Differential', listVersion: 4 })],
    // What was refused is not the list.
    nearly: [list16({}, { status: 'Failed' }), list16({ updateType: 'Differential' })],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      SendLocalList: {
        asked: ({ updateType, versionNumber }, memory) =>
          objection(updateType, versionNumber, memory.listVersion),
      },
    },
    breaks: [list2x(), list2x({ updateType: 'Differential', versionNumber: 3 })],
    nearly: [list2x(), list2x({ updateType: 'Differential', versionNumber: 5 })],
  },
}
