// A number as people write it -> the address that calls it.
export function telephone(number: string): string {
  const plain = number.trim();
  return `tel:${plain.startsWith('+') ? '+' : ''}${plain.replace(/\D/g, '')}`;
}
export function textMessage(number: string): string {
  return telephone(number).replace('tel:', 'sms:');
}
