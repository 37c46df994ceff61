/**
 * The widths of the element at which its layout changes, in CSS pixels. Queries of style sheets cannot take them from custom
 * properties, so the sheets repeat the numbers; tokens.test.ts refuses all others.
 */

/** Up to this width the key exchanges do not fit in one row with what is said of them. */
export const PHONE = 480;
/** Below this width there is no room for lanes: the steps around the present one are a list. */
export const LANES = 560;
/** Above this width a low frame has room for the strip in the bar's row. */
export const ONE_ROW = 660;
/** Up to this width margins are small and the bytes' rows short. */
export const COMPACT = 720;
/** Below this width names are short, and a drawer's parts stand one under the other. */
export const SHORT_NAMES = 860;
/** From this width on the panel stands beside the diagram. */
export const SIDE_BY_SIDE = 1024;
/** Below this width, what stands beside the panel is as narrow as on a small screen: names are short, and the panel gives way. */
export const LONG_NAMES = 1200;

/** Up to this height the frame is low, as in a post: bar, diagram and caption, no more. */
export const LOW = 640;
/** Up to this height a phone has no room for the steps before and after the present one. */
export const LOW_PHONE = 740;
