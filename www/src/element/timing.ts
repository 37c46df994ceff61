/** How long a message travels, in milliseconds; style/diagram.css says the same. */
export const TRAVEL = 500;
