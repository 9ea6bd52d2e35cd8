import type { Example } from '../../examples/example';
import QrCode from './QrCode.svelte';

export const component = QrCode;
export const examples: Example<Record<string, unknown>>[] = [
  {
    title: 'For an app that makes codes',
    props: {
      text: 'otpauth://totp/Evenkeel:lee@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Evenkeel',
      label: 'Scan this with the app that makes codes',
    },
  },
];
