// A picture for a product that has none: a drawing by category on a colour by number.
import { h, svg } from './dom.js';

const DRAWINGS = {
  kitchen: ['M12 16h20v14a6 6 0 0 1-6 6h-8a6 6 0 0 1-6-6z', 'M32 20h3a4 4 0 0 1 0 8h-3', 'M18 7v4M23 5v6M28 7v4'],
  clothing: ['M18 8l-9 5 3 8 4-2v21h16V19l4 2 3-8-9-5a6 6 0 0 1-12 0z'],
  desk: ['M34 7l7 7-22 22-9 2 2-9z', 'M29 12l7 7', 'M10 43h28'],
  events: ['M6 17h36v5a4 4 0 0 0 0 8v5H6v-5a4 4 0 0 0 0-8z', 'M28 18v3M28 25v3M28 32v3'],
  flash: ['M27 5L11 27h11l-2 16 17-23H25z'],
  lamps: ['M16 8h16l6 16H10z', 'M24 24v15M16 41h16'],
};
const BOX = ['M8 16l16-8 16 8v18l-16 8-16-8z', 'M8 16l16 8 16-8M24 24v18'];

export function tile(product, size = '') {
  const lines = DRAWINGS[product.category] ?? BOX;
  return h('div', { class: `tile ${size}`, hue: (product.productId * 47 + 120) % 360, 'aria-hidden': 'true' },
    svg('svg', { viewBox: '0 0 48 48', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.4, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' },
      lines.map(d => svg('path', { d }))));
}
