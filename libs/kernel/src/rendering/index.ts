export { RenderingService } from './rendering.service.js';
export { Renders, RendersBatch } from './renders.js';
