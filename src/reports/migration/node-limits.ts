/** Jobs of up to so many nodes are one size each, larger ones another, and those that do not say it the last. */
export const NODE_LIMITS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];
