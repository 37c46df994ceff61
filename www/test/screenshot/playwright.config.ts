import base from '../../playwright.config';

/** The picture in the README, taken of the built page: `cargo xtask screenshot`. */
export default { ...base, testDir: '.', outputDir: '../../test-results' };
