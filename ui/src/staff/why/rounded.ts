// Numbers are computed and stored with all their digits and rounded once, here.
export function rounded(value: number): string {
  return `${Number(value.toFixed(3))}`.replace('-', '−');
}
