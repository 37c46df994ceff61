// The drawers: the buttons that open and close them, and their headings.

export const drawers = {
  label: 'Look closer',
  titles: { bytes: 'Bytes', keys: 'Keys', memory: 'Find in memory', claim: 'Test the claim', terms: 'Find a term' },
  close: (title: string) => `Close: ${title}`,
  after: (step: string) => `after step ${step}`,
  atStart: 'before the first step',
  atEnd: 'after the last step',
  copy: {
    hex: 'Copy hex',
    base64: 'Copy Base64',
    /** For who does not see beside what the button stands. */
    label: (as: string, what: string) => `${as}: ${what}`,
    copied: 'Copied.',
  },
} as const;
