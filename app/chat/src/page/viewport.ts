/** Keeps the page as high as what can be seen of it: on some phones the keyboard covers the page instead of making it smaller. */
export function followViewport(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const follow = () => {
    // While somebody has zoomed in, the visible part says nothing about a keyboard.
    if (visualViewport.scale !== 1) return;
    document.documentElement.style.setProperty('--height', `${visualViewport.height}px`);
  };
  visualViewport.addEventListener('resize', follow);
  follow();
}
