/** Account of a job whose record names none; the scheduler's own word for it. */
export const NO_ACCOUNT = 'none';
