import type { ConformanceCase } from '../cases/case.ts'
import { claimsOf } from '../cases/claims.ts'
import { featureTitles } from '../cases/feature-titles.ts'
import { type PresetName, presets } from '../hooks/presets/registry.ts'
import { featuresOf } from './features-file.ts'
import { defaultFixtures } from './fixtures.ts'
import { fixtureKeys } from './fixtures-file.ts'

interface StarterFile {
  readonly name: string
  readonly text: string
}

/** Files that describe a CSMS, to start from; each is sound as it stands. */
export function starterFiles(
  preset: PresetName,
  cases: readonly ConformanceCase[],
): readonly StarterFile[] {
  return [
    { name: 'hooks.yaml', text: hooks(preset) },
    { name: 'fixtures.yaml', text: fixtures() },
    { name: 'features.yaml', text: features(cases) },
    { name: 'known-failures.yaml', text: knownFailures },
  ]
}

const apis: Readonly<Record<PresetName, string>> = {
  csms: 'http://127.0.0.1:9000',
  generic: 'http://127.0.0.1:8080/hooks',
  citrineos: 'http://127.0.0.1:8080?tenantId=1',
  steve: 'http://127.0.0.1:8180/steve',
}

const hooks = (preset: PresetName) => `# How your CSMS is made to send a CALL to a station.
# For what is not said under "operations":
# ${presets[preset].title}
preset: ${preset}
api: ${apis[preset]}

# Lines that begin with "#" and no space are examples.

# Of every request; \${NAME} is taken from the environment.
#headers: {Authorization: "Bearer \${CSMS_TOKEN}"}

# {{station}}, {{action}}, {{version}} (1.6), {{protocol}} (ocpp1.6), {{payload.idTag}} and {{api}} are
# filled in; a key whose value the payload has not is left out.
operations:
  #Reset:
    #http:
      #url: "{{api}}/stations/{{station}}/reset"
      #body: {kind: "{{payload.type}}", evse: "{{payload.evseId}}"}
      #expect: [200, 202]
  # The payload is its standard input.
  #ClearCache: {command: [./clear-cache.sh, "{{station}}"]}
  # export default async ({station, action, payload}) => {}
  #GetLog: {module: ./get-log.mjs}
  # Is shown; the CALL is waited for.
  #UnlockConnector: {manual: "Press Unlock on the page of {{station}}."}
  # The CSMS sends it by itself.
  #GetBaseReport: {passive: 60s}
  # The cases that need it are skipped.
  #UpdateFirmware: {skip: true}

# Done before the first case and after the last: once, for each station, or for each token.
#provision:
  #- each: token
    #http:
      #url: "{{api}}/tokens/{{token.id}}"
      #method: PUT
      #body: {status: "{{token.status}}", group: "{{token.group}}"}
#teardown:
  #- {each: token, http: {url: "{{api}}/tokens/{{token.id}}", method: DELETE, expect: [204, 404]}}
`

function fixtures(): string {
  const known: Readonly<Record<string, string | number>> = {
    ...defaultFixtures,
    stations: '[CSMS_CONF_01, CSMS_CONF_02, CSMS_CONF_03, CSMS_CONF_04]',
    callTimeout: '30s',
  }
  const lines = fixtureKeys.flatMap(([key, summary]) => {
    const value = known[key]
    return [`# ${summary}`, value === undefined ? `#${key}:` : `${key}: ${String(value)}`, '']
  })
  return `# What your CSMS has to know before it is judged. Cases that need what is not here are skipped.\n\n${lines.join('\n')}`
}

function features(cases: readonly ConformanceCase[]): string {
  const lines = featuresOf(cases).map((feature) => {
    const asking = cases.filter((one) => claimsOf(one).flat().includes(feature))
    const versions = new Set(asking.map(({ version }) => version.slice('ocpp'.length)))
    const ids = new Set(asking.map(({ id }) => id))
    const asked = `${[...versions].join(' and ')}: ${[...ids].join(', ')}`
    return `# ${featureTitles[feature] ?? feature}\n${JSON.stringify(feature)}: true # ${asked}\n`
  })
  return `# What your CSMS claims. The cases of what it does not (false) are not applicable.\n\n${lines.join('\n')}`
}

const knownFailures = `# Cases that are known to fail, for --expect-failures. One that passes, or whose day is over, fails the run.
#- case: TC_023_3_CSMS
  # Where several versions have the case.
  #protocol: ocpp1.6
  # Only these checks may fail.
  #checks: [Authorize]
  #reason: a blocked token is answered Invalid
  #link: https://example.org/issues/7
  #until: 2027-03-01
`
