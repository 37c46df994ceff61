// The words of Share: a link to what the page shows.

export const share = {
  heading: 'Share this place',
  link: 'Link',
  copied: 'The link is copied.',
  refused: 'The browser did not let this page copy the link. It is selected: copy it by hand.',
  place: 'Whoever opens it comes to the same place, in a connection of their own, made with other random numbers.',
  seed: {
    heading: 'The same run for everybody',
    what: 'With a seed in the link, all random numbers follow from the seed: whoever opens the link sees the same run, byte for byte, and none of its keys is a secret. Such a run is made anew, and this page shows it, too.',
    make: 'Copy a link with a seed',
    has: 'The link has the seed of this run, from which all of its random numbers follow: whoever opens the link sees the same run, byte for byte, and none of its keys is a secret.',
    copy: 'Copy the seed',
    copied: 'The seed is copied.',
    refused: 'The browser did not let this page copy the seed. It is in the link, after “seed=”.',
  },
  close: 'Close',
} as const;
