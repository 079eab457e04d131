/** How long a hidden page, whose frames don't come, waits instead. */
const hiddenDelay = 100;

/** Gathers any number of changes into one rendering per animation frame. */
export class FrameScheduler {
  private waiting: Promise<void> | null = null;

  constructor(private readonly render: () => void) {}

  schedule(): void {
    this.waiting ??= new Promise((resolve) => {
      const run = (): void => {
        if (this.waiting === null) return;
        this.waiting = null;
        this.render();
        resolve();
      };
      requestAnimationFrame(run);
      if (document.hidden) setTimeout(run, hiddenDelay);
    });
  }

  /** Resolves when what was scheduled so far has been handed to the renderer. */
  async flush(): Promise<void> {
    await (this.waiting ?? Promise.resolve());
  }
}
