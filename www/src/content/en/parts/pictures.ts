// What is said in the picture of a step. The values that are in it have their own names.

import type { CheckName } from '../../../../pkg/tls_glass';
import type { Party } from '../../../run/model';
import { list, names, plural, the, whose } from '../names';

/** A check in a few words; `subject` is the name that was looked for, `by` whoever checked. */
const checks: Record<CheckName, (subject: string, by: Party) => string> = {
  certificate_path: () => 'signed by a trusted authority',
  certificate_issuer_key_usage: () => 'its issuers may sign certificates',
  certificate_dates: () => 'within its dates',
  certificate_name: (subject) => `for this host name: ${subject}`,
  certificate_extended_key_usage: (_, by) => (by === 'client' ? 'made for servers' : 'made for clients'),
  certificate_key_usage: () => 'its key may be used for this',
  certificate_key_fits_suite: () => 'its key fits the suite',
  certificate_key_kind: () => 'its key is of a known kind',
  certificate_verdict: () => 'valid as a whole',
  server_signature: () => "signature by the certificate's private key",
  client_signature: () => "signature by the certificate's private key",
  verify_data: () => 'Finished is what it should be',
  ticket_authentic: () => 'the ticket is as the server made it',
  record_authentic: () => 'the record is as its sender made it',
};

const called = (parties: readonly Party[], last: 'and' | 'or'): string =>
  list(
    parties.map((party) => names[party]),
    last,
  );

const isBoth = (has: readonly Party[]): boolean => has.join() === 'client,server';

export const pictures = {
  label: 'What happened',
  checks,
  alsoPassed: (n: number) => `${plural(n, 'more check', 'more checks')} passed`,
  passedBefore: (n: number) => `${plural(n, 'check', 'checks')} had passed`,
  /** Of the same kind. */
  more: (n: number) => `and ${plural(n, 'more', 'more')} like this`,
  sameAs: (party: Party) => `as ${whose(party)}`,
  whoHas: 'Who has it:',
  whoHasIt: (has: readonly Party[], lacks: readonly Party[]) => {
    if (lacks.length === 0) return 'everybody, Eve too.';
    return `${called(has, 'and')}. ${lacks.length > 2 ? 'Nobody else' : `Not ${called(lacks, 'or')}`}.`;
  },
  holders: (has: readonly Party[], lacks: readonly Party[]) => {
    if (lacks.length === 0) return 'everybody, Eve too';
    return `${isBoth(has) ? 'both sides' : called(has, 'and')}, not ${called(lacks, 'or')}`;
  },
  same: 'The same.',
  differs: 'They differ.',
  sent: (party: Party) => `sent by ${the(party)}`,
  computed: (party: Party) => `computed by ${the(party)}`,
  /** What went into the computation above as well. */
  again: 'the same again',
  stays: 'It keeps:',
  found: (n: number) => `Found in ${plural(n, 'place', 'places')} before,`,
  foundNow: (n: number) => (n === 0 ? 'in none now.' : `in ${plural(n, 'place', 'places')} now.`),
} as const;
