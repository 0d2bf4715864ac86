/** What Swagger UI passes of its immutable maps. */
interface ImmutableMap {
  get(key: string): unknown;
  getIn(path: readonly string[]): unknown;
  set(key: string, value: unknown): ImmutableMap;
  map(change: (value: ImmutableMap, key: string) => ImmutableMap): ImmutableMap;
  filter(matches: (value: ImmutableMap) => boolean): ImmutableMap;
  readonly size: number;
}

/**
 * Plugin of Swagger UI: its filter shows the operations whose tag, method, path, summary or operation ID contains all
 * words. The function runs in the browser, so it uses nothing outside of it.
 */
export function operationFilterPlugin(): object {
  function opsFilter(taggedOperations: ImmutableMap, phrase: string): ImmutableMap {
    const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
    return taggedOperations
      .map((tag, name) => {
        const operations = (tag.get('operations') as ImmutableMap).filter((operation) => {
          const { method, path } = { method: operation.get('method'), path: operation.get('path') };
          const texts = ['summary', 'operationId'].map((field) => operation.getIn(['operation', field]));
          return matches([name, method, path, ...texts].join(' '));
        });
        return tag.set('operations', operations);
      })
      .filter((tag) => (tag.get('operations') as ImmutableMap).size > 0);
  }
  return { fn: { opsFilter } };
}
