import base from '../../playwright.config';

/** The picture in the README, taken of the built page: `cargo xtask screenshot`. */
export default { ...base, testDir: '../../../tests/screenshot', outputDir: '../../test-results' };
