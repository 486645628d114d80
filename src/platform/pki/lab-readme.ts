/** What stands in the folder of a lab PKI, for whoever finds it there. */
export function labReadme({
  hosts,
  organization,
  stations,
}: {
  readonly hosts: readonly string[]
  readonly organization: string
  readonly stations: readonly { readonly id: string }[]
}): string {
  const host = hosts[0] ?? 'localhost'
  const station = stations[0]?.id ?? 'CP1'
  return `# A lab PKI

Made by \`csms certs init\` for tests. The keys lie here unprotected: trust \`trust.pem\` nowhere else.
Operator (O of every certificate, the stations' CpoName): ${organization}

    trust.pem              the root: what stations trust, and what the server trusts stations by
    ca/root.*  ca/sub.*    the root and the CA that issues
    ca/ledger.ndjson       what was issued and what was revoked
    ca/crl.pem             the revocation list
    server/rsa.*  ecdsa.*  of the management system: ${hosts.join(', ')}
    stations/<id>.*        one per station: CN is the serial number
    firmware/root.*        the manufacturer's root
    firmware/signer.*      signs firmware

Serve with it (security profile 3):

    csms serve --ca . --security-profile 3 \\
      --tls-cert server/rsa.pem --tls-key server/rsa.key \\
      --tls-cert server/ecdsa.pem --tls-key server/ecdsa.key --tls-client-ca trust.pem

Look at the server as a station would:

    openssl s_client -connect ${host}:9000 -CAfile trust.pem \\
      -cert stations/${station}.pem -key stations/${station}.key

More: csms certs issue | revoke | list | sign, and docs/guide/certificates.md.
`
}
