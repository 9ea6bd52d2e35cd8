// Live updates: the server says whose record changed, the screen fetches again. Never content.

export function listen(onChange: (person: string) => void): () => void {
  const source = new EventSource('/api/events');
  source.addEventListener('changed', (event) => {
    const data: unknown = JSON.parse((event as MessageEvent<string>).data);
    if (typeof data === 'object' && data && 'person' in data) onChange(String(data.person));
  });
  return () => source.close();
}
