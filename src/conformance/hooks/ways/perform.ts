import { messageOf } from '../../../shared/errors.ts'
import type { HookAnswer } from '../hook.ts'
import type { CommandWay, HttpWay, ModuleWay, OwnWay } from '../plan.ts'
import { fillText, type TemplateValues } from '../template.ts'
import { byCommand } from './by-command.ts'
import { byHttp } from './by-http.ts'
import { byModule } from './by-module.ts'
import { byOwn } from './by-own.ts'
import type { Tools } from './tools.ts'
import { type Handed, secretsOf, unsaid } from './unsaid.ts'

/** Does what a machine can do: for an operation, or an errand. Never rejects. */
export function perform(
  way: HttpWay | CommandWay | ModuleWay | OwnWay,
  values: TemplateValues,
  tools: Tools,
): Promise<HookAnswer> {
  return sparing(handedTo(way, values, tools), () => {
    switch (way.kind) {
      case 'http':
        return byHttp(way, values, tools)
      case 'command':
        return byCommand(way, values, tools)
      case 'module':
        return byModule(way, values, tools)
      case 'own':
        return byOwn(way, values, tools)
    }
  })
}

/**
 * Whatever goes wrong (a URL that a payload made none, a program without a name) is a failure, and
 * nobody's words about it repeat a secret that was handed to him.
 */
export async function sparing(
  handed: Handed,
  make: () => Promise<HookAnswer>,
): Promise<HookAnswer> {
  const answer = await tried(make)
  return answer.kind === 'accepted' ? answer : unsaid(answer, secretsOf(handed))
}

async function tried(make: () => Promise<HookAnswer>): Promise<HookAnswer> {
  try {
    return await make()
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) }
  }
}

function handedTo(
  way: HttpWay | CommandWay | ModuleWay | OwnWay,
  values: TemplateValues,
  { headers }: Tools,
): Handed {
  const api = values['api']
  const urls = typeof api === 'string' ? [api] : []
  if (way.kind !== 'http') return { headers, urls, values }
  const own = Object.entries(way.headers).map(([name, text]) => [name, fillText(text, values)])
  return {
    headers: { ...headers, ...Object.fromEntries(own) },
    urls: [...urls, fillText(way.url, values)],
    values,
  }
}
