export { foldText } from './fold-text.js';
export { truncateText, truncateWithEllipsis } from './truncate-text.js';
