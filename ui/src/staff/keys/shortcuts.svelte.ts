// Keys for staff. Single-key shortcuts can be turned off (WCAG 2.1.4) and never act inside a field
// or under a dialog.

type Act = () => void;
const keptAs = 'evenkeel.keys';

function kept(): boolean {
  try {
    return localStorage.getItem(keptAs) !== 'off';
  } catch {
    return true;
  }
}

class Shortcuts {
  enabled = $state(kept());
  #layers: Record<string, Act>[] = [];
  #began: { key: string; at: number } | undefined;

  turn(on: boolean): void {
    this.enabled = on;
    try {
      if (on) localStorage.removeItem(keptAs);
      else localStorage.setItem(keptAs, 'off');
    } catch {
      // A browser that keeps nothing still has the choice until the page is closed.
    }
  }

  /** Adds keys ("j", "g c") until the returned function is called; the newest win. */
  add(keys: Record<string, Act>): Act {
    this.#layers.push(keys);
    return () => {
      this.#layers = this.#layers.filter((layer) => layer !== keys);
    };
  }

  press(event: KeyboardEvent): void {
    if (!this.enabled || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('dialog:modal')) return;
    // Enter belongs to what has the focus; only where nothing has it may it mean something else.
    if (event.key === 'Enter' && isControl(event.target)) return;
    const act = this.find(event.key, event.timeStamp);
    if (!act) return;
    event.preventDefault();
    act();
  }

  private find(key: string, at: number): Act | undefined {
    const began = this.#began && at - this.#began.at < 1500 ? this.#began.key : undefined;
    this.#began = { key, at };
    const layers = [...this.#layers].reverse();
    if (began) {
      const pair = layers.find((layer) => Object.hasOwn(layer, `${began} ${key}`));
      if (pair) return pair[`${began} ${key}`];
    }
    return layers.find((layer) => Object.hasOwn(layer, key))?.[key];
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable=""], [contenteditable=true]')
    !== null;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary') !== null;
}

export const shortcuts = new Shortcuts();
