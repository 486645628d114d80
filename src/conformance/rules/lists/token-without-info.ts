import type { Rule } from '../rule.ts'
import { list2x, list16 } from './shown.ts'

const bare2x = { idToken: { idToken: 'TAG', type: 'ISO14443' } }

export const tokenWithoutInfo: Rule = {
  id: 'LIST_TOKEN_WITHOUT_INFO',
  title: 'a full local list says of each token whether it may charge',
  clause: '1.6 7.1, 2.0.1 Part 2 2.4',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      SendLocalList: {
        asked: ({ updateType, localAuthorizationList = [] }) => {
          if (updateType !== 'Full') return undefined
          const bare = localAuthorizationList.find(({ idTagInfo }) => !idTagInfo)
          return bare && `${bare.idTag} is in a full list without idTagInfo`
        },
      },
    },
    breaks: [list16({ localAuthorizationList: [{ idTag: 'TAG' }] })],
    // That takes it off the list.
    nearly: [list16({ updateType: 'Differential', localAuthorizationList: [{ idTag: 'TAG' }] })],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SendLocalList: {
        asked: ({ updateType, localAuthorizationList = [] }) => {
          if (updateType !== 'Full') return undefined
          const bare = localAuthorizationList.find(({ idTokenInfo }) => !idTokenInfo)
          return bare && `${bare.idToken.idToken} is in a full list without idTokenInfo`
        },
      },
    },
    breaks: [list2x({ localAuthorizationList: [bare2x] })],
    nearly: [list2x({ updateType: 'Differential', localAuthorizationList: [bare2x] })],
  },
}
