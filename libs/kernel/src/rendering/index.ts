export { RenderingService } from './rendering.service.js';
export { Renders } from './renders.js';
