import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { routes } from '../src/csms/api/routes.ts'
import { document } from './helpers/api.ts'

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1, to the linter’s last recommendation', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // Relative on purpose: the document is served by what it describes.
        'no-server-example.com': 'error',
        'operation-4xx-response': 'error',
        'no-unused-components': 'error',
      },
    })
    const problems = await lintFromString({ source: JSON.stringify(document), config })
    expect(
      problems.map(({ ruleId, message, location }) => [
        ruleId,
        message,
        location.map(({ pointer }) => pointer),
      ]),
    ).toEqual([])
  })

  test('has every route, and every id once', () => {
    const paths = document['paths'] as Record<string, Record<string, { operationId: string }>>
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => [operationId, method, path]),
    )
    expect(documented).toEqual(
      expect.arrayContaining(
        routes.map(({ id, method, path }) => [id, method.toLowerCase(), path]),
      ),
    )
    expect(new Set(documented.map(([id]) => id)).size).toBe(routes.length)
  })
})
