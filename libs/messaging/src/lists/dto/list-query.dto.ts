/** Options of `order_dir` where a list begins with the first of its order. */
export const ASCENDING = { description: 'Direction of the list. Default asc.', optional: true, example: 'asc' };

/** Options of `order_dir` where a list begins with the last of its order. */
export const DESCENDING = { description: 'Direction of the list. Default desc.', optional: true, example: 'desc' };
