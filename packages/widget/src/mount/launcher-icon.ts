const SVG = 'http://www.w3.org/2000/svg';
const BUBBLE = 'M4 4h16v13h-8l-5 4v-4H4zM8 9h8M8 13h5';
const CROSS = 'M6 6l12 12M18 6L6 18';

/** What pressing the button does, drawn: not every system has a font with such signs. */
export function launcherIcon(): { icon: SVGElement; show: (isOpen: boolean) => void } {
  const icon = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'path');
  icon.setAttribute('viewBox', '0 0 24 24');
  Object.assign(icon.style, { display: 'block', width: '26px', margin: 'auto', fill: 'none', stroke: 'currentColor', strokeWidth: '2', strokeLinejoin: 'round' });
  icon.append(line);
  return { icon, show: (isOpen) => line.setAttribute('d', isOpen ? CROSS : BUBBLE) };
}
