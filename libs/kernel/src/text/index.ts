export { truncateText, truncateWithEllipsis } from './truncate-text.js';
