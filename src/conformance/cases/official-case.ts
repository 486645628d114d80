import type { ConformanceCase } from './case.ts'

/** A case as its table has it. */
export interface Row
  extends Pick<ConformanceCase, 'id' | 'title' | 'moves'>,
    Partial<Pick<ConformanceCase, 'needs' | 'tags' | 'stability' | 'feature'>> {}

/** What all cases of one document have in common. */
type Document = Pick<ConformanceCase, 'version' | 'source' | 'profile' | 'group'>

/** A case of an official set; `id` without what is the same for all of them. */
export function officialCase({ id, ...row }: Row, document: Document): ConformanceCase {
  return {
    stability: 'stable',
    needs: [],
    tags: [],
    ...row,
    ...document,
    id: `TC_${id}_CSMS`,
  }
}
