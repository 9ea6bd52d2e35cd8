// Whose record changed last, as told by the server. A screen that shows the person fetches again.
class Changes {
  last = $state.raw<{ person: string } | undefined>();

  tell(person: string): void {
    this.last = { person };
  }
}
export const changes = new Changes();
