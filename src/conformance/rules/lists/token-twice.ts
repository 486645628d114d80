import type { Objection, Rule } from '../rule.ts'
import { list2x, list16, token2x } from './shown.ts'

function repeated(tokens: readonly string[]): Objection {
  const seen = new Set<string>()
  for (const token of tokens) {
    if (seen.has(token)) return `${token} is in the list twice`
    seen.add(token)
  }
  return undefined
}

export const tokenTwice: Rule = {
  id: 'LIST_TOKEN_TWICE',
  title: 'a token is in a local list once',
  clause: '1.6 3.5, 2.0.1 D01.FR.06',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      SendLocalList: {
        // Tags are the same in any case [1.6 7.28].
        asked: ({ localAuthorizationList = [] }) =>
          repeated(localAuthorizationList.map(({ idTag }) => idTag.toUpperCase())),
      },
    },
    breaks: [list16({ localAuthorizationList: [tag('one'), tag('ONE')] })],
    nearly: [list16({ localAuthorizationList: [tag('one'), tag('two')] })],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SendLocalList: {
        asked: ({ localAuthorizationList = [] }) =>
          repeated(
            localAuthorizationList.map(
              ({ idToken: { idToken, type } }) => `${type} ${idToken.toUpperCase()}`,
            ),
          ),
      },
    },
    breaks: [list2x({ localAuthorizationList: [token2x('ONE'), token2x('one')] })],
    nearly: [list2x({ localAuthorizationList: [token2x('ONE'), token2x('ONE', 'Central')] })],
  },
}

function tag(idTag: string): object {
  return { idTag, idTagInfo: { status: 'Accepted' } }
}
