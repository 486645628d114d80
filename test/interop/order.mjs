/** Tells a management system to send a CALL, as a module of a hooks file. */
// oxlint-disable-next-line import/no-default-export
export default async ({ api, protocol, station, action, payload }) => {
  const url = `${api}/${protocol}/${encodeURIComponent(station)}/${action}`
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(payload) })
  if (!response.ok) throw new Error(await response.text())
}
