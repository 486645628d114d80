import type { PageData } from '../chart-model.ts'

/** What the report embedded for this script. */
export function pageData(): PageData {
  const text = document.getElementById('data')?.textContent ?? ''
  const data: PageData = JSON.parse(text)
  return data
}
