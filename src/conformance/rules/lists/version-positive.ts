import type { Rule } from '../rule.ts'
import { list2x, list16 } from './shown.ts'

const objection = (version: number) =>
  version > 0
    ? undefined
    : `a local list got the version ${version}, which means that there is none`

export const versionPositive: Rule = {
  id: 'LIST_VERSION_POSITIVE',
  title: 'the version of a local list is above 0',
  clause: '1.6 errata 3.52, 2.0.1 D01.FR.18',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: { SendLocalList: { asked: ({ listVersion }) => objection(listVersion) } },
    breaks: [list16({ listVersion: 0 })],
    nearly: [list16({ listVersion: 1 })],
  },
  in2x: {
    level: 'MUST',
    looks: { SendLocalList: { asked: ({ versionNumber }) => objection(versionNumber) } },
    breaks: [list2x({ versionNumber: 0 })],
    nearly: [list2x({ versionNumber: 1 })],
  },
}
