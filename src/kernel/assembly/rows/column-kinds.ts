/** What a column of `jobs` is made of, for both sides: who makes the plan of a row and who writes it. */
export const NULL_COLUMN = 0;
export const INTEGER_COLUMN = 1;
export const REAL_COLUMN = 2;
export const TEXT_COLUMN = 3;
export const CODED_TEXT_COLUMN = 4;
export const NAME_ID_COLUMN = 5;
export const QOS_ID_COLUMN = 6;
export const CONSTANT_COLUMN = 7;

/** One column in the plan: its kind, three addresses, and a number. */
export const COLUMN_PLAN_BYTES = 24;
export const FIRST_ADDRESS = 4;
export const SECOND_ADDRESS = 8;
export const THIRD_ADDRESS = 12;
export const PLAN_NUMBER = 16;
