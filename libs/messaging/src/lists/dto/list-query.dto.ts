/** Options of `order_dir` for lists that are ascending by default. */
export const ASCENDING = { description: 'Sort direction. Default: `asc`.', optional: true, example: 'asc' };

/** Options of `order_dir` for lists that are descending by default. */
export const DESCENDING = { description: 'Sort direction. Default: `desc`.', optional: true, example: 'desc' };
