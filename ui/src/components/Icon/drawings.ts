// The drawings of the icon set, 24 x 24, stroke 1.75. Colour comes from the text beside them.
// A tree of plain numbers, not markup, so that no screen needs {@html} and the policy of the page
// (no inline style or script) holds.

export interface Drawing {
  paths: { d: string; strokeWidth?: number }[];
  circles?: { cx: number; cy: number; r: number }[];
  rects?: { x: number; y: number; width: number; height: number; rx: number; transform: string }[];
}

export const drawings = {
  today: {
    paths: [
      {
        d:
          'M2.5 16.5h19M6.5 16.5a5.5 5.5 0 0 1 11 0M12 5v2.5M4.6 8.6l1.7 1.7M19.4 ' +
          '8.6l-1.7 1.7M8 20h8',
      },
    ],
  },
  trend: {
    paths: [
      { d: 'M3.5 4v16.5H21M7 9.5l4 3.5 3.5-2 5 5' },
    ],
  },
  plan: {
    paths: [
      {
        d:
          'M4 6.5l1.5 1.5L8 5M4 13l1.5 1.5L8 11.5M4 19.5h4M11.5 6.5H20M11.5 13H20M11.5 ' +
          '19.5H20',
      },
    ],
  },
  more: {
    paths: [
      { d: 'M5 12h.01M12 12h.01M19 12h.01', strokeWidth: 3 },
    ],
  },
  help: {
    paths: [
      { d: 'M5.6 5.6l3.7 3.7M14.7 14.7l3.7 3.7M18.4 5.6l-3.7 3.7M9.3 14.7l-3.7 3.7' },
    ],
    circles: [
      { cx: 12, cy: 12, r: 9 },
      { cx: 12, cy: 12, r: 3.75 },
    ],
  },
  hide: {
    paths: [
      {
        d:
          'M3 3l18 18M10.2 5.3A9.6 9.6 0 0 1 12 5.1c5 0 8.2 4.2 9.3 6.9a13 13 0 0 ' +
          '1-2.6 3.7M6.3 6.9A13.6 13.6 0 0 0 2.7 12c1.1 2.7 4.3 6.9 9.3 6.9 1.6 0 3-.4 ' +
          '4.3-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2',
      },
    ],
  },
  phone: {
    paths: [
      {
        d:
          'M6.6 3.5 9.2 4l1.3 4-2 1.7a12.5 12.5 0 0 0 5.8 5.8l1.7-2 4 1.3.5 2.6c0 ' +
          '1.7-1.4 3.1-3.1 3.1A14.4 14.4 0 0 1 3.5 6.6c0-1.7 1.4-3.1 3.1-3.1z',
      },
    ],
  },
  message: {
    paths: [
      { d: 'M4 5h16v11.5H9.5L5 20.5v-4H4z' },
    ],
  },
  check: {
    paths: [
      { d: 'M4.5 12.5l5 5 10-11' },
    ],
  },
  close: {
    paths: [
      { d: 'M5.5 5.5l13 13M18.5 5.5l-13 13' },
    ],
  },
  back: {
    paths: [
      { d: 'M14.5 5l-7 7 7 7' },
    ],
  },
  next: {
    paths: [
      { d: 'M9.5 5l7 7-7 7' },
    ],
  },
  down: {
    paths: [
      { d: 'M5 9.5l7 7 7-7' },
    ],
  },
  lock: {
    paths: [
      { d: 'M5 10.5h14V20H5zM8 10.5V8a4 4 0 0 1 8 0v2.5' },
    ],
  },
  people: {
    paths: [
      {
        d:
          'M2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6M15.5 4.9a3.5 3.5 0 0 1 0 6.2M17.5 ' +
          '14.4c2.3.8 3.7 2.8 4 5.6',
      },
    ],
    circles: [
      { cx: 9, cy: 8, r: 3.5 },
    ],
  },
  person: {
    paths: [
      { d: 'M4.5 20.5c.5-4.3 3.5-6.5 7.5-6.5s7 2.2 7.5 6.5' },
    ],
    circles: [
      { cx: 12, cy: 8, r: 3.75 },
    ],
  },
  calendar: {
    paths: [
      { d: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8' },
    ],
  },
  medicine: {
    paths: [
      { d: 'M9.8 9.2l4.3 5.5' },
    ],
    rects: [{ x: 2.8, y: 8.5, width: 18.4, height: 7, rx: 3.5,
      transform: 'rotate(-38 12 12)' }],
  },
  sleep: {
    paths: [
      { d: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z' },
    ],
  },
  activity: {
    paths: [
      { d: 'M3 12.5h4l2.5-6 4.5 11 2.5-5H21' },
    ],
  },
  note: {
    paths: [
      { d: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM14 7l3 3' },
    ],
  },
  search: {
    paths: [
      { d: 'M15.5 15.5l5 5' },
    ],
    circles: [
      { cx: 10.5, cy: 10.5, r: 6.5 },
    ],
  },
  signal: {
    paths: [
      { d: 'M5.5 21V4M5.5 5h12.5l-3 4 3 4H5.5' },
    ],
  },
  why: {
    paths: [
      { d: 'M9.3 9.5a2.8 2.8 0 1 1 4.2 2.4c-.9.6-1.5 1.1-1.5 2.1M12 17.2h.01' },
    ],
    circles: [
      { cx: 12, cy: 12, r: 9 },
    ],
  },
  offline: {
    paths: [
      {
        d:
          'M3 3l18 18M8 7.4A5.6 5.6 0 0 1 16.8 11 3.9 3.9 0 0 1 20 17M16.5 18.5H7a4.2 ' +
          '4.2 0 0 1-1.2-8.2',
      },
    ],
  },
  print: {
    paths: [
      { d: 'M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z' },
    ],
  },
  clock: {
    paths: [
      { d: 'M12 6.5V12l3.5 2' },
    ],
    circles: [
      { cx: 12, cy: 12, r: 9 },
    ],
  },
  attend: {
    paths: [
      { d: 'M12 3.5 2.5 20.5h19zM12 10v4.5M12 17.5h.01' },
    ],
  },
  download: {
    paths: [
      { d: 'M12 3.5v11.5M7 10.5l5 5 5-5M4 20.5h16' },
    ],
  },
  settings: {
    paths: [
      { d: 'M4 7h9M18 7h2M4 17h2M11 17h9' },
    ],
    circles: [
      { cx: 15.5, cy: 7, r: 2.5 },
      { cx: 8.5, cy: 17, r: 2.5 },
    ],
  },
  home: {
    paths: [
      { d: 'M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5' },
    ],
  },
  small: {
    paths: [
      { d: 'M20.5 3.5 14 10M13.5 5v5.5h5.5M3.5 20.5 10 14M10.5 19v-5.5H5' },
    ],
  },
} satisfies Record<string, Drawing>;

export type IconName = keyof typeof drawings;
